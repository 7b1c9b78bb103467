import { HisNews, type HisDeliveries, type HisDelivery } from '@paycare/shared/contract'
import { isoInstant } from '@paycare/shared/rules'
import type { AppContext } from '../../context.ts'
import type { Unit } from '../../db/unit.ts'
import { bornLeased, takeOrWake, type Lease } from '../../engine/index.ts'
import { Refusal } from '../../http/refusal.ts'
import { deliveriesAfter, findDelivery, tellAgain, type Delivery } from './store.ts'
import { deliveryKind, laneOf } from './tell.ts'

const perPage = 200
/** Where a list goes on: instant and number of the last one that was read. */
const cursor = /^(\d{1,15})\.([\w-]{1,96})$/

/** What was told or is to be told to an institution: enough for a HIS that only asks. */
export async function listDeliveries(
  x: AppContext,
  institution: string,
  from: { since?: number | undefined; after?: string | undefined },
): Promise<HisDeliveries> {
  const { atMs, id } = startOf(from)
  const found = await x.store.read(() => deliveriesAfter(institution, atMs, id, perPage))
  const last = found.length === perPage ? found.at(-1) : undefined
  return { deliveries: found.map(viewOf), next: last ? `${last.createdAtMs}.${last.id}` : null }
}

function startOf({ since = 0, after }: { since?: number | undefined; after?: string | undefined }) {
  if (after === undefined) return { atMs: since, id: '' }
  const [, at, id] = cursor.exec(after) ?? []
  if (at === undefined || id === undefined) throw new Refusal(422, 'REQUEST_INVALID')
  return { atMs: Number(at), id }
}

/** Tells it once more, now, with all its tries before it; the number stays, so a receiver that has it knows it. */
export async function redeliver(x: AppContext, institution: string, id: string): Promise<HisDelivery> {
  const lease = await x.store.run(() => aimAgain(x, institution, id))
  if (lease) await x.engine.settleSoon([lease])
  return viewOf(await x.store.read(() => deliveryAt(institution, id)))
}

function* aimAgain(x: AppContext, institution: string, id: string): Unit<Lease | undefined> {
  const { state } = yield* deliveryAt(institution, id)
  if (x.institution(institution).webhookUrl === undefined) throw new Refusal(409, 'DELIVERY_NO_ADDRESS')
  const nowMs = x.clock.now()
  yield* tellAgain(id, nowMs)
  if (state === 'kept') return yield* bornLeased({ id, kind: deliveryKind, lane: laneOf(institution) }, nowMs)
  return yield* takeOrWake(id, nowMs)
}

/** Another institution's looks absent. */
function* deliveryAt(institution: string, id: string): Unit<Delivery> {
  const found = yield* findDelivery(id)
  if (found?.institution !== institution) throw new Refusal(404, 'DELIVERY_NOT_FOUND')
  return found
}

function viewOf(d: Delivery): HisDelivery {
  return {
    id: d.id,
    at: isoInstant(d.createdAtMs),
    state: d.state,
    tries: d.tries,
    lastStatus: d.lastStatus,
    news: HisNews.parse(JSON.parse(d.payloadJson)),
  }
}
