import type { HisOrder, HisOrderAnswer, HisVisit } from '@paycare/shared/contract'
import { groupBy, sumFen } from '@paycare/shared/rules'
import { creditPrompts, markOf } from '@paycare/shared/text'
import type { AppContext } from '../../context.ts'
import { Refusal } from '../../http/refusal.ts'
import { hisPaymentOf, paymentViews, reasonOf, type PaymentView } from '../bills/index.ts'
import { visitByHisNo, type VisitRow } from './read.ts'
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
    kind: visit.kind,
    state: visit.state,
    credit: {
      inUse,
      mark: visit.role === null ? null : markOf(visit.role),
      reason: visit.reasonCode === null ? null : reasonOf(visit.reasonCode),
    },
    prompt: inUse ? creditPrompts.visit : null,
    guideSheet:
      inUse && visit.role !== null
        ? { mark: markOf(visit.role), prompt: creditPrompts.orders, totalFen: coveredFen(views) }
        : null,
    totals: { lockedFen, paidFen, releasedFen, pendingFen },
    orders: ordersOf(visit, views),
  }
}

/** One order with its revisions, and what the doctor's screen says of the whole visit (C 三（四）). */
export async function hisOrderAnswer(
  x: AppContext,
  institution: string,
  visitNo: string,
  orderNo: string,
): Promise<HisOrderAnswer> {
  const visit = await visitByHisNo(x, institution, visitNo)
  const views = visit ? await ordersAt(x, institution, visit.id) : []
  const order = visit && ordersOf(visit, views).find((one) => one.orderNo === orderNo)
  if (!order) throw new Refusal(404, 'ORDER_NOT_FOUND')
  const totalFen = coveredFen(views)
  return { order, prompt: totalFen > 0 ? creditPrompts.orders : null, totalFen }
}

/** What the quota surely covers. */
function coveredFen(views: readonly PaymentView[]): number {
  const { lockedFen, paidFen } = totalsOf(views.map((view) => view.brief))
  return lockedFen + paidFen
}

/** HIS reads its own orders back; a registration fee is told about by the registration. */
async function ordersAt(x: AppContext, institution: string, visitId: string): Promise<PaymentView[]> {
  return (await paymentViews(x, institution, [visitId])).filter((view) => view.billKind === 'order')
}

function ordersOf({ kind }: Pick<VisitRow, 'kind'>, views: readonly PaymentView[]): HisOrder[] {
  return [...groupBy(views, (view) => view.orderNo)].map(([orderNo, revisions]) => ({
    orderNo,
    title: revisions[0]?.title ?? '',
    amountFen: sumFen(revisions.map((view) => view.brief.amountFen)),
    paidFen: sumFen(revisions.map((view) => view.brief.paidFen)),
    mayEnter: kind === 'vaccination' ? revisions.every(isSecured) : null,
    payments: revisions.map(hisPaymentOf),
  }))
}

/** Locked or deducted for certain, and wanted: what is on its way, refused or taken back opens no door. */
function isSecured({ brief, goal }: PaymentView): boolean {
  return (brief.state === 'held' || brief.state === 'paid') && goal !== 'gone'
}
