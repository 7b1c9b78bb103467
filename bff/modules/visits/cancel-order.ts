import type { HisOrderAnswer } from '@paycare/shared/contract'
import type { AppContext } from '../../context.ts'
import type { Unit } from '../../db/unit.ts'
import { paymentsOfBill, type Lease } from '../../engine/index.ts'
import { bodyHashOf, seenBefore } from '../../http/idempotency.ts'
import { Refusal } from '../../http/refusal.ts'
import { hisOrderAnswer } from './his-view.ts'
import { billsOfOrder, findVisit } from './store.ts'

/** The doctor takes an order back: every lock of it is wanted gone, at once, also while its lock is in doubt (`bank.md §5.1`). */
export async function cancelOrder(
  x: AppContext,
  institution: string,
  visitNo: string,
  orderNo: string,
  key: string,
): Promise<HisOrderAnswer> {
  const leases = await x.store.run(() => store(x, institution, visitNo, orderNo, key))
  await x.engine.settleSoon(leases)
  return { ...(await hisOrderAnswer(x, institution, visitNo, orderNo)), prompt: null }
}

function* store(x: AppContext, institution: string, visitNo: string, orderNo: string, key: string): Unit<Lease[]> {
  const visit = yield* findVisit(institution, visitNo)
  if (!visit) throw new Refusal(404, 'VISIT_NOT_FOUND')
  const bills = (yield* billsOfOrder(institution, orderNo)).filter((bill) => bill.visitId === visit.id)
  if (bills.length === 0) throw new Refusal(404, 'ORDER_NOT_FOUND')
  const keyed = { institution, actor: 'his', key, bodyHash: bodyHashOf('cancel', visitNo, orderNo) }
  if (yield* seenBefore(keyed, `cancel/${orderNo}`, x.clock.now())) return []
  const leases: Lease[] = []
  for (const bill of bills) {
    for (const payment of yield* paymentsOfBill(institution, bill.id)) {
      const undecided = payment.state === 'opening' || payment.state === 'held'
      if (payment.state === 'paid' || payment.goal === 'paid') throw new Refusal(409, 'PAYMENT_SETTLED')
      if (!undecided || payment.goal === 'gone') continue
      const { lease } = yield* x.engine.aim(payment.id, 'gone', 'his')
      if (lease) leases.push(lease)
    }
  }
  return leases
}
