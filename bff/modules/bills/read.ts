import { and, asc, desc, eq, inArray, or } from 'drizzle-orm'
import type { HoldRow, OrderItem, PaymentBrief, Reason } from '@paycare/shared/contract'
import { holdRow } from '@paycare/shared/rules'
import { errorText } from '@paycare/shared/text'
import type { AppContext } from '../../context.ts'
import { attempt, bill, payment } from '../../engine/schema.ts'

/** One payment of a bill with its one open attempt, as pages and HIS read it. */
export interface PaymentView {
  readonly brief: PaymentBrief
  readonly billKind: 'order' | 'registration' | 'windowRegistration'
  readonly visitId: string
  /** HIS's number of the order, or our number of the registration. */
  readonly orderNo: string
  readonly revision: number
  readonly title: string
  readonly orderedAtMs: number
  readonly goal: 'hold' | 'paid' | 'gone'
  readonly doing: 'lock' | 'confirm' | 'cancel' | null
  readonly items: readonly OrderItem[]
}

/**
 * All payments of some visits of one institution, in the order in which the doctor wrote the orders. Of the registration only what was really
 * taken belongs to the visit; the ways there are told on the registration's own page.
 */
export async function paymentViews(
  x: AppContext,
  institution: string,
  visitIds: readonly string[],
): Promise<PaymentView[]> {
  if (visitIds.length === 0) return []
  const rows = await views(x)
    .where(
      and(
        eq(bill.institution, institution),
        inArray(bill.visitId, [...visitIds]),
        or(eq(bill.kind, 'order'), eq(payment.state, 'paid')),
      ),
    )
    .orderBy(asc(bill.createdAt), asc(bill.hisNo), asc(bill.rev), asc(payment.openedAt))
  return rows.map(viewOf)
}

/** Some payments by their ids, in no order. */
export async function paymentViewsById(x: AppContext, ids: readonly string[]): Promise<PaymentView[]> {
  if (ids.length === 0) return []
  return (await views(x).where(inArray(payment.id, [...ids]))).map(viewOf)
}

/** Last four characters of the newest serial of a payment: what a person reads to the bank on the phone. */
export async function lastSerial(x: AppContext, paymentId: string): Promise<string | undefined> {
  const [row] = await x.reader
    .select({ serial: attempt.serial })
    .from(attempt)
    .where(eq(attempt.subjectId, paymentId))
    .orderBy(desc(attempt.createdAt), desc(attempt.id))
    .limit(1)
  return row?.serial
}

function views(x: AppContext) {
  return x.reader
    .select({ bill, payment, step: attempt.step, attemptState: attempt.state, doubt: attempt.doubt })
    .from(bill)
    .innerJoin(payment, eq(payment.billId, bill.id))
    .leftJoin(attempt, and(eq(attempt.subjectId, payment.id), eq(attempt.open, 1)))
}

function viewOf(row: Awaited<ReturnType<typeof views>>[number]): PaymentView {
  // Ready means that the bank could not be reached: for the person who waits, that is doubt as well.
  const open =
    row.step === null ? undefined : { step: row.step, doubt: row.doubt === 1 || row.attemptState === 'ready' }
  return {
    brief: briefOf(row.payment, holdRow({ ...row.payment, open })),
    billKind: row.bill.kind,
    visitId: row.bill.visitId ?? '',
    orderNo: row.bill.hisNo,
    revision: row.bill.rev,
    title: row.bill.title,
    orderedAtMs: row.bill.createdAt,
    goal: row.payment.goal,
    doing: row.step,
    items: JSON.parse(row.bill.linesJson) as OrderItem[],
  }
}

function briefOf(p: typeof payment.$inferSelect, row: HoldRow): PaymentBrief {
  const releasedFen =
    p.state === 'paid' ? p.amountFen - p.paidFen : p.state === 'released' || p.state === 'expired' ? p.amountFen : 0
  return {
    id: p.id,
    kind: p.kind,
    row,
    state: p.state,
    amountFen: p.amountFen,
    captureFen: p.captureFen,
    paidFen: p.paidFen,
    releasedFen,
    refundedFen: p.refundedFen,
    refundingFen: p.refundingFen,
    reason: p.reasonCode === null ? null : reasonOf(p.reasonCode),
  }
}

export function reasonOf(code: string): Reason {
  return { code, text: errorText(code) }
}
