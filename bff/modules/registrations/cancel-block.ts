import type { Payment } from '../../engine/index.ts'
import type { ErrorCode } from '../../http/refusal.ts'
import type { Registration } from './record.ts'

/** Why a registration cannot be cancelled in the app; undefined when it can. */
export function cancelBlock(
  r: Pick<Registration, 'state' | 'visitId'>,
  payment: Pick<Payment, 'state' | 'goal'> | undefined,
): ErrorCode | undefined {
  if (r.visitId !== null) return 'REGISTRATION_STARTED'
  if (payment?.state === 'paid') return 'REGISTRATION_PAID'
  if (r.state === 'settled') return 'REGISTRATION_PAID_AT_DESK'
  // The deduction is on its way: what it takes could only come back as a refund.
  if (payment?.goal === 'paid' && payment.state === 'held') return 'REGISTRATION_PAYING'
  return undefined
}
