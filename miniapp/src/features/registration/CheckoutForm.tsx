import type { Checkout, CreditStatus } from '@paycare/shared/contract'
import { checkoutTexts } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import type { Read } from '../../api/use-read'
import { Box } from '../../ui/elements'
import { useAfter } from '../../ui/use-after'
import type { Front } from '../live/use-front'
import { CheckoutAnswers } from './CheckoutAnswers'
import { CheckoutOffer } from './CheckoutOffer'
import { CheckoutWays } from './CheckoutWays'
import { creditOffer, offeredPayer } from './checkout'
import { CreditSheet } from './CreditSheet'
import { SlotGone } from './SlotGone'
import { useRegistering } from './use-registering'

interface CheckoutFormProps {
  readonly checkout: Checkout
  readonly read: Read<Checkout>
  readonly credit: Read<CreditStatus>
  readonly front: Front
}

/** What stands below the answers waits so long for the sign-up, instead of moving away under the finger; a slow bank holds nobody up. */
const longestMs = 3_000

/** Check answers, then pay: with “信用就医” by the dialog, or another way by a plain confirm. One confirm either way. */
export function CheckoutForm({ checkout, read, credit, front }: CheckoutFormProps): ReactNode {
  const { card, appointment, isFree, nowMs } = checkout
  const steps = useRegistering(checkout, read.retry)
  const { register, declined } = steps
  const offer = creditOffer(credit.data, credit.failure !== undefined)
  const isLate = useAfter(offer.is === 'unknown', [longestMs]) > 0
  if (!isFree && !register.busy) return <SlotGone checkout={checkout} front={front} />
  return (
    <>
      <CheckoutAnswers card={card} appointment={appointment} payer={offeredPayer(offer, declined)} nowMs={nowMs} />
      {offer.is === 'unknown' && !isLate ? (
        <Box announced>{checkoutTexts.askingCredit}</Box>
      ) : (
        <>
          {declined ? null : (
            <CheckoutOffer
              offer={offer}
              checkout={checkout}
              credit={credit}
              onChange={front.refocus}
              onRefuse={steps.decline}
            />
          )}
          <CheckoutWays checkout={checkout} offer={offer} steps={steps} />
        </>
      )}
      {offer.is === 'use' ? (
        <CreditSheet
          open={steps.asked}
          card={card}
          appointment={appointment}
          role={offer.role}
          feeIsPaid={false}
          nowMs={nowMs}
          doing={register}
          onConfirm={() => steps.payWith('credit')}
          onDecline={steps.decline}
          onClose={steps.close}
        />
      ) : null}
    </>
  )
}
