import { eq } from 'drizzle-orm'
import type { PaymentDetail, PaymentEvent } from '@paycare/shared/contract'
import { tail } from '@paycare/shared/rules'
import type { AppContext } from '../../context.ts'
import { bill, payment } from '../../engine/schema.ts'
import { journalOf, type JournalRow } from '../../engine/index.ts'
import { Refusal } from '../../http/refusal.ts'
import { cardOfPerson } from '../account/index.ts'
import { lastSerial, paymentViewsById } from '../bills/index.ts'
import { registration, registrationById } from '../registrations/index.ts'
import { deductByMs, visitById } from '../visits/index.ts'

/** The page of every payment state: what is known now, and the way there. Somebody else's payment looks absent. */
export async function paymentDetail(x: AppContext, accountId: string, paymentId: string): Promise<PaymentDetail> {
  const [found] = await x.reader
    .select({ payment, visitId: bill.visitId, registrationId: registration.id })
    .from(payment)
    .innerJoin(bill, eq(bill.id, payment.billId))
    .leftJoin(registration, eq(registration.billId, bill.id))
    .where(eq(payment.id, paymentId))
  if (!found) throw new Refusal(404, 'PAYMENT_NOT_FOUND')
  const p = found.payment
  const card = await cardOfPerson(x, accountId, p.institution, p.personId)
  const [view] = await paymentViewsById(x, [paymentId])
  const where = await placeOf(x, found)
  if (!card || !view || !where) throw new Refusal(404, 'PAYMENT_NOT_FOUND')
  const journal = await x.store.read(() => journalOf(paymentId))
  const serial = await lastSerial(x, paymentId)
  const undecided = (p.state === 'opening' || p.state === 'held') && p.goal !== 'gone'
  return {
    ...view.brief,
    card: card.view,
    role: p.role,
    visitId: found.visitId,
    registrationId: found.registrationId,
    department: where.department,
    doctor: where.doctor,
    orderTitle: view.title,
    serialTail: serial === undefined ? null : tail(serial),
    openedAtMs: p.openedAt,
    acctDate: p.acctDate,
    // A sharer never learns when the principal has to repay.
    repayBy: p.role === 'own' ? p.repayBy : null,
    deductByMs: undecided ? deductByMs(p.openedAt) : null,
    events: eventsOf(journal),
  }
}

/** Department and doctor: of the visit, or of the registration while there is no visit yet. */
async function placeOf(
  x: AppContext,
  of: { readonly visitId: string | null; readonly registrationId: string | null },
): Promise<{ readonly department: string; readonly doctor: string } | undefined> {
  if (of.visitId !== null) return visitById(x, of.visitId)
  return of.registrationId === null ? undefined : registrationById(x, of.registrationId)
}

const shownAs: Readonly<Record<string, PaymentEvent['event']>> = {
  opened: 'opened',
  'done:lock': 'locked',
  'refused:lock': 'declined',
  'done:confirm': 'confirmed',
  'done:cancel': 'released',
  'end:released': 'released',
  'aim:paid': 'finish',
  'aim:gone': 'drop',
  doubt: 'doubt',
  accepted: 'doubt',
  'refund:reserved': 'refundAsked',
  'refund:refunded': 'refunded',
}
const observedAs = { paid: 'confirmed', released: 'released', expired: 'expired', review: 'review' } as const

/** The journal in the patient's words; what only the engine cares about is left out, and one doubt is told once. */
function eventsOf(journal: readonly JournalRow[]): PaymentEvent[] {
  const events: PaymentEvent[] = []
  for (const row of journal) {
    const landed = row.event === 'observed' || row.changes.state === 'review'
    const event = landed ? observedEvent(row.changes.state) : shownAs[row.event]
    if (event === undefined || (event === 'doubt' && events.at(-1)?.event === 'doubt')) continue
    events.push({ atMs: row.atMs, event, amountFen: row.amountFen })
  }
  return events
}

function observedEvent(state: string | undefined): PaymentEvent['event'] | undefined {
  return state !== undefined && Object.hasOwn(observedAs, state)
    ? observedAs[state as keyof typeof observedAs]
    : undefined
}
