import { machineOf, type State } from '@paycare/shared/rules'
import { query, statement, type Unit } from '../db/unit.ts'
import { newId } from '../ports/ids.ts'
import type { Actor, EngineContext } from './context.ts'
import { move, recordOpening, type Entry } from './journal.ts'
import { bornLeased, takeOrWake } from './leases.ts'
import { findRefund, readPaymentById } from './read.ts'
import { refundColumns, type Lease, type Payment, type Refund, type RefundQueue } from './subject.ts'

const insert = statement(
  `insert into refund (id, institution, payment_id, channel, person_id, terms_sealed, state, goal, live, amount_fen,
     queue, acct_date, not_before, recheck, refusals, reason_code, opened_at, awaited_by, version)
   values (:id, :institution, :paymentId, :channel, :personId, :termsSealed, :state, :goal, :live, :amountFen,
     :queue, :acctDate, :notBefore, :recheck, :refusals, :reasonCode, :openedAt, :awaitedBy, 0)`,
)

export interface NewRefund {
  readonly paymentId: string
  readonly amountFen: number
  readonly queue: RefundQueue
  /** Conditions for the channel's line; sealed with the person's key. */
  readonly terms: Readonly<Record<string, string>>
  /** Woken in the same transaction whenever the state of this refund changes. */
  readonly awaitedBy?: string
}

/**
 * Stores a refund and reserves its amount in the payment's own row, in one transaction (`bank.md §5.3`). The CHECK of that row is the cap:
 * what is refunded, what may yet be and this one together are never more than was paid, whoever else is refunding at the same moment. Throws
 * `ConstraintViolation` above the cap and `Conflict` when the payment changed meanwhile.
 */
export function* openRefund(x: EngineContext, n: NewRefund, by: Actor): Unit<{ refund: Refund; lease: Lease }> {
  const payment = yield* readPaymentById(n.paymentId)
  const nowMs = x.clock.now()
  const id = newId(x.random, 'ref')
  const entry = { by, atMs: nowMs, amountFen: n.amountFen }
  yield* move(x, payment, { refundingFen: payment.refundingFen + n.amountFen }, { ...entry, event: 'refund:reserved' })
  const refund = fresh(
    id,
    payment,
    n,
    yield* x.vault.seal(payment.personId, `terms/${id}`, JSON.stringify(n.terms)),
    nowMs,
  )
  yield* query(insert, {
    ...refundColumns(refund),
    id,
    institution: refund.institution,
    paymentId: refund.paymentId,
    channel: refund.channel,
    personId: refund.personId,
    termsSealed: refund.termsSealed,
    amountFen: refund.amountFen,
    queue: refund.queue,
    openedAt: nowMs,
    awaitedBy: refund.awaitedBy,
  })
  yield* recordOpening(refund, { ...entry, event: 'opened' })
  const lane = `${refund.institution}:${refund.channel}`
  return { refund, lease: yield* bornLeased({ id, kind: 'refund', lane }, nowMs) }
}

/** A refund that waits is tried again now, with a new serial: a person or the daily run says so. Nothing to do in any other state. */
export function* resumeRefund(x: EngineContext, id: string, by: Actor): Unit<Lease | undefined> {
  const refund = yield* findRefund(id)
  if (refund?.state !== 'waiting') return undefined
  const nowMs = x.clock.now()
  if (refund.notBeforeMs > nowMs) yield* move(x, refund, { notBeforeMs: nowMs }, { event: 'resume', by, atMs: nowMs })
  return yield* takeOrWake(id, nowMs)
}

/** Once a refund is decided its reservation ends: refunded, or free again. Runs in the transaction of the decision. */
export function* releaseReserve(x: EngineContext, refund: Refund, state: State, entry: Entry): Unit<void> {
  if (!machineOf('refund').free.includes(state)) return
  const payment = yield* readPaymentById(refund.paymentId)
  const refundingFen = payment.refundingFen - refund.amountFen
  const { by, atMs } = entry
  const about = { event: `refund:${state}`, by, atMs, amountFen: refund.amountFen }
  if (state !== 'refunded') yield* move(x, payment, { refundingFen }, about)
  else yield* move(x, payment, { refundingFen, refundedFen: payment.refundedFen + refund.amountFen }, about)
}

function fresh(id: string, payment: Payment, n: NewRefund, termsSealed: string, nowMs: number): Refund {
  const { institution, channel, personId } = payment
  return {
    id,
    institution,
    channel,
    personId,
    termsSealed,
    kind: 'refund',
    paymentId: payment.id,
    queue: n.queue,
    state: 'opening',
    goal: 'refunded',
    amountFen: n.amountFen,
    acctDate: null,
    notBeforeMs: 0,
    recheck: false,
    refusals: 0,
    reasonCode: null,
    openedAtMs: nowMs,
    awaitedBy: n.awaitedBy ?? null,
    version: 0,
  }
}
