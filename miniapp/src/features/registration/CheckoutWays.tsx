import type { Checkout } from '@paycare/shared/contract'
import { checkoutTexts, registrationTexts } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import { Box } from '../../ui/elements'
import { Press } from '../../ui/Press'
import { payLabel, type CreditOffer } from './checkout'
import './CheckoutWays.scss'
import type { Registering } from './use-registering'

interface CheckoutWaysProps {
  readonly checkout: Checkout
  readonly offer: CreditOffer
  readonly steps: Registering
}

/** The ways to pay the fee. Ordinary payment is always among them; it is the first where “信用就医” is not to be used. */
export function CheckoutWays({ checkout, offer, steps }: CheckoutWaysProps): ReactNode {
  const { declined, register } = steps
  const creditFirst = (offer.is === 'use' || offer.is === 'unknown') && !declined
  const consentFirst = offer.is === 'consent' && !declined
  const pay = payLabel(checkout.card, checkout.appointment.amountFen)
  const deskLabel = creditFirst ? checkoutTexts.otherWay(pay) : pay
  return (
    <Box className="CheckoutWays">
      <Box announced className="CheckoutWays__notice">
        {register.notice}
      </Box>
      {creditFirst ? (
        <Press
          kind="primary"
          label={offer.is === 'use' ? checkoutTexts.withCredit : checkoutTexts.askingCredit}
          busy={offer.is === 'unknown' || register.busy}
          onPress={steps.ask}
        />
      ) : null}
      <Press
        kind={creditFirst || consentFirst ? 'plain' : 'primary'}
        label={register.busy ? checkoutTexts.paying : deskLabel}
        busy={register.busy}
        onPress={() => steps.payWith('desk')}
      />
      <Box className="CheckoutWays__note">{declined ? checkoutTexts.declinedNote : checkoutTexts.deskNote}</Box>
      {declined ? (
        <Press kind="quiet" label={registrationTexts.choose} busy={register.busy} onPress={steps.reconsider} />
      ) : null}
    </Box>
  )
}
