import type { HisOrder, HisVisit } from '@paycare/shared/contract'
import { groupBy, sumFen } from '@paycare/shared/rules'
import { creditPrompts, markOf } from '@paycare/shared/text'
import type { AppContext } from '../../context.ts'
import { Refusal } from '../../http/refusal.ts'
import { hisPaymentOf, paymentViews, reasonOf, type PaymentView } from '../bills/index.ts'
import { visitByHisNo } from './read.ts'
import { totalsOf } from './totals.ts'

/** A visit as HIS reads it back: states, marks and the exact prompts, no identity. */
export async function hisVisit(x: AppContext, institution: string, visitNo: string): Promise<HisVisit> {
  const visit = await visitByHisNo(x, institution, visitNo)
  if (!visit) throw new Refusal(404, 'VISIT_NOT_FOUND')
  const views = await ordersAt(x, institution, visit.id)
  const { lockedFen, paidFen, releasedFen, pendingFen } = totalsOf(views.map((view) => view.brief))
  const inUse = visit.inUse === 1
  return {
    visitNo,
    state: visit.state,
    credit: {
      inUse,
      mark: visit.role === null ? null : markOf(visit.role),
      reason: visit.reasonCode === null ? null : reasonOf(visit.reasonCode),
    },
    prompt: inUse ? creditPrompts.visit : null,
    totals: { lockedFen, paidFen, releasedFen, pendingFen },
    orders: ordersOf(views),
  }
}

/** One order with its revisions. */
export async function hisOrder(
  x: AppContext,
  institution: string,
  visitNo: string,
  orderNo: string,
): Promise<HisOrder> {
  const visit = await visitByHisNo(x, institution, visitNo)
  const views = visit ? await ordersAt(x, institution, visit.id) : []
  const order = ordersOf(views).find((one) => one.orderNo === orderNo)
  if (!order) throw new Refusal(404, 'ORDER_NOT_FOUND')
  return order
}

/** HIS reads its own orders back; a registration fee is told about by the registration. */
async function ordersAt(x: AppContext, institution: string, visitId: string): Promise<PaymentView[]> {
  return (await paymentViews(x, institution, [visitId])).filter((view) => view.billKind === 'order')
}

function ordersOf(views: readonly PaymentView[]): HisOrder[] {
  return [...groupBy(views, (view) => view.orderNo)].map(([orderNo, revisions]) => ({
    orderNo,
    title: revisions[0]?.title ?? '',
    amountFen: sumFen(revisions.map((view) => view.brief.amountFen)),
    paidFen: sumFen(revisions.map((view) => view.brief.paidFen)),
    payments: revisions.map(hisPaymentOf),
  }))
}
