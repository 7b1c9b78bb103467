import type { RefundItem } from '@paycare/shared/contract'
import { planRefund, sumFen, type RefundPart, type RefundRequestState } from '@paycare/shared/rules'
import type { Unit } from '../../db/unit.ts'
import { Refusal, type ErrorCode } from '../../http/refusal.ts'
import { legFactsOf } from './leg-facts.ts'
import { acceptedItemsOf, type RefundRequest } from './record.ts'
import { requestsOfTarget } from './store.ts'
import type { RefundOrder, Target } from './target.ts'

/** What other requests have of each item already. */
export type Taken = (orderNo: string, itemNo: string) => number

/** One order's share of what is asked for or accepted, with the parts that would give it back. */
export interface OrderShare {
  readonly order: RefundOrder
  readonly amountFen: number
  readonly parts: readonly RefundPart[]
}

/** The requests that stand in the way: of a new wish all of them, of a decision what is decided, of a second person's word what is on its way. */
const inTheWayOf = {
  wish: ['asked', 'approving', 'accepted', 'done'],
  decision: ['approving', 'accepted', 'done'],
  approval: ['accepted', 'done'],
} as const satisfies Record<string, readonly RefundRequestState[]>

/** What others have of each item. An order of which the bank refused a part is free again; the cap of each payment holds all the same. */
export function* takenOf({ target, institution }: Target, by: keyof typeof inTheWayOf, except?: string): Unit<Taken> {
  const counted: readonly RefundRequestState[] = inTheWayOf[by]
  const fen = new Map<string, number>()
  for (const request of yield* requestsOfTarget(institution, target.id)) {
    if (request.id === except || !counted.includes(request.state)) continue
    const refusedAt = yield* refusedOrders(request)
    for (const { orderNo, itemNo, amountFen } of acceptedItemsOf(request) ?? request.items) {
      const key = keyOf(orderNo, itemNo)
      if (!refusedAt.has(orderNo)) fen.set(key, (fen.get(key) ?? 0) + amountFen)
    }
  }
  return (orderNo, itemNo) => fen.get(keyOf(orderNo, itemNo)) ?? 0
}

const keyOf = (orderNo: string, itemNo: string): string => `${orderNo}\n${itemNo}`

function* refusedOrders({ id, state }: RefundRequest): Unit<Set<string>> {
  const legs = state === 'done' ? yield* legFactsOf(id) : []
  return new Set(legs.filter((one) => one.state === 'refused').map(({ leg }) => leg.orderNo))
}

const refusals = {
  exceeds: 'REFUND_EXCEEDS',
  locked: 'REFUND_STILL_LOCKED',
  doubt: 'REFUND_PAYMENT_IN_DOUBT',
} as const satisfies Record<string, ErrorCode>

/** Proves that these items can go back, each up to what is left of it, and says by which payments. Nothing of it is stored otherwise. */
export function sharesOf(target: Target, items: readonly RefundItem[], taken: Taken): OrderShare[] {
  const names = new Set(items.map(({ orderNo, itemNo }) => keyOf(orderNo, itemNo)))
  // Two amounts for one item: nobody here can know which is meant.
  if (names.size < items.length) throw new Refusal(422, 'REQUEST_INVALID')
  for (const item of items) refuseTooMuch(target, item, taken)
  return target.orders.flatMap((order) => {
    const amountFen = sumFen(items.filter((one) => one.orderNo === order.orderNo).map((one) => one.amountFen))
    if (amountFen === 0) return []
    const plan = planRefund(order.payments, amountFen)
    if (plan.is === 'refused') throw new Refusal(409, refusals[plan.why])
    return [{ order, amountFen, parts: plan.parts }]
  })
}

function refuseTooMuch({ orders }: Target, { orderNo, itemNo, amountFen }: RefundItem, taken: Taken): void {
  const item = orders.find((one) => one.orderNo === orderNo)?.items.find((one) => one.itemNo === itemNo)
  if (!item) throw new Refusal(422, 'REFUND_ITEM_UNKNOWN')
  if (amountFen > item.amountFen - taken(orderNo, itemNo)) throw new Refusal(409, 'REFUND_EXCEEDS')
}
