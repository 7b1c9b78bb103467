import type { AskRefund, RefundDetail } from '@paycare/shared/contract'
import type { AppContext } from '../../context.ts'
import type { Unit } from '../../db/unit.ts'
import { afresh, bornLeased, takeOrWake, type Lease } from '../../engine/index.ts'
import { bodyHashOf, seenBefore, subjectOfKey, type KeyedRequest } from '../../http/idempotency.ts'
import { Refusal } from '../../http/refusal.ts'
import { randomText } from '../../ports/ids.ts'
import { blockOf } from './block.ts'
import { freshRequest, laneOf, refundRequestKind } from './fresh.ts'
import { ownTarget } from './own.ts'
import { readRefund } from './read.ts'
import { noteField } from './sealed-fields.ts'
import { insertRequest } from './store.ts'
import { sharesOf, takenOf } from './taken.ts'
import { holdTarget, readTarget } from './target.ts'

/**
 * The patient's tap is a request: stored with its key before the hospital is asked, and nothing moves before the hospital has decided
 * (product.md §8). What others have asked for already cannot be asked for again.
 */
export async function askRefund(x: AppContext, accountId: string, body: AskRefund, key: string): Promise<RefundDetail> {
  const { target } = await ownTarget(x, accountId, body.target)
  const keyed = { institution: target.institution, actor: accountId, key, bodyHash: bodyHashOf('refund', body) }
  const { id, lease } = await afresh(x.store, () => store(x, accountId, body, keyed))
  if (lease) await x.engine.settleSoon([lease])
  return readRefund(x, accountId, id)
}

function* store(
  x: AppContext,
  accountId: string,
  body: AskRefund,
  keyed: KeyedRequest,
): Unit<{ id: string; lease: Lease | undefined }> {
  const nowMs = x.clock.now()
  const known = yield* subjectOfKey(keyed)
  if (known !== undefined) return { id: known, lease: yield* takeOrWake(known, nowMs) }
  yield* holdTarget(body.target)
  const target = yield* readTarget(body.target)
  const block = yield* blockOf(target)
  if (block) throw new Refusal(409, block)
  sharesOf(target, body.items, yield* takenOf(target, 'wish'))
  const { cause, items } = body
  const given = { accountId, cause, askedBy: 'patient', bodyHash: keyed.bodyHash } as const
  const request = freshRequest(x, target, items, { ...given, requestNo: `RQ${randomText(x.random, 14)}` })
  yield* seenBefore(keyed, request.id, nowMs)
  const note = body.note === undefined || body.note === '' ? null : body.note
  const noteSealed = note === null ? null : yield* x.vault.seal(target.personId, noteField(request.id), note)
  const entry = { event: 'asked', by: 'patient', atMs: nowMs, amountFen: request.askedFen }
  yield* insertRequest({ ...request, noteSealed }, entry)
  const lease = yield* bornLeased({ id: request.id, kind: refundRequestKind, lane: laneOf(request) }, nowMs)
  return { id: request.id, lease }
}
