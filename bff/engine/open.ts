import { jitterOf, type PaymentKind } from '@paycare/shared/rules'
import { query, statement, type Unit } from '../db/unit.ts'
import { newId } from '../ports/ids.ts'
import type { Actor, EngineContext } from './context.ts'
import { recordOpening } from './journal.ts'
import { bornLeased } from './leases.ts'
import { mutableColumns, type Lease, type Payment } from './subject.ts'

const insert = statement(
  `insert into payment (id, institution, bill_id, channel, kind, person_id, role, terms_sealed, state, goal, live,
     amount_fen, capture_fen, paid_fen, refunding_fen, refunded_fen, acct_date, repay_by, expires_at, not_before,
     recheck, refusals, reason_code, opened_at, sweep_jitter, awaited_by, version)
   values (:id, :institution, :billId, :channel, :kind, :personId, :role, :termsSealed, :state, :goal, :live,
     :amountFen, :captureFen, :paidFen, :refundingFen, :refundedFen, :acctDate, :repayBy, :expiresAt, :notBefore,
     :recheck, :refusals, :reasonCode, :openedAt, :sweepJitter, :awaitedBy, 0)`,
)

export interface NewSubject {
  readonly institution: string
  readonly billId: string
  readonly channel: string
  readonly kind: PaymentKind
  readonly goal: Payment['goal']
  readonly personId: string
  readonly role: Payment['role']
  readonly amountFen: number
  /** Conditions for the channel's line; sealed with the person's key. */
  readonly terms: Readonly<Record<string, string>>
  /** Woken in the same transaction whenever the state of this payment changes. */
  readonly awaitedBy?: string
  /** What it is swept with in the evening: subjects with the same name have the same place in the spread. Left out: not swept. */
  readonly sweptWith?: string
}

/** The counterparty's clock and ours are too far apart to open anything. */
export class ClockAstray extends Error {
  override readonly name = 'ClockAstray'
}

/** Stores a new subject with its first journal row and a wake leased to the caller, inside the caller's transaction. */
export function* open(x: EngineContext, n: NewSubject, by: Actor): Unit<{ subject: Payment; lease: Lease }> {
  const { clock, rule } = x.lineOf(n.channel)
  if (clock.isAstray) throw new ClockAstray(n.channel)
  const nowMs = x.clock.now()
  const id = newId(x.random, 'pay')
  const termsSealed = yield* x.vault.seal(n.personId, `terms/${id}`, JSON.stringify(n.terms))
  const sweepJitterMs = n.sweptWith === undefined ? null : jitterOf(n.sweptWith, rule.dayCut?.spreadMs ?? 0)
  const subject = fresh(id, n, termsSealed, nowMs, sweepJitterMs)
  yield* query(insert, {
    ...mutableColumns(subject.kind, subject),
    id,
    institution: subject.institution,
    billId: subject.billId,
    channel: subject.channel,
    kind: subject.kind,
    personId: subject.personId,
    role: subject.role,
    termsSealed,
    amountFen: subject.amountFen,
    openedAt: nowMs,
    sweepJitter: sweepJitterMs,
    awaitedBy: subject.awaitedBy,
  })
  yield* recordOpening(subject, { event: 'opened', by, atMs: nowMs, amountFen: subject.amountFen })
  const lane = `${subject.institution}:${subject.channel}`
  const lease = yield* bornLeased({ id, kind: 'payment', lane }, nowMs)
  return { subject, lease }
}

function fresh(id: string, n: NewSubject, termsSealed: string, nowMs: number, sweepJitterMs: number | null): Payment {
  return {
    id,
    institution: n.institution,
    billId: n.billId,
    channel: n.channel,
    kind: n.kind,
    personId: n.personId,
    role: n.role,
    termsSealed,
    state: 'opening',
    goal: n.goal,
    amountFen: n.amountFen,
    captureFen: n.amountFen,
    paidFen: 0,
    refundingFen: 0,
    refundedFen: 0,
    acctDate: null,
    repayBy: null,
    expiresAtMs: null,
    notBeforeMs: 0,
    recheck: false,
    refusals: 0,
    reasonCode: null,
    openedAtMs: nowMs,
    sweepJitterMs,
    awaitedBy: n.awaitedBy ?? null,
    version: 0,
  }
}
