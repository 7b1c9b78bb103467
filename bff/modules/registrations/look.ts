import type { AppContext } from '../../context.ts'
import type { Unit } from '../../db/unit.ts'
import { takeOrWake, type Lease } from '../../engine/index.ts'
import type { Registration } from './record.ts'
import { lookAt, readRegistrationById } from './store.ts'

/** Whoever looks at the page of an ordinary payment asks the hospital earlier, at most once in this long. */
const askIntervalMs = 2_000

/** Brings the next question about the ordinary payment forward because somebody is looking; the page does not wait for the answer. */
export async function lookSooner(x: AppContext, id: string): Promise<void> {
  if (!isAwaited(await x.store.read(() => readRegistrationById(id)), x.clock.now())) return
  const lease = await x.store.run(() => sooner(x, id))
  if (lease) void x.engine.work(lease)
}

function* sooner(x: AppContext, id: string): Unit<Lease | undefined> {
  const r = yield* readRegistrationById(id)
  const nowMs = x.clock.now()
  if (!isAwaited(r, nowMs)) return undefined
  yield* lookAt(id, nowMs + askIntervalMs)
  return yield* takeOrWake(id, nowMs)
}

/** At the desk, and the next question is further away than the interval. */
function isAwaited(r: Registration, nowMs: number): boolean {
  const isAtDesk = (r.state === 'reserved' || r.state === 'booked') && r.pays === 'desk' && r.deskUrl !== null
  return isAtDesk && r.lookAtMs > nowMs + askIntervalMs
}
