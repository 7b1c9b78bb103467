import type { Checkout, CreditStatus } from '@paycare/shared/contract'
import { checkoutTexts, creditTexts, labels } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import type { Read } from '../../api/use-read'
import { open } from '../../routes'
import { Card } from '../../ui/Card'
import { Box } from '../../ui/elements'
import { Press } from '../../ui/Press'
import { Consent } from '../credit/Consent'
import type { CreditOffer } from './checkout'
import './CheckoutOffer.scss'

interface CheckoutOfferProps {
  readonly offer: CreditOffer
  readonly checkout: Checkout
  readonly credit: Read<CreditStatus>
  /** The content has changed under the finger. */
  readonly onChange: () => void
  readonly onRefuse: () => void
}

/** What stands between the patient and “信用就医”, if anything does, and the way there. Nobody has to take it. */
export function CheckoutOffer({ offer, checkout, credit, onChange, onRefuse }: CheckoutOfferProps): ReactNode {
  const { slotNo } = checkout.appointment
  switch (offer.is) {
    case 'unknown':
    case 'use':
      return null
    case 'consent':
      return credit.data ? (
        <Consent status={credit.data} phone={checkout.card.institution.phone} onChange={onChange} onRefuse={onRefuse} />
      ) : null
    case 'invite':
      return (
        <Card title={checkoutTexts.inviteTitle}>
          <Box className="CheckoutOffer__why">{checkoutTexts.inviteNext}</Box>
          <Press
            kind="plain"
            label={checkoutTexts.invite}
            onPress={() => open('creditJump', { purpose: 'sign', slotNo })}
          />
        </Card>
      )
    case 'off':
      return (
        <Card title={offer.why}>
          <Box className="CheckoutOffer__why">{checkoutTexts.offNext}</Box>
          {offer.canRepay ? (
            <Press
              kind="plain"
              label={checkoutTexts.repay}
              onPress={() => open('creditJump', { purpose: 'repay', slotNo })}
            />
          ) : null}
          {offer.canAsk ? (
            <Press
              kind="plain"
              label={credit.asking ? labels.asking : creditTexts.askAgain}
              busy={credit.asking}
              onPress={credit.retry}
            />
          ) : null}
        </Card>
      )
  }
}
