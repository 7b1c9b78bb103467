import type { Registration } from '@paycare/shared/contract'
import { labels, registrationTexts } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import type { Read } from '../../api/use-read'
import { goHome, open } from '../../routes'
import { Amount } from '../../ui/Amount'
import { Card } from '../../ui/Card'
import { Parties } from '../../ui/Parties'
import { Press } from '../../ui/Press'
import { Rows } from '../../ui/Rows'
import { Timeline } from '../../ui/Timeline'
import { patientLine } from '../cards/view'
import type { Front } from '../live/use-front'
import { CancelPart } from './CancelPart'
import { appointmentRows } from './checkout'
import { CreditChoice } from './CreditChoice'
import { GuideCard } from './GuideCard'
import './RegistrationBody.scss'
import { RegistrationState } from './RegistrationState'
import { isEnding, isOver, markOf, payerOf, registrationNumbers, registrationSteps } from './view'

interface RegistrationBodyProps {
  readonly registration: Registration
  readonly read: Read<Registration>
  readonly front: Front
}

/** How it stands, where to go, what can be changed, what happened. */
export function RegistrationBody({ registration, read, front }: RegistrationBodyProps): ReactNode {
  const { card, appointment, guide, payment, nowMs } = registration
  const [over, ending] = [isOver(registration), isEnding(registration)]
  const rows = [
    { label: labels.hospital, value: card.institution.name },
    ...appointmentRows(appointment, nowMs).filter((row) => !over || row.label !== registrationTexts.cancelUntil),
    { label: registrationTexts.fee, value: <Amount fen={appointment.amountFen} /> },
  ]
  return (
    <>
      <RegistrationState registration={registration} read={read} inFront={front.inFront} />
      {guide && !over ? <GuideCard guide={guide} mark={markOf(registration)} nowMs={nowMs} /> : null}
      <Card title={registrationTexts.subjectHeading}>
        <Parties patient={patientLine(card)} payer={payerOf(registration)} />
        <Rows items={rows} />
        {payment ? (
          <Press
            kind="quiet"
            className="RegistrationBody__payment"
            label={registrationTexts.openPayment}
            onPress={() => open('payment', { paymentId: payment.id })}
          />
        ) : null}
      </Card>
      {ending ? null : <CreditChoice registration={registration} front={front} />}
      <Card title={registrationTexts.historyHeading}>
        <Timeline
          steps={registrationSteps(registration).map(({ fen, ...step }) =>
            fen === null ? step : { ...step, note: <Amount fen={fen} /> },
          )}
        />
      </Card>
      <Card title={registrationTexts.numbersHeading}>
        <Rows items={registrationNumbers(registration)} />
      </Card>
      {ending ? null : <CancelPart registration={registration} front={front} />}
      <Press kind="quiet" label={labels.home} onPress={goHome} />
    </>
  )
}
