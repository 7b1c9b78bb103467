import { and, asc, desc, eq, inArray } from 'drizzle-orm'
import type { HoldRow, OrderItem, PaymentBrief, Reason } from '@paycare/shared/contract'
import { holdRow } from '@paycare/shared/rules'
import { errorText } from '@paycare/shared/text'
import type { AppContext } from '../../context.ts'
import { attempt, bill, payment } from '../../engine/schema.ts'
import { visit } from './schema.ts'

export type VisitRow = typeof visit.$inferSelect

/** One payment of a bill with its one open attempt, as pages and HIS read it. */
export interface PaymentView {
  readonly brief: PaymentBrief
  readonly visitId: string
  readonly orderNo: string
  readonly revision: number
  readonly title: string
  readonly orderedAtMs: number
  readonly goal: 'hold' | 'paid' | 'gone'
  readonly doing: 'lock' | 'confirm' | 'cancel' | null
  readonly items: readonly OrderItem[]
}

export async function visitByHisNo(x: AppContext, institution: string, hisNo: string): Promise<VisitRow | undefined> {
  const [row] = await x.reader
    .select()
    .from(visit)
    .where(and(eq(visit.institution, institution), eq(visit.hisNo, hisNo)))
  return row
}

export async function visitById(x: AppContext, id: string): Promise<VisitRow | undefined> {
  const [row] = await x.reader.select().from(visit).where(eq(visit.id, id))
  return row
}

/** The visits of a person at an institution, newest first. */
export function visitsOfPerson(x: AppContext, institution: string, personId: string): Promise<VisitRow[]> {
  return x.reader
    .select()
    .from(visit)
    .where(and(eq(visit.institution, institution), eq(visit.personId, personId)))
    .orderBy(desc(visit.startedAt), desc(visit.id))
    .limit(100)
}

/** All payments of some visits of one institution, in the order in which the doctor wrote the orders. */
export async function paymentViews(
  x: AppContext,
  institution: string,
  visitIds: readonly string[],
): Promise<PaymentView[]> {
  if (visitIds.length === 0) return []
  const rows = await x.reader
    .select({ bill, payment, step: attempt.step, attemptState: attempt.state, doubt: attempt.doubt })
    .from(bill)
    .innerJoin(payment, eq(payment.billId, bill.id))
    .leftJoin(attempt, and(eq(attempt.subjectId, payment.id), eq(attempt.open, 1)))
    .where(and(eq(bill.institution, institution), inArray(bill.visitId, [...visitIds])))
    .orderBy(asc(bill.createdAt), asc(bill.hisNo), asc(bill.rev))
  return rows.map((row) => {
    // Ready means that the bank could not be reached: for the person who waits, that is doubt as well.
    const open =
      row.step === null ? undefined : { step: row.step, doubt: row.doubt === 1 || row.attemptState === 'ready' }
    return {
      brief: briefOf(row.payment, holdRow({ ...row.payment, open })),
      visitId: row.bill.visitId ?? '',
      orderNo: row.bill.hisNo,
      revision: row.bill.rev,
      title: row.bill.title,
      orderedAtMs: row.bill.createdAt,
      goal: row.payment.goal,
      doing: row.step,
      items: JSON.parse(row.bill.linesJson) as OrderItem[],
    }
  })
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
    reason: p.reasonCode === null ? null : reasonOf(p.reasonCode),
  }
}

export function reasonOf(code: string): Reason {
  return { code, text: errorText(code) }
}
