import type { RefundDetail } from '@paycare/shared/contract'
import type { AppContext } from '../../context.ts'
import type { Unit } from '../../db/unit.ts'
import { afresh, takeOrWake, type Lease } from '../../engine/index.ts'
import { bodyHashOf, seenBefore } from '../../http/idempotency.ts'
import { Refusal } from '../../http/refusal.ts'
import { ownRequest } from './own.ts'
import { readRefund } from './read.ts'
import { move, readRequest } from './store.ts'

/** The patient takes a request back while nobody has decided; the hospital is told, and what it has decided meanwhile counts. */
export async function withdrawRefund(x: AppContext, accountId: string, id: string, key: string): Promise<RefundDetail> {
  await ownRequest(x, accountId, id)
  const lease = await afresh(x.store, () => store(x, accountId, id, key))
  if (lease) await x.engine.settleSoon([lease])
  return readRefund(x, accountId, id)
}

function* store(x: AppContext, accountId: string, id: string, key: string): Unit<Lease | undefined> {
  const r = yield* readRequest(id)
  const nowMs = x.clock.now()
  const keyed = { institution: r.institution, actor: accountId, key, bodyHash: bodyHashOf('withdraw', id) }
  if (yield* seenBefore(keyed, id, nowMs)) return undefined
  if (r.state === 'withdrawn' || r.goal === 'gone') return undefined
  if (r.state !== 'asked') throw new Refusal(409, 'REFUND_DECIDED')
  yield* move(r, { goal: 'gone', tries: 0, notBeforeMs: 0 }, { event: 'aim:gone', by: 'patient', atMs: nowMs })
  return yield* takeOrWake(id, nowMs)
}
