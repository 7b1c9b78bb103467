import type { FinishVisit, HisVisit } from '@paycare/shared/contract'
import type { AppContext } from '../../context.ts'
import { Conflict } from '../../db/store.ts'
import type { Unit } from '../../db/unit.ts'
import { paymentsOfBill, type Lease, type Subject } from '../../engine/index.ts'
import { bodyHashOf, seenBefore } from '../../http/idempotency.ts'
import { Refusal } from '../../http/refusal.ts'
import { hisVisit } from './his-view.ts'
import { billsOfVisit, findVisit, markFinished, type Visit } from './store.ts'

/**
 * The visit ends: HIS gives the amount really used of each order, and all locks of the visit get their goal in one transaction: one action, one
 * total (C 二（一）3 一笔扣除). Nothing used → the lock goes.
 */
export async function finishVisit(
  x: AppContext,
  institution: string,
  visitNo: string,
  body: FinishVisit,
  key: string,
): Promise<HisVisit> {
  const leases = await x.store.run(() => store(x, institution, visitNo, body, key))
  await x.engine.settleSoon(leases)
  return hisVisit(x, institution, visitNo)
}

function* store(x: AppContext, institution: string, visitNo: string, body: FinishVisit, key: string): Unit<Lease[]> {
  const visit = yield* findVisit(institution, visitNo)
  if (!visit) throw new Refusal(404, 'VISIT_NOT_FOUND')
  const hash = bodyHashOf('finish', visitNo, body)
  if (yield* seenBefore({ institution, actor: 'his', key, bodyHash: hash }, `finish/${visitNo}`, x.clock.now()))
    return []
  if (visit.state === 'finished') {
    if (visit.finishHash !== hash) throw new Refusal(409, 'VISIT_FINISHED')
    return []
  }
  const leases = yield* aimAll(x, visit, body)
  if (!(yield* markFinished(visit, hash, x.clock.now()))) throw new Conflict(visit.id)
  return leases
}

function* aimAll(x: AppContext, visit: Visit, body: FinishVisit): Unit<Lease[]> {
  const actual = new Map(body.orders.map((order) => [order.orderNo, order.actualFen]))
  // Two amounts for one order: nobody here can know which is meant.
  if (actual.size < body.orders.length) throw new Refusal(422, 'REQUEST_INVALID')
  const locks = yield* locksByOrder(visit)
  for (const orderNo of actual.keys()) if (!locks.has(orderNo)) throw new Refusal(422, 'ORDER_NOT_FOUND')
  const leases: Lease[] = []
  for (const [orderNo, payments] of locks) {
    const actualFen = actual.get(orderNo)
    if (actualFen === undefined && payments.length > 0) throw new Refusal(422, 'FINISH_ORDER_MISSING')
    for (const { payment, captureFen } of shares(payments, actualFen ?? 0)) {
      const aimed =
        captureFen > 0
          ? yield* x.engine.aim(payment.id, 'paid', 'his', captureFen)
          : yield* x.engine.aim(payment.id, 'gone', 'his')
      if (aimed.lease) leases.push(aimed.lease)
    }
  }
  return leases
}

/** The locks of each order that still stand or may still stand, oldest revision first. */
function* locksByOrder(visit: Visit): Unit<Map<string, Subject[]>> {
  const byOrder = new Map<string, Subject[]>()
  for (const bill of yield* billsOfVisit(visit)) {
    const standing = (yield* paymentsOfBill(visit.institution, bill.id)).filter(
      (one) => (one.state === 'opening' || one.state === 'held') && one.goal === 'hold',
    )
    byOrder.set(bill.orderNo, [...(byOrder.get(bill.orderNo) ?? []), ...standing])
  }
  return byOrder
}

/** Spreads an order's real amount over its locks in order; what is beyond all locks is refused, never taken. */
function shares(payments: readonly Subject[], actualFen: number): { payment: Subject; captureFen: number }[] {
  let leftFen = actualFen
  const parts = payments.map((payment) => {
    const captureFen = Math.min(leftFen, payment.amountFen)
    leftFen -= captureFen
    return { payment, captureFen }
  })
  if (leftFen > 0) throw new Refusal(422, 'FINISH_OVER_LOCK')
  return parts
}
