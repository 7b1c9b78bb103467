import type { Registration } from '@paycare/shared/contract'
import { creditName, registrationTexts } from '@paycare/shared/text'
import { useState, type ReactNode } from 'react'
import { open } from '../../routes'
import { Card } from '../../ui/Card'
import { Box } from '../../ui/elements'
import { Press } from '../../ui/Press'
import { useCreditStatus } from '../credit/queries'
import type { Front } from '../live/use-front'
import { creditOffer, type CreditOffer } from './checkout'
import './CreditChoice.scss'
import { CreditSheet } from './CreditSheet'
import { GiveUpSheet } from './GiveUpSheet'
import { useChange } from './use-change'
import { feeIsPaid } from './view'

interface CreditChoiceProps {
  readonly registration: Registration
  readonly front: Front
}

/** Whether “信用就医” is used for the visit; until the doctor starts the patient may change it, either way (C 二（一）2). */
export function CreditChoice({ registration, front }: CreditChoiceProps): ReactNode {
  const { isChosen, canChange } = registration.credit
  const [asked, setAsked] = useState(false)
  const status = useCreditStatus(canChange && !isChosen ? registration.card.id : undefined, front)
  const offer = creditOffer(status.data, status.failure !== undefined)
  const close = (): void => setAsked(false)
  const change = useChange('chooseCredit', registration.id, front, close)
  const choose = (useCredit: boolean): void =>
    change.say({ params: { registrationId: registration.id }, body: { useCredit } })
  return (
    <Card title={creditName}>
      <Box>{isChosen ? registrationTexts.creditChosen : registrationTexts.creditNotChosen}</Box>
      {canChange ? <Box className="CreditChoice__until">{registrationTexts.creditUntil}</Box> : null}
      {canChange && isChosen ? (
        <Press kind="plain" label={registrationTexts.giveUp} onPress={() => setAsked(true)} />
      ) : null}
      {canChange && !isChosen ? (
        <Choose offer={offer} onChoose={() => setAsked(true)} registration={registration} />
      ) : null}
      {isChosen ? (
        <GiveUpSheet
          open={asked}
          registration={registration}
          doing={change}
          onConfirm={() => choose(false)}
          onClose={close}
        />
      ) : (
        <CreditSheet
          open={asked && offer.is === 'use'}
          card={registration.card}
          appointment={registration.appointment}
          role={offer.is === 'use' ? offer.role : 'own'}
          feeIsPaid={feeIsPaid(registration)}
          nowMs={registration.nowMs}
          doing={change}
          onConfirm={() => choose(true)}
          onDecline={close}
          onClose={close}
        />
      )}
    </Card>
  )
}

interface ChooseProps {
  readonly offer: CreditOffer
  readonly onChoose: () => void
  readonly registration: Registration
}

/** The way to “信用就医” from here: the dialog, or what has to be done first. */
function Choose({ offer, onChoose, registration: { id } }: ChooseProps): ReactNode {
  switch (offer.is) {
    case 'unknown':
      return <Press kind="plain" label={registrationTexts.choose} busy onPress={onChoose} />
    case 'use':
      return <Press kind="plain" label={registrationTexts.choose} onPress={onChoose} />
    case 'invite':
      return (
        <Press
          kind="plain"
          label={registrationTexts.sign}
          onPress={() => open('creditJump', { purpose: 'sign', registrationId: id })}
        />
      )
    case 'consent':
      return <Press kind="plain" label={registrationTexts.toCredit} onPress={() => open('creditStatus', {})} />
    case 'off':
      return (
        <>
          <Press kind="plain" label={registrationTexts.choose} disabledReason={offer.why} onPress={onChoose} />
          <Press kind="quiet" label={registrationTexts.toCredit} onPress={() => open('creditStatus', {})} />
        </>
      )
  }
}
