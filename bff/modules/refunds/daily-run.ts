import { nextRunAt } from '@paycare/shared/rules'
import type { AppContext } from '../../context.ts'
import { query, statement, text, type Unit } from '../../db/unit.ts'
import {
  attemptsOf,
  bornLeased,
  giveBack,
  keep,
  NEVER,
  type Lease,
  type Refund,
  type Work,
} from '../../engine/index.ts'

const findWake = statement('select subject_id from wake where subject_id = :id')
// What nobody at the hospital asked for is the engine's own: nobody would send it again by hand.
const nextWaiting = statement(
  `select r.id from refund r
   where r.institution = :institution and r.state = 'waiting' and (r.queue = 'daily' or r.awaited_by is null)
     and not exists (select 1 from attempt a where a.subject_id = r.id and (a.open = 1 or a.created_at >= :fromMs))
   order by r.opened_at, r.id limit 1`,
)

const busyMs = 1_000

/** The kind of subject that a run is. */
export const refundRunKind = 'refundRun'
const runId = (institution: string, atMs: number): string => `run/${institution}/${atMs}`

/** A refund of the automatic queue was put off: the next run of its institution takes it. Runs in the transaction that puts it off. */
export function planRun(x: AppContext): (refund: Refund) => Unit<void> {
  return function* (refund) {
    if (refund.queue !== 'daily' && refund.awaitedBy !== null) return
    const { institution, channel } = refund
    const nowMs = x.clock.now()
    const atMs = nextRunAt(x.institution(institution).refunds.dailyRunTimes, nowMs)
    const id = runId(institution, atMs)
    if ((yield* query(findWake, { id })).length > 0) return
    const lease = yield* bornLeased({ id, kind: refundRunKind, lane: `${institution}:${channel}` }, nowMs)
    yield* giveBack(lease, atMs, nowMs)
  }
}

/**
 * One daily run of one institution (C 二（四）1（4）, `bank.md §5.5`): what waits is tried again in the order of application, one after the other,
 * each once. What has been tried since the run began is done, so a run that was interrupted goes on where it was. A try whose answer is missing is
 * asked about by itself and holds nobody else up.
 */
export function refundRunWork(x: AppContext): Work {
  return async (lease) => {
    const [, institution = '', at = ''] = lease.subjectId.split('/')
    const { stopOnFirstInsufficient } = x.institution(institution).refunds
    for (;;) {
      const next = await x.store.run(() => take(x, institution, Number(at), lease))
      if (next === undefined) return NEVER
      // Somebody else is at work on it this moment.
      if (!next.lease) return x.clock.now() + busyMs
      await x.engine.work(next.lease)
      if (stopOnFirstInsufficient && (await isPutOff(x, next.id))) return NEVER
    }
  }
}

async function isPutOff(x: AppContext, refundId: string): Promise<boolean> {
  const attempts = await x.store.read(() => attemptsOf(refundId))
  return attempts.at(-1)?.state === 'deferred'
}

function* take(
  x: AppContext,
  institution: string,
  fromMs: number,
  lease: Lease,
): Unit<{ id: string; lease: Lease | undefined } | undefined> {
  yield* keep(lease, x.clock.now())
  const [row] = yield* query(nextWaiting, { institution, fromMs })
  if (!row) return undefined
  const id = text(row, 'id')
  return { id, lease: yield* x.engine.resumeRefund(id, 'run') }
}
