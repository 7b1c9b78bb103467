import type { AppContext } from '../../context.ts'
import { exchangeAnswered, exchangeLeaves } from '../../db/exchange.ts'
import type { Unit } from '../../db/unit.ts'
import { keep, NEVER, type Lease, type Work } from '../../engine/index.ts'
import type { WebhookAnswer } from '../../gateways/hospital/webhook.ts'
import { randomHex } from '../../ports/ids.ts'
import { findDelivery, planTry, setOutcome, type Delivery } from './store.ts'

const minute = 60_000
const hour = 60 * minute
/** Pauses after tries that were not taken: a little more than two days in all. After the last one nothing more is sent by itself. */
const againAfterMs = [5_000, 5 * minute, 30 * minute, ...[2, 5, 10, 14, 20].map((hours) => hours * hour)]
/** An answer to the last try is waited for so long. */
const lastAnswerMs = minute

type Leaving = { readonly dueAtMs: number } & (
  | { readonly is: 'rest' }
  | { readonly is: 'send'; readonly delivery: Delivery; readonly url: string }
)

/** Sends one delivery when it is due, and says when it is due again. */
export function deliveryWork(x: AppContext): Work {
  return async (lease) => {
    const msgId = randomHex(x.random)
    const leaving = await x.store.run(() => leave(x, lease, msgId))
    if (leaving.is === 'rest') return leaving.dueAtMs
    const { delivery, url, dueAtMs } = leaving
    const { institution, id, payloadJson } = delivery
    const answer = await x.webhooks.send(institution, url, id, x.clock.now(), payloadJson)
    return x.store.run(() => hear(x, delivery, answer, msgId, lease, dueAtMs))
  }
}

/** Counted and planned again before a byte leaves: a process that dies now repeats it later, and a receiver knows the number. */
function* leave(x: AppContext, lease: Lease, msgId: string): Unit<Leaving> {
  const at = x.clock.now()
  yield* keep(lease, at)
  const delivery = yield* findDelivery(lease.subjectId)
  if (delivery?.state !== 'waiting') return { is: 'rest', dueAtMs: NEVER }
  if (delivery.notBeforeMs > at) return { is: 'rest', dueAtMs: delivery.notBeforeMs }
  const { id, institution, tries } = delivery
  const url = x.institution(institution).webhookUrl
  if (url === undefined || tries > againAfterMs.length) {
    yield* giveUp(x, delivery, url === undefined ? 'NO_ADDRESS' : (delivery.lastStatus ?? 'UNANSWERED'))
    return { is: 'rest', dueAtMs: NEVER }
  }
  const dueAtMs = at + (againAfterMs[tries] ?? lastAnswerMs)
  yield* planTry(id, dueAtMs)
  yield* exchangeLeaves({ msgId, institution, channel: 'hospital', interface: 'webhook', attemptId: null, at })
  return { is: 'send', delivery, url, dueAtMs }
}

function* hear(
  x: AppContext,
  delivery: Delivery,
  { is, status }: WebhookAnswer,
  msgId: string,
  lease: Lease,
  dueAtMs: number,
): Unit<number> {
  const at = x.clock.now()
  yield* keep(lease, at)
  yield* exchangeAnswered(msgId, at, is, status)
  if (is === 'failed' && delivery.tries < againAfterMs.length) {
    yield* setOutcome(delivery.id, 'waiting', status)
    return dueAtMs
  }
  if (is === 'taken') yield* setOutcome(delivery.id, 'sent', status)
  else yield* giveUp(x, delivery, status)
  return NEVER
}

/** The hospital learns of it by asking, or when somebody has it told again; a person is told. */
function* giveUp(x: AppContext, delivery: Delivery, status: string): Unit<void> {
  yield* setOutcome(delivery.id, 'givenUp', status)
  yield* x.engine.raise(delivery, 'hospitalSilent', `webhook:${delivery.id}`)
}
