import { integer, query, statement, text, type Unit } from '../db/unit.ts'
import { leaseMs, NEVER } from './context.ts'
import type { Lease } from './subject.ts'

/** Another worker took over: whatever this one still learns, it may not write. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
}

const insertLeased = statement(
  `insert into wake (subject_id, subject_kind, lane, due_at, lease_until, fence)
   values (:id, :kind, :lane, ${NEVER}, :until, 1)`,
)
const takeIfFree = statement(
  `update wake set fence = fence + 1, lease_until = :until, due_at = ${NEVER}
   where subject_id = :id and lease_until <= :now returning fence, subject_kind`,
)
const bringForward = statement(
  'update wake set due_at = case when due_at < :due then due_at else :due end where subject_id = :id',
)
const renew = statement(
  'update wake set lease_until = :until where subject_id = :id and fence = :fence and lease_until > 0 returning fence',
)
const release = statement(
  `update wake set lease_until = 0, due_at = case when due_at < :due then due_at else :due end
   where subject_id = :id and fence = :fence and lease_until > 0 returning due_at`,
)
const look = 'case when lease_until > 0 then lease_until else due_at end'
// The row number per lane keeps one slow counterparty from filling the whole claim.
const claim = statement(
  `with due as (
     select subject_id, due_at, row_number() over (partition by lane order by due_at, subject_id) as place from wake
     where ${look} <= :now
   ), picked as materialized (
     select subject_id from due where place <= :perLane order by due_at, subject_id limit :most
   )
   update wake set fence = fence + 1, lease_until = :until, due_at = ${NEVER}
   where subject_id in (select subject_id from picked) returning subject_id, subject_kind, fence`,
)
const nextDue = statement(`select ${look} as due from wake order by ${look} limit 1`)

/** A new subject is born leased to the caller who opened it. */
export function* bornLeased(subject: { id: string; kind: string; lane: string }, nowMs: number): Unit<Lease> {
  yield* query(insertLeased, { ...subject, until: nowMs + leaseMs })
  return { subjectId: subject.id, kind: subject.kind, fence: 1 }
}

/** Takes the lease when nobody holds it; otherwise makes the holder look again when it is done. */
export function* takeOrWake(subjectId: string, nowMs: number): Unit<Lease | undefined> {
  const [row] = yield* query(takeIfFree, { id: subjectId, now: nowMs, until: nowMs + leaseMs })
  if (row) return { subjectId, kind: text(row, 'subject_kind'), fence: integer(row, 'fence') }
  yield* wakeAt(subjectId, nowMs)
  return undefined
}

/** Makes somebody look at a subject at `dueMs` at the latest: the worker, or whoever holds it when it gives it back. */
export function* wakeAt(subjectId: string, dueMs: number): Unit<void> {
  yield* query(bringForward, { id: subjectId, due: dueMs })
}

/** Proves inside a unit that the lease still holds, and renews it. */
export function* keep(lease: Lease, nowMs: number): Unit<void> {
  const [row] = yield* query(renew, { id: lease.subjectId, fence: lease.fence, until: nowMs + leaseMs })
  if (!row) throw new LeaseLost(lease.subjectId)
}

/** Gives the lease back; answers when the subject is due again, which is earlier if somebody woke it meanwhile. */
export function* giveBack(lease: Lease, dueAtMs: number): Unit<number> {
  const [row] = yield* query(release, { id: lease.subjectId, fence: lease.fence, due: dueAtMs })
  if (!row) throw new LeaseLost(lease.subjectId)
  return integer(row, 'due_at')
}

/** Claims due subjects, at most `perLane` of one counterparty. */
export function* claimDue(nowMs: number, perLane: number, most: number): Unit<Lease[]> {
  const rows = yield* query(claim, { now: nowMs, until: nowMs + leaseMs, perLane, most })
  return rows
    .map((row) => ({
      subjectId: text(row, 'subject_id'),
      kind: text(row, 'subject_kind'),
      fence: integer(row, 'fence'),
    }))
    .sort((a, b) => (a.subjectId < b.subjectId ? -1 : 1))
}

/** The next instant at which a wake is due or a lease runs out. */
export function* nextDueAt(): Unit<number> {
  const [row] = yield* query(nextDue, {})
  return row ? integer(row, 'due') : NEVER
}
