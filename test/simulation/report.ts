import type { Books } from './check.ts'
import type { Counts } from './counts.ts'
import { startMs } from './day.ts'
import type { Timeline } from './timeline.ts'

export interface SimulationOptions {
  readonly seed: number
  /** How many orders are written; each revision of an order is a payment of its own. */
  readonly payments: number
  /** How many registrations patients make online beside them. */
  readonly registrations: number
  readonly profile: 'NONE' | 'BOCOM_RSA'
  readonly faults: boolean
}

export interface SimulationReport {
  readonly options: SimulationOptions
  readonly violations: readonly string[]
  readonly traceHash: string
  readonly events: number
  readonly virtualHours: number
  /** What was taken because HIS stated it on being asked. */
  readonly sweptFen: number
  /** How often each thing happened: calls and their faults, edges, crashes, states in the end. */
  readonly counts: Readonly<Record<string, number>>
}

/** Sums up a run that has ended. */
export function reportOf(
  options: SimulationOptions,
  books: Books,
  harmed: ReadonlySet<string>,
  timeline: Timeline,
  counts: Counts,
  violations: readonly string[],
): SimulationReport {
  const states = books.connection.prepare('select state, count(*) as n from payment group by state').all() as {
    state: string
    n: number
  }[]
  for (const { state, n } of states) {
    counts.add('payments', n)
    counts.add(`payments ${options.profile}`, n)
    counts.add(`payments ended ${state}`, n)
  }
  counts.add('payments touched by a fault', touched(books, harmed))
  return {
    options,
    violations,
    traceHash: timeline.traceHash(),
    events: timeline.events,
    virtualHours: (timeline.now() - startMs) / 3_600_000,
    sweptFen: sweptFen(books),
    counts: counts.sorted(),
  }
}

/** Payments one of whose own messages met a fault of the network or of the bank, or was sent by a process that never heard the answer. */
function touched({ connection, sandbox }: Books, harmed: ReadonlySet<string>): number {
  const spoilt = sandbox.bank.journal().flatMap((row) => (row.fault === null || row.msgId === null ? [] : [row.msgId]))
  const all = new Set([...harmed, ...spoilt])
  const messages = connection
    .prepare(
      `select e.msg_id as msgId, e.answered_at as answeredAt, a.subject_id as id
       from exchange e join attempt a on a.id = e.attempt_id`,
    )
    .all() as { msgId: string; answeredAt: number | null; id: string }[]
  const hit = messages.filter(({ msgId, answeredAt }) => answeredAt === null || all.has(msgId))
  return new Set(hit.map(({ id }) => id)).size
}

function sweptFen({ connection }: Books): number {
  const sum = connection.prepare(
    `select coalesce(sum(p.paid_fen), 0) from payment p where p.state = 'paid' and exists
       (select 1 from journal j where j.subject_id = p.id and j.event = 'aim:paid' and j.actor = 'sweep')`,
  )
  return Number(sum.pluck().get())
}
