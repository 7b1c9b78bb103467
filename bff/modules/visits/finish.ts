import type { FinishVisit, HisVisit } from '@paycare/shared/contract'
import type { AppContext } from '../../context.ts'
import { Conflict } from '../../db/store.ts'
import type { Unit } from '../../db/unit.ts'
import type { Lease } from '../../engine/index.ts'
import { bodyHashOf, seenBefore } from '../../http/idempotency.ts'
import { Refusal } from '../../http/refusal.ts'
import { aimLocks } from './aim-locks.ts'
import { hisVisit } from './his-view.ts'
import { findVisit, markFinished } from './store.ts'

/** The visit ends: HIS gives the amount really used of each order, and all locks of the visit get their goal. */
export async function finishVisit(
  x: AppContext,
  institution: string,
  visitNo: string,
  body: FinishVisit,
  key: string,
): Promise<HisVisit> {
  const leases = await x.store.run(() => store(x, institution, visitNo, body, key))
  await x.engine.settleSoon(leases)
  return hisVisit(x, institution, visitNo)
}

function* store(x: AppContext, institution: string, visitNo: string, body: FinishVisit, key: string): Unit<Lease[]> {
  const visit = yield* findVisit(institution, visitNo)
  if (!visit) throw new Refusal(404, 'VISIT_NOT_FOUND')
  const hash = bodyHashOf('finish', visitNo, body)
  if (yield* seenBefore({ institution, actor: 'his', key, bodyHash: hash }, `finish/${visitNo}`, x.clock.now()))
    return []
  // Finished without a message: the sweep asked first. HIS's own message must then say the same.
  if (visit.finishHash !== null) {
    if (visit.finishHash !== hash) throw new Refusal(409, 'VISIT_FINISHED')
    return []
  }
  const leases = yield* aimLocks(x, visit, body.orders, 'his')
  if (!(yield* markFinished(visit, hash, x.clock.now()))) throw new Conflict(visit.id)
  return leases
}
