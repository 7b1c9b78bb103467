import type { Order, PaymentBrief, VisitBrief, VisitTotals } from '@paycare/shared/contract'
import { formatFen, formatInstant } from '@paycare/shared/rules'
import { holdStates, labels, markTexts, payerTexts, visitsTexts, type Face } from '@paycare/shared/text'
import type { Bar } from '../../ui/Bars'

/** “信用就医”, “亲情付”, or that the visit uses neither. */
export function markOf({ inUse, role }: Pick<VisitBrief, 'inUse' | 'role'>): string {
  return inUse && role !== null ? markTexts[role] : visitsTexts.noCredit
}

/** Who pays for a visit, in the second row of every page about money. */
export function payerOf({ inUse, role }: Pick<VisitBrief, 'inUse' | 'role'>): string {
  return inUse && role !== null ? payerTexts[role] : payerTexts.other
}

export interface VisitCardView {
  readonly title: string
  readonly at: string
  readonly state: { readonly face: Face; readonly text: string }
  readonly mark: string
  /** The amounts that are not zero, in the order in which they matter. */
  readonly amounts: readonly Bar[]
}

export function visitCard(visit: VisitBrief, nowMs: number): VisitCardView {
  return {
    title: visitTitle(visit),
    at: visitsTexts.whenAndCount(formatInstant(visit.startedAtMs, nowMs), visit.orderCount),
    state: visitState(visit),
    mark: markOf(visit),
    amounts: totalBars(visit.totals),
  }
}

/** Where and with whom; a vaccination says what it was for. */
export function visitTitle({ kind, department, doctor }: Pick<VisitBrief, 'kind' | 'department' | 'doctor'>): string {
  return labels.whereAndWho(department, kind === 'vaccination' ? visitsTexts.vaccination : doctor)
}

export function visitState({ state }: Pick<VisitBrief, 'state'>): VisitCardView['state'] {
  return state === 'open'
    ? { face: 'waiting', text: visitsTexts.open }
    : { face: 'notPaid', text: visitsTexts.finished }
}

/** The totals of a visit; what is zero is left out. */
export function totalBars(totals: VisitTotals): Bar[] {
  const bars: Bar[] = [
    { key: 'locked', label: labels.locked, fen: totals.lockedFen, tone: 'warn' },
    { key: 'pending', label: labels.pending, fen: totals.pendingFen, tone: 'warn' },
    { key: 'paid', label: labels.paid, fen: totals.paidFen, tone: 'brand' },
    { key: 'otherWay', label: labels.otherWay, fen: totals.otherWayFen, tone: 'edge' },
    { key: 'released', label: labels.released, fen: totals.releasedFen, tone: 'edge' },
  ]
  return bars.filter((bar) => bar.fen > 0)
}

/** The longest of some bars, which fills its line. */
export const longest = (bars: readonly { readonly fen: number }[]): number =>
  bars.reduce((most, bar) => Math.max(most, bar.fen), 0)

export interface PaymentLineView {
  readonly paymentId: string
  readonly title: string
  readonly fen: number
  readonly note: string
  readonly face: Face
  readonly state: string
}

/** One line per payment; an order that became dearer has several. */
export function paymentLines(orders: readonly Order[], nowMs: number): PaymentLineView[] {
  return orders.flatMap((order) =>
    order.payments.map((payment) => ({
      paymentId: payment.id,
      title: order.title,
      fen: shownFen(payment),
      note: visitsTexts.whenAndItems(formatInstant(order.orderedAtMs, nowMs), order.itemCount),
      ...rowOf(payment.row),
    })),
  )
}

/** The amount that a line of a payment is about: what was taken, or what is locked or refused. */
function shownFen(payment: PaymentBrief): number {
  return payment.state === 'paid' ? payment.paidFen : payment.amountFen
}

/** Face and short words of a payment's row. */
export function rowOf(row: PaymentBrief['row']): { face: Face; state: string } {
  const { face, brief } = holdStates[row]
  return { face, state: brief }
}

/** “¥12.50/盒 × 2”. */
export function priceLine(item: { unitPriceFen: number; unit: string; quantity: number }): string {
  return visitsTexts.unitPrice(formatFen(item.unitPriceFen), item.unit, item.quantity)
}

/** What a visit without orders says. */
export function noOrders({ state }: Pick<VisitBrief, 'state'>): string {
  return state === 'open' ? visitsTexts.noOrders : visitsTexts.noOrdersAtAll
}

/** Whether a visit can change without the patient. */
export function visitIsLive(visit: Pick<VisitBrief, 'state' | 'totals'>): boolean {
  return visit.state === 'open' || visit.totals.pendingFen > 0
}
