import { Conflict } from '../db/store.ts'
import { integer, query, statement, text, type Unit } from '../db/unit.ts'
import type { Actor, EngineContext } from './context.ts'
import { wakeAt } from './leases.ts'
import {
  mutableColumns,
  mutablePartOf,
  refundColumns,
  type Attempt,
  type Mutable,
  type Payment,
  type Refund,
  type RefundMutable,
  type Subject,
} from './subject.ts'

const compareAndSet = statement(
  `update payment set state = :state, goal = :goal, live = :live, capture_fen = :captureFen, paid_fen = :paidFen,
     refunding_fen = :refundingFen, refunded_fen = :refundedFen, acct_date = :acctDate, repay_by = :repayBy,
     expires_at = :expiresAt, not_before = :notBefore, recheck = :recheck, refusals = :refusals,
     reason_code = :reasonCode, version = :next
   where id = :id and version = :version returning version`,
)
const compareAndSetRefund = statement(
  `update refund set state = :state, goal = :goal, live = :live, acct_date = :acctDate, not_before = :notBefore,
     recheck = :recheck, refusals = :refusals, reason_code = :reasonCode, version = :next
   where id = :id and version = :version returning version`,
)
const append = statement(
  `insert into journal (institution, subject_id, version, at, event, from_state, to_state, attempt_id, channel, step,
     amount_fen, acct_date, serial, actor, data)
   values (:institution, :subjectId, :version, :at, :event, :fromState, :toState, :attemptId, :channel, :step,
     :amountFen, :acctDate, :serial, :actor, :data)`,
)
const readAll = statement(
  'select version, event, at, amount_fen, step, data from journal where subject_id = :id order by version',
)

/** One line of a subject's history. */
export interface Entry {
  readonly event: string
  readonly by: Actor
  readonly atMs: number
  readonly attempt?: Attempt
  readonly amountFen?: number
}

/** Who must hear of a change. */
type Told = Pick<EngineContext, 'told'>

/**
 * Changes a subject: compare-and-set on its version, one journal row with exactly the change, and the news of it when the state is another one.
 * The only writer of both.
 */
export function move(x: Told, s: Payment, changes: Partial<Mutable>, entry: Entry): Unit<Payment>
export function move(x: Told, s: Refund, changes: Partial<RefundMutable>, entry: Entry): Unit<Refund>
export function move(x: Told, s: Subject, changes: Partial<RefundMutable>, entry: Entry): Unit<Subject>
export function* move(x: Told, s: Subject, changes: Partial<Mutable>, entry: Entry): Unit<Subject> {
  // The state table of the kind says which states its changes can bring.
  const next = { ...s, ...changes, version: s.version + 1 } as Subject
  const about = { id: s.id, version: s.version, next: next.version }
  const rows =
    next.kind === 'refund'
      ? yield* query(compareAndSetRefund, Object.assign(refundColumns(next), about))
      : yield* query(compareAndSet, Object.assign(mutableColumns(next.kind, next), about))
  if (rows.length === 0) throw new Conflict(s.id)
  yield* chronicle(next, s.state, changes, entry)
  if (next.state === s.state) return next
  if (s.awaitedBy !== null) yield* wakeAt(s.awaitedBy, entry.atMs)
  if (x.told) yield* x.told(next, entry.atMs)
  return next
}

/** The first journal row holds the whole mutable part. */
export function* recordOpening(s: Subject, entry: Entry): Unit<void> {
  yield* chronicle(s, null, mutablePartOf(s), entry)
}

/** What the journal needs to know of any kind of subject, money or not. */
export interface Chronicled {
  readonly id: string
  readonly institution: string
  readonly channel: string
  readonly state: string
  readonly acctDate: string | null
  readonly version: number
}

/** Appends one row about a subject as it is after the change, in the transaction of the change. */
export function* chronicle(s: Chronicled, from: string | null, changes: object, entry: Entry): Unit<void> {
  yield* query(append, {
    institution: s.institution,
    subjectId: s.id,
    version: s.version,
    at: entry.atMs,
    event: entry.event,
    fromState: from,
    toState: s.state,
    attemptId: entry.attempt?.id ?? null,
    channel: s.channel,
    step: entry.attempt?.step ?? null,
    amountFen: entry.amountFen ?? null,
    acctDate: s.acctDate,
    serial: entry.attempt?.serial ?? null,
    actor: entry.by,
    data: JSON.stringify(changes),
  })
}

/** A journal row as pages and replay read it; `changes` are of the kind of subject whose journal it is. */
export interface JournalRow<M = Partial<Mutable>> {
  readonly version: number
  readonly event: string
  readonly step: string | null
  readonly atMs: number
  readonly amountFen: number | null
  readonly changes: M
}

export function* journalOf<M = Partial<Mutable>>(subjectId: string): Unit<JournalRow<M>[]> {
  const rows = yield* query(readAll, { id: subjectId })
  return rows.map((row) => ({
    version: integer(row, 'version'),
    event: text(row, 'event'),
    step: row['step'] === null ? null : text(row, 'step'),
    atMs: integer(row, 'at'),
    amountFen: row['amount_fen'] === null ? null : integer(row, 'amount_fen'),
    changes: JSON.parse(text(row, 'data')) as M,
  }))
}

/** Folds a journal into the mutable part that the row must equal (architecture rule 7). */
export function replay<M extends object = Partial<Mutable>>(
  rows: readonly JournalRow<M>[],
): { version: number; mutable: Partial<M> } {
  let mutable: Partial<M> = {}
  let version = -1
  for (const row of rows) {
    if (row.version !== version + 1) throw new Error(`journal has a gap before version ${row.version}`)
    version = row.version
    mutable = { ...mutable, ...row.changes }
  }
  return { version, mutable }
}
