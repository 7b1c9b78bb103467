import type { Reason, RefundOptions, RefundTarget } from '@paycare/shared/contract'
import { isRefundOver, refundableOf } from '@paycare/shared/rules'
import type { AppContext } from '../../context.ts'
import type { Unit } from '../../db/unit.ts'
import type { ErrorCode } from '../../http/refusal.ts'
import { reasonOf } from '../bills/index.ts'
import { blockOf } from './block.ts'
import { ownTarget } from './own.ts'
import { requestsOfTarget } from './store.ts'
import { takenOf, type Taken } from './taken.ts'
import { readTarget, type RefundOrder } from './target.ts'

const hour = 3_600_000
type OrderOption = RefundOptions['orders'][number]

/** What can be asked for now, order by order, and who decides until when; nothing is asked of anybody. */
export async function readRefundOptions(x: AppContext, accountId: string, about: RefundTarget): Promise<RefundOptions> {
  const { card } = await ownTarget(x, accountId, about)
  const { refunds } = x.institution(card.institution)
  const nowMs = x.clock.now()
  const rest = {
    card: card.view,
    decidedBy: refunds.decides,
    decidedByMs: nowMs + refunds.promiseHours * hour,
    nowMs,
  }
  return { ...rest, ...(await x.store.read(() => standing(about))) }
}

function* standing(about: RefundTarget): Unit<Pick<RefundOptions, 'target' | 'title' | 'orders' | 'block' | 'under'>> {
  const target = yield* readTarget(about)
  const taken = yield* takenOf(target, 'wish')
  const block = yield* blockOf(target)
  const orders = target.orders.map((order) => optionOf(order, taken))
  const requests = yield* requestsOfTarget(target.institution, about.id)
  return {
    target: about,
    title: target.title,
    orders,
    block: block ? reasonOf(block) : blockOfAll(orders),
    under: requests.filter((one) => !isRefundOver(one.state)).map((one) => one.id),
  }
}

function optionOf(order: RefundOrder, taken: Taken): OrderOption {
  const { deductedFen, lockedFen, isDoubtful } = refundableOf(order.payments)
  const orderLeftFen = deductedFen + lockedFen
  const items = order.items.map((item) => ({
    ...item,
    leftFen: Math.min(orderLeftFen, Math.max(0, item.amountFen - taken(order.orderNo, item.itemNo))),
  }))
  const hasLeft = items.some((item) => item.leftFen > 0)
  const way = !hasLeft ? null : deductedFen > 0 ? 'refund' : 'release'
  const why: ErrorCode = isDoubtful ? 'REFUND_PAYMENT_IN_DOUBT' : 'REFUND_NOTHING'
  const { orderNo, title } = order
  return { orderNo, title, way, block: way === null ? reasonOf(why) : null, items }
}

/** Nothing can be asked for of any order: what is in doubt is told first, because it passes. */
function blockOfAll(orders: readonly OrderOption[]): Reason | null {
  if (orders.some((order) => order.way !== null)) return null
  const inDoubt = orders.find((order) => order.block?.code === 'REFUND_PAYMENT_IN_DOUBT')
  return inDoubt?.block ?? reasonOf('REFUND_NOTHING')
}
