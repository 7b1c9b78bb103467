import type { HisWindowRegistration } from '@paycare/shared/contract'
import type { AppContext } from '../../../context.ts'
import type { Unit } from '../../../db/unit.ts'
import { findPayment, takeOrWake, type Lease } from '../../../engine/index.ts'
import { Refusal } from '../../../http/refusal.ts'
import { hisWindowRegistration } from './his-view.ts'
import { findWindowRegistration } from './store.ts'

/**
 * Taken back at the window before the fee is deducted, also while an answer of the bank is missing: the lock goes. What is deducted goes back as
 * a refund only.
 */
export async function cancelWindowRegistration(
  x: AppContext,
  institution: string,
  hisNo: string,
): Promise<HisWindowRegistration> {
  const lease = await x.store.run(() => drop(x, institution, hisNo))
  if (lease) await x.engine.settleSoon([lease])
  return hisWindowRegistration(x, institution, hisNo)
}

function* drop(x: AppContext, institution: string, hisNo: string): Unit<Lease | undefined> {
  const found = yield* findWindowRegistration(institution, hisNo)
  if (!found) throw new Refusal(404, 'WINDOW_REGISTRATION_NOT_FOUND')
  const payment = found.paymentId === null ? undefined : yield* findPayment(found.paymentId)
  if (!payment) return undefined
  if (payment.goal === 'gone') return yield* takeOrWake(payment.id, x.clock.now())
  if (payment.state === 'paid') throw new Refusal(409, 'WINDOW_REGISTRATION_PAID')
  if (payment.state !== 'opening' && payment.state !== 'held') return undefined
  if (found.visitId !== null) throw new Refusal(409, 'REGISTRATION_STARTED')
  return (yield* x.engine.aim(payment.id, 'gone', 'his')).lease
}
