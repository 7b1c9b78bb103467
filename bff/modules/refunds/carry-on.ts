import type { AppContext } from '../../context.ts'
import { takeOrWake, type Lease } from '../../engine/index.ts'

/** Works on the parts that a decision opened and then on the request itself, as far as anybody waits for it. */
export async function carryOn(x: AppContext, requestId: string, leases: readonly Lease[]): Promise<void> {
  await x.engine.settleSoon(leases)
  const own = await x.store.run(() => takeOrWake(requestId, x.clock.now()))
  if (own) await x.engine.settleSoon([own])
}
