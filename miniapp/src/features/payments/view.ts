import type { HoldRow, PaymentDetail, PaymentEvent } from '@paycare/shared/contract'
import { formatDay, formatInstant } from '@paycare/shared/rules'
import {
  holdStates,
  labels,
  paymentEventTexts,
  paymentTexts,
  payerTexts,
  registrationFeeEventTexts,
  renderState,
  type RenderedState,
} from '@paycare/shared/text'

/** Rows whose answer is missing: the page keeps asking. */
const asking: ReadonlySet<HoldRow> = new Set<HoldRow>([
  'locking',
  'lockDoubt',
  'confirming',
  'confirmDoubt',
  'cancelling',
  'cancelDoubt',
])
export const paymentIsLive = ({ row }: Pick<PaymentDetail, 'row'>): boolean => asking.has(row)

/** Locked after the time by which the deduction is promised. */
const isLate = ({ deductByMs, openedAtMs }: PaymentDetail): boolean => deductByMs !== null && openedAtMs >= deductByMs

/** All that the page says about the payment's state. */
export function paymentState(payment: PaymentDetail, nowMs: number): RenderedState {
  return renderState(holdStates[payment.row], {
    amountFen: payment.amountFen,
    captureFen: payment.captureFen,
    paidFen: payment.paidFen,
    releasedFen: payment.releasedFen,
    deductBy: payment.deductByMs === null ? null : formatInstant(payment.deductByMs, nowMs),
    late: isLate(payment),
    repayBy: payment.repayBy === null ? null : formatDay(payment.repayBy),
    reason: payment.reason?.text ?? null,
    family: payment.role === 'family',
    registration: payment.registrationId !== null,
    phone: payment.card.institution.phone,
  })
}

/** The amount that the state is about: what was taken once something was, otherwise what was asked for. */
export const shownFen = ({
  state,
  paidFen,
  amountFen,
}: Pick<PaymentDetail, 'state' | 'paidFen' | 'amountFen'>): number => (state === 'paid' ? paidFen : amountFen)

export const payerLine = ({ role }: Pick<PaymentDetail, 'role'>): string => payerTexts[role]

interface Labelled<V> {
  readonly label: string
  readonly value: V
}

/** What was ordered, and what became of it: each amount once it exists. */
export function paymentAmounts(payment: PaymentDetail): Labelled<number>[] {
  const rows: Labelled<number>[] = [{ label: labels.orderAmount, value: payment.amountFen }]
  if (payment.state === 'held') rows.push({ label: labels.locked, value: payment.amountFen })
  if (payment.paidFen > 0) rows.push({ label: labels.paid, value: payment.paidFen })
  if (payment.releasedFen > 0) rows.push({ label: labels.released, value: payment.releasedFen })
  return rows
}

/** What the payment is for. */
export function paymentSubject(payment: PaymentDetail): Labelled<string>[] {
  return [
    { label: labels.order, value: payment.orderTitle },
    { label: labels.hospital, value: payment.card.institution.name },
    { label: labels.department, value: labels.whereAndWho(payment.department, payment.doctor) },
  ]
}

/** Numbers that help a person at the hospital to find the payment. */
export function paymentNumbers(payment: PaymentDetail): Labelled<string>[] {
  const rows: Labelled<string>[] = [{ label: paymentTexts.number, value: payment.id }]
  if (payment.serialTail !== null) rows.push({ label: paymentTexts.serial, value: payment.serialTail })
  if (payment.acctDate !== null) rows.push({ label: paymentTexts.acctDay, value: formatDay(payment.acctDate) })
  return rows
}

export interface Step {
  readonly key: string
  readonly title: string
  readonly at: string
  readonly fen: number | null
  readonly state: 'done' | 'now' | 'next'
}

function eventText(event: PaymentEvent['event'], { registrationId }: Pick<PaymentDetail, 'registrationId'>): string {
  const special = registrationId === null ? undefined : registrationFeeEventTexts[event]
  return special ?? paymentEventTexts[event]
}

/** The payment's history, and after it what is awaited or still to come. */
export function paymentSteps(payment: PaymentDetail, nowMs: number): Step[] {
  const steps: Step[] = payment.events.map((event, index) => ({
    key: `${index}`,
    title: eventText(event.event, payment),
    at: formatInstant(event.atMs, nowMs),
    fen: event.amountFen,
    state: 'done',
  }))
  if (paymentIsLive(payment)) {
    steps.push({ key: 'awaited', title: paymentTexts.waitingStep, at: paymentTexts.now, fen: null, state: 'now' })
  } else if (payment.row === 'held' && payment.deductByMs !== null && !isLate(payment)) {
    const at = paymentTexts.deductBy(formatInstant(payment.deductByMs, nowMs))
    steps.push({ key: 'deduct', title: paymentTexts.deductStep, at, fen: null, state: 'next' })
  }
  return steps
}
