import type { HisPayment } from '@paycare/shared/contract'
import type { PaymentView } from './read.ts'

/** A payment as HIS reads it; certain while nothing is under way and no answer of the bank is missing. */
export function hisPaymentOf({ brief, revision, doing }: PaymentView): HisPayment {
  const { id, state, amountFen, paidFen, reason, row } = brief
  const certain = doing === null && row !== 'locking' && row !== 'confirming' && row !== 'cancelling'
  return { id, revision, state, doing, certain, amountFen, paidFen, reason }
}
