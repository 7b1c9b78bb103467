import { integer, query, skipLocked, statement, storeNow, text, type Unit } from '../db/unit.ts'
import { leaseMs, NEVER } from './context.ts'
import type { Lease } from './subject.ts'

/** Another worker took over: whatever this one still learns, it may not write. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
}

// Callers speak of their own clock and the rows of the store's, which may be another one: what is kept is the distance from now.
const onStoreClock = (name: string): string =>
  `case when cast(:${name} as bigint) >= ${NEVER} then ${NEVER} else cast(:${name} as bigint) - cast(:nowMs as bigint) + ${storeNow} end`
const onCallersClock = (column: string): string =>
  `case when ${column} >= ${NEVER} then ${NEVER} else ${column} - ${storeNow} + cast(:nowMs as bigint) end`
const leaseEnd = `${storeNow} + ${leaseMs}`

const insertLeased = statement(
  `insert into wake (subject_id, subject_kind, lane, due_at, lease_until, fence)
   values (:id, :kind, :lane, ${NEVER}, ${leaseEnd}, 1)`,
)
const takeIfFree = statement(
  `update wake set fence = fence + 1, lease_until = ${leaseEnd}, due_at = ${NEVER}
   where subject_id = :id and lease_until <= ${storeNow} returning fence, subject_kind`,
)
const bringForward = statement(
  `update wake set due_at = case when due_at < ${onStoreClock('dueMs')} then due_at else ${onStoreClock('dueMs')} end
   where subject_id = :id`,
)
const renew = statement(
  `update wake set lease_until = ${leaseEnd}
   where subject_id = :id and fence = :fence and lease_until > 0 returning fence`,
)
const release = statement(
  `update wake set lease_until = 0,
     due_at = case when due_at < ${onStoreClock('dueMs')} then due_at else ${onStoreClock('dueMs')} end
   where subject_id = :id and fence = :fence and lease_until > 0 returning ${onCallersClock('due_at')} as due`,
)
const look = 'case when lease_until > 0 then lease_until else due_at end'
// The row number per lane keeps one slow counterparty from filling the whole claim. What another process claims at the same moment is
// passed over, and what it has just claimed is looked at again as it stands now.
const claim = statement(
  `with due as (
     select subject_id, row_number() over (partition by lane order by due_at, subject_id) as place from wake
     where ${look} <= ${storeNow}
   ), picked as materialized (
     select subject_id from wake
     where subject_id in (select subject_id from due where place <= :perLane) and ${look} <= ${storeNow}
     order by due_at, subject_id limit :most ${skipLocked}
   )
   update wake set fence = fence + 1, lease_until = ${leaseEnd}, due_at = ${NEVER}
   where subject_id in (select subject_id from picked) returning subject_id, subject_kind, fence`,
)
const nextDue = statement(`select ${onCallersClock(look)} as due from wake order by ${look} limit 1`)

/** A new subject is born leased to the caller who opened it. */
export function* bornLeased(subject: { id: string; kind: string; lane: string }, nowMs: number): Unit<Lease> {
  yield* query(insertLeased, { ...subject, storeNowMs: nowMs })
  return { subjectId: subject.id, kind: subject.kind, fence: 1 }
}

/** Takes the lease when nobody holds it; otherwise makes the holder look again when it is done. */
export function* takeOrWake(subjectId: string, nowMs: number): Unit<Lease | undefined> {
  const [row] = yield* query(takeIfFree, { id: subjectId, storeNowMs: nowMs })
  if (row) return { subjectId, kind: text(row, 'subject_kind'), fence: integer(row, 'fence') }
  yield* wakeAt(subjectId, nowMs)
  return undefined
}

/** Makes somebody look at a subject at `dueMs` at the latest, now if nothing else is said: the worker, or whoever holds it when it gives it back. */
export function* wakeAt(subjectId: string, dueMs: number, nowMs = dueMs): Unit<void> {
  yield* query(bringForward, { id: subjectId, dueMs, nowMs, storeNowMs: nowMs })
}

/** Proves inside a unit that the lease still holds, and renews it. */
export function* keep(lease: Lease, nowMs: number): Unit<void> {
  const [row] = yield* query(renew, { id: lease.subjectId, fence: lease.fence, storeNowMs: nowMs })
  if (!row) throw new LeaseLost(lease.subjectId)
}

/** Gives the lease back; answers when the subject is due again, which is earlier if somebody woke it meanwhile. */
export function* giveBack(lease: Lease, dueAtMs: number, nowMs: number): Unit<number> {
  const at = { dueMs: dueAtMs, nowMs, storeNowMs: nowMs }
  const [row] = yield* query(release, { id: lease.subjectId, fence: lease.fence, ...at })
  if (!row) throw new LeaseLost(lease.subjectId)
  return integer(row, 'due')
}

/** Claims due subjects, at most `perLane` of one counterparty. */
export function* claimDue(nowMs: number, perLane: number, most: number): Unit<Lease[]> {
  const rows = yield* query(claim, { storeNowMs: nowMs, perLane, most })
  return rows
    .map((row) => ({
      subjectId: text(row, 'subject_id'),
      kind: text(row, 'subject_kind'),
      fence: integer(row, 'fence'),
    }))
    .sort((a, b) => (a.subjectId < b.subjectId ? -1 : 1))
}

/** The next instant at which a wake is due or a lease runs out. */
export function* nextDueAt(nowMs: number): Unit<number> {
  const [row] = yield* query(nextDue, { nowMs, storeNowMs: nowMs })
  return row ? integer(row, 'due') : NEVER
}
