import { sumFen } from '@paycare/shared/rules'
import type { AppContext } from '../../context.ts'
import type { Unit } from '../../db/unit.ts'
import { paymentsOfBill, type Actor, type Lease, type Payment } from '../../engine/index.ts'
import { Refusal } from '../../http/refusal.ts'
import { billsOfVisit, type Visit } from './store.ts'

/** What was really used of one order, as HIS states it. */
export interface ActualAmount {
  readonly orderNo: string
  readonly actualFen: number
}

/** The locks of one order: those that wait for an amount, and what is already to be taken. */
interface LocksOfOrder {
  readonly waiting: readonly Payment[]
  readonly aimedFen: number
}

/**
 * Gives every lock of a visit its goal in one transaction: one action, one total (C 二（一）3 一笔扣除). Nothing used → the lock goes. What HIS
 * states is taken to the fen or refused as a whole, also when the sweep has already aimed a part of it.
 */
export function* aimLocks(x: AppContext, visit: Visit, amounts: readonly ActualAmount[], by: Actor): Unit<Lease[]> {
  const actual = new Map(amounts.map((order) => [order.orderNo, order.actualFen]))
  // Two amounts for one order: nobody here can know which is meant.
  if (actual.size < amounts.length) throw new Refusal(422, 'REQUEST_INVALID')
  const locks = yield* locksByOrder(visit)
  for (const orderNo of actual.keys()) if (!locks.has(orderNo)) throw new Refusal(422, 'ORDER_NOT_FOUND')
  const leases: Lease[] = []
  for (const [orderNo, { waiting, aimedFen }] of locks) {
    const actualFen = actual.get(orderNo)
    if (actualFen === undefined && waiting.length > 0) throw new Refusal(422, 'FINISH_ORDER_MISSING')
    if (actualFen !== undefined && actualFen < aimedFen) throw new Refusal(409, 'PAYMENT_SETTLED')
    for (const { payment, captureFen } of shares(waiting, (actualFen ?? aimedFen) - aimedFen)) {
      const aimed =
        captureFen > 0
          ? yield* x.engine.aim(payment.id, 'paid', by, captureFen)
          : yield* x.engine.aim(payment.id, 'gone', by)
      if (aimed.lease) leases.push(aimed.lease)
    }
  }
  return leases
}

/** The locks of each order that still stand or may still stand, oldest revision first. */
function* locksByOrder(visit: Visit): Unit<Map<string, LocksOfOrder>> {
  const byOrder = new Map<string, LocksOfOrder>()
  for (const bill of yield* billsOfVisit(visit)) {
    const standing = (yield* paymentsOfBill(visit.institution, bill.id)).filter(
      ({ state }) => state === 'opening' || state === 'held' || state === 'paid',
    )
    const known = byOrder.get(bill.orderNo) ?? { waiting: [], aimedFen: 0 }
    const aimed = standing.filter((one) => one.goal === 'paid').map((one) => one.captureFen)
    byOrder.set(bill.orderNo, {
      waiting: [...known.waiting, ...standing.filter((one) => one.goal === 'hold')],
      aimedFen: sumFen([known.aimedFen, ...aimed]),
    })
  }
  return byOrder
}

/** Spreads an order's real amount over its locks in order; what is beyond all locks is refused, never taken. */
function shares(payments: readonly Payment[], actualFen: number): { payment: Payment; captureFen: number }[] {
  let leftFen = actualFen
  const parts = payments.map((payment) => {
    const captureFen = Math.min(leftFen, payment.amountFen)
    leftFen -= captureFen
    return { payment, captureFen }
  })
  if (leftFen > 0) throw new Refusal(422, 'FINISH_OVER_LOCK')
  return parts
}
