import { flag, integer, query, skipLocked, statement, storeNow, text, type Row, type Unit } from '../db/unit.ts'
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
   where subject_id = :id and lease_until <= ${storeNow} returning fence, subject_kind, lane`,
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
// One probe of the index per lane, however many wakes there are.
const readLanes = statement(
  `with recursive lane_of (lane) as (
     select min(lane) from wake
     union all
     select (select min(wake.lane) from wake where wake.lane > lane_of.lane) from lane_of where lane_of.lane is not null
   ), first_of as (
     select lane, (select ${look} from wake where wake.lane = lane_of.lane order by ${look} limit 1) as first_at
     from lane_of where lane is not null
   )
   select lane, case when first_at <= ${storeNow} then 1 else 0 end as is_due, ${onCallersClock('first_at')} as due
   from first_of order by first_at, lane`,
)
/** So many lanes are claimed from by one statement. */
const lanesPerClaim = 8
const slots = Array.from({ length: lanesPerClaim }, (_, slot) => slot)
// What another process claims at the same moment is passed over, and what it has just claimed is looked at again as it stands now.
const pick = (slot: number): string =>
  `pick${slot} as materialized (
     select subject_id from wake where lane = :lane${slot} and ${look} <= ${storeNow}
     order by ${look} limit :places${slot} ${skipLocked}
   )`
const claim = statement(
  `with ${slots.map(pick).join(', ')}
   update wake set fence = fence + 1, lease_until = ${leaseEnd}, due_at = ${NEVER}
   where subject_id in (
     select subject_id from (${slots.map((slot) => `select subject_id from pick${slot}`).join(' union all ')}) as picked
     limit :most
   )
   returning subject_id, subject_kind, lane, fence`,
)
const wakeWaiting = statement(
  `with waiting as materialized (
     select subject_id from wake
     where lane = :lane and ${look} > ${storeNow} and ${look} <= ${storeNow} + cast(:withinMs as bigint)
       and lease_until = 0
     order by ${look} limit :most ${skipLocked}
   )
   update wake set due_at = ${storeNow} where subject_id in (select subject_id from waiting)`,
)

/** A new subject is born leased to the caller who opened it. */
export function* bornLeased(subject: { id: string; kind: string; lane: string }, nowMs: number): Unit<Lease> {
  yield* query(insertLeased, { ...subject, storeNowMs: nowMs })
  return { subjectId: subject.id, kind: subject.kind, lane: subject.lane, fence: 1 }
}

/** Takes the lease when nobody holds it; otherwise makes the holder look again when it is done. */
export function* takeOrWake(subjectId: string, nowMs: number): Unit<Lease | undefined> {
  const [row] = yield* query(takeIfFree, { id: subjectId, storeNowMs: nowMs })
  if (row) return leaseOf(subjectId, row)
  yield* wakeAt(subjectId, nowMs)
  return undefined
}

/** Makes somebody look at a subject at `dueMs` at the latest, now if nothing else is said: the worker, or whoever holds it when it gives it back. */
export function* wakeAt(subjectId: string, dueMs: number, nowMs = dueMs): Unit<void> {
  yield* query(bringForward, { id: subjectId, dueMs, nowMs, storeNowMs: nowMs })
}

/** So many of one unit; the rest comes at its own time. */
const wokenMost = 500

/** The lane answers again: who waits there for less than `withinMs` is looked at now. */
export function* wakeLane(lane: string, nowMs: number, withinMs: number): Unit<void> {
  yield* query(wakeWaiting, { lane, withinMs, most: wokenMost, storeNowMs: nowMs })
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

/** What a look for work brings. */
export interface Claim {
  readonly leases: readonly Lease[]
  /** The next instant at which a wake is due or a lease runs out, in the lanes that have a place left. */
  readonly nextDueAtMs: number
}

/**
 * Claims due subjects, `most` in all and in each lane as many as have a place there. A lane without a place is not looked at: what waits in it
 * is no reason to look again before a place is free.
 */
export function* claimDue(nowMs: number, placesIn: (lane: string) => number, most: number): Unit<Claim> {
  const before = yield* lanes(nowMs)
  const due = before.filter(({ lane, isDue }) => isDue && placesIn(lane) > 0)
  const leases: Lease[] = []
  for (let at = 0; at < due.length && leases.length < most; at += lanesPerClaim) {
    const some = due.slice(at, at + lanesPerClaim).map(({ lane }) => ({ lane, places: placesIn(lane) }))
    leases.push(...(yield* claimIn(some, nowMs, most - leases.length)))
  }
  const after = leases.length === 0 ? before : yield* lanes(nowMs)
  const takenIn = (lane: string): number => leases.filter((lease) => lease.lane === lane).length
  const open = after.filter(({ lane }) => placesIn(lane) > takenIn(lane))
  return {
    leases: leases.sort((a, b) => (a.subjectId < b.subjectId ? -1 : 1)),
    nextDueAtMs: open[0]?.dueAtMs ?? NEVER,
  }
}

interface Share {
  readonly lane: string
  readonly places: number
}

function* claimIn(shares: readonly Share[], nowMs: number, most: number): Unit<Lease[]> {
  const args: Record<string, string | number> = { storeNowMs: nowMs, most }
  for (const slot of slots) {
    const { lane, places } = shares[slot] ?? { lane: '', places: 0 }
    args[`lane${slot}`] = lane
    args[`places${slot}`] = places
  }
  return (yield* query(claim, args)).map((row) => leaseOf(text(row, 'subject_id'), row))
}

interface LaneDue {
  readonly lane: string
  readonly isDue: boolean
  readonly dueAtMs: number
}

/** Every lane with its first instant, the earliest first. */
function* lanes(nowMs: number): Unit<LaneDue[]> {
  const rows = yield* query(readLanes, { nowMs, storeNowMs: nowMs })
  return rows.map((row) => ({ lane: text(row, 'lane'), isDue: flag(row, 'is_due'), dueAtMs: integer(row, 'due') }))
}

function leaseOf(subjectId: string, row: Row): Lease {
  return { subjectId, kind: text(row, 'subject_kind'), lane: text(row, 'lane'), fence: integer(row, 'fence') }
}
