import type { HisNews } from '@paycare/shared/contract'
import { isoInstant } from '@paycare/shared/rules'
import type { AppContext } from '../../context.ts'
import type { Unit } from '../../db/unit.ts'
import { bornLeased, giveBack } from '../../engine/index.ts'
import { insertDelivery } from './store.ts'

/** What changed, as it is after the change. */
interface Changed {
  readonly id: string
  readonly institution: string
  readonly version: number
}

/** News without the moment at which it is told of. */
type Untimed<N> = N extends HisNews ? Omit<N, 'timestamp'> : never

/** Subjects of this kind are deliveries. */
export const deliveryKind = 'delivery'

/**
 * Writes down that HIS must hear of a change, in the transaction of the change (`engine.md §3`): what is stored is told, what is told was
 * stored. The number comes from the change itself, so that no change is told twice under two numbers.
 */
export function* tell(
  x: AppContext,
  s: Changed,
  subjectKind: string,
  news: Untimed<HisNews>,
  atMs: number,
): Unit<void> {
  const { id: subjectId, institution, version } = s
  const id = `msg_${subjectId}_${version}`
  const { type: event, data } = news
  const payloadJson = JSON.stringify({ type: event, timestamp: isoInstant(atMs), data })
  const hasAddress = x.institution(institution).webhookUrl !== undefined
  const state = hasAddress ? 'waiting' : 'kept'
  yield* insertDelivery({ id, institution, subjectKind, subjectId, version, event, payloadJson, state, at: atMs })
  if (!hasAddress) return
  // Nobody waits for it: it takes its place in a lane of its own, so that a deaf hospital delays nothing else.
  const lease = yield* bornLeased({ id, kind: deliveryKind, lane: laneOf(institution) }, atMs)
  yield* giveBack(lease, atMs, atMs)
}

export function laneOf(institution: string): string {
  return `${institution}:webhook`
}
