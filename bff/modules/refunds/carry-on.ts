import type { AppContext } from '../../context.ts'
import type { Lease } from '../../engine/index.ts'

/** What a change to a request opened, and the lease of the request itself unless somebody else is at work on it. */
export interface Opened {
  readonly parts: readonly Lease[]
  readonly own: Lease | undefined
}

/** Works on the parts that a decision opened and then on the request itself, as far as anybody waits for it. */
export async function carryOn(x: AppContext, { parts, own }: Opened): Promise<void> {
  await x.engine.settleSoon(parts)
  if (own) await x.engine.settleSoon([own])
}
