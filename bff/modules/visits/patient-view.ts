import {
  FeeCategory,
  type FeeItem,
  type Order,
  type VisitBrief,
  type VisitDetail,
  type VisitFees,
  type Visits,
} from '@paycare/shared/contract'
import { groupBy, sumFen, timeOnDay } from '@paycare/shared/rules'
import type { AppContext } from '../../context.ts'
import { Refusal } from '../../http/refusal.ts'
import { cardOfPerson, readCard, type BoundCard } from '../account/index.ts'
import { paymentViews, type PaymentView } from '../bills/index.ts'
import { visitById, visitsOfPerson, type VisitRow } from './read.ts'
import { totalsOf, willBeDeducted } from './totals.ts'

/** When the evening's deduction is promised to be done (product.md §3). */
export function deductByMs(openedAtMs: number): number {
  return timeOnDay(openedAtMs, 23, 30)
}

export async function listVisits(
  x: AppContext,
  accountId: string,
  cardId: string,
  filter: 'open' | 'all',
): Promise<Visits> {
  const card = await readCard(x, accountId, cardId)
  const rows = await visitsOfPerson(x, card.institution, card.personId)
  const shown = filter === 'open' ? rows.filter((row) => row.state === 'open') : rows
  const views = groupBy(
    await paymentViews(
      x,
      card.institution,
      shown.map((row) => row.id),
    ),
    (view) => view.visitId,
  )
  return { card: card.view, visits: shown.map((row) => briefOf(row, views.get(row.id) ?? [])) }
}

/** A visit whose patient's card the account holds. Anybody else's looks absent. */
async function ownVisit(
  x: AppContext,
  accountId: string,
  visitId: string,
): Promise<{ row: VisitRow; card: BoundCard }> {
  const row = await visitById(x, visitId)
  const card = row && (await cardOfPerson(x, accountId, row.institution, row.personId))
  if (!row || !card) throw new Refusal(404, 'VISIT_NOT_FOUND')
  return { row, card }
}

export async function readVisit(x: AppContext, accountId: string, visitId: string): Promise<VisitDetail> {
  const { row, card } = await ownVisit(x, accountId, visitId)
  const views = await paymentViews(x, row.institution, [row.id])
  const toDeduct = views.filter((view) => view.goal !== 'gone' && willBeDeducted(view.brief.row))
  const first = toDeduct[0]
  return {
    ...briefOf(row, views),
    card: card.view,
    orders: ordersOf(views),
    finishedAtMs: row.finishedAt,
    tonight: first
      ? { amountFen: sumFen(toDeduct.map((view) => view.brief.captureFen)), byMs: deductByMs(first.orderedAtMs) }
      : null,
  }
}

/** Fees item by item, in plain words; what was cancelled is not a fee. */
export async function readVisitFees(x: AppContext, accountId: string, visitId: string): Promise<VisitFees> {
  const { row, card } = await ownVisit(x, accountId, visitId)
  const views = await paymentViews(x, row.institution, [row.id])
  const items = views.filter((view) => view.brief.row !== 'released').flatMap(itemsOf)
  const byCategory = groupBy(items, (item) => item.category)
  return {
    visit: briefOf(row, views),
    card: card.view,
    totalFen: sumFen(items.map((item) => item.amountFen)),
    categories: FeeCategory.options.flatMap((category) => {
      const of = byCategory.get(category)
      return of ? [{ category, amountFen: sumFen(of.map((item) => item.amountFen)), items: of }] : []
    }),
  }
}

function itemsOf(view: PaymentView): FeeItem[] {
  return view.items.map((item) => ({ ...item, orderNo: view.orderNo, row: view.brief.row }))
}

function briefOf(row: VisitRow, views: readonly PaymentView[]): VisitBrief {
  return {
    id: row.id,
    kind: row.kind,
    department: row.department,
    doctor: row.doctor,
    startedAtMs: row.startedAt,
    state: row.state,
    inUse: row.inUse === 1,
    role: row.role,
    totals: totalsOf(views.map((view) => view.brief)),
    orderCount: new Set(views.map((view) => view.orderNo)).size,
  }
}

function ordersOf(views: readonly PaymentView[]): Order[] {
  return [...groupBy(views, (view) => view.orderNo)].map(([orderNo, revisions]) => ({
    orderNo,
    title: revisions[0]?.title ?? '',
    orderedAtMs: revisions[0]?.orderedAtMs ?? 0,
    amountFen: sumFen(revisions.map((view) => view.brief.amountFen)),
    paidFen: sumFen(revisions.map((view) => view.brief.paidFen)),
    itemCount: revisions.reduce((count, view) => count + view.items.length, 0),
    payments: revisions.map((view) => view.brief),
  }))
}
