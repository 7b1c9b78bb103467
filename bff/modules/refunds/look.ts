import type { AppContext } from '../../context.ts'
import type { Unit } from '../../db/unit.ts'
import { takeOrWake, type Lease } from '../../engine/index.ts'
import type { RefundRequest } from './record.ts'
import { planLook, readRequest } from './store.ts'

/** Whoever looks at the page of a request asks the hospital earlier, at most once in this long. */
const askIntervalMs = 2_000

/** Brings the next question to the hospital forward because somebody is looking; the page does not wait for the answer. */
export async function lookSooner(x: AppContext, r: RefundRequest): Promise<void> {
  if (!isAwaited(r, x.clock.now())) return
  const lease = await x.store.run(() => sooner(x, r.id))
  if (lease) void x.engine.work(lease)
}

function* sooner(x: AppContext, id: string): Unit<Lease | undefined> {
  const r = yield* readRequest(id)
  const nowMs = x.clock.now()
  if (!isAwaited(r, nowMs)) return undefined
  yield* planLook(id, r.looks, nowMs + askIntervalMs)
  return yield* takeOrWake(id, nowMs)
}

/** With the hospital, and the next question is further away than the interval. */
function isAwaited(r: RefundRequest, nowMs: number): boolean {
  return r.state === 'asked' && r.isTold && r.lookAtMs > nowMs + askIntervalMs
}
