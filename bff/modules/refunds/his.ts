import type { ApproveRefund, DecideRefund, HisAskRefund, HisRefund, RefundTarget } from '@paycare/shared/contract'
import type { AppContext } from '../../context.ts'
import type { Unit } from '../../db/unit.ts'
import { ConstraintViolation } from '../../db/store.ts'
import { afresh, bornLeased, takeOrWake } from '../../engine/index.ts'
import { bodyHashOf, seenBefore } from '../../http/idempotency.ts'
import { Refusal } from '../../http/refusal.ts'
import { findRegistration } from '../registrations/index.ts'
import { findVisit } from '../visits/index.ts'
import { carryOn, type Opened } from './carry-on.ts'
import { approve, decide } from './decide.ts'
import { freshRequest, laneOf, refundRequestKind } from './fresh.ts'
import { hisRefund } from './his-view.ts'
import type { RefundRequest } from './record.ts'
import { findRequestByNo, insertRequest } from './store.ts'
import { readTarget } from './target.ts'

/** Nothing has changed, and nobody has anything to do. */
const nothing: Opened = { parts: [], own: undefined }

/** HIS or its staff want a refund that is decided already; HIS's own number is the identity (C 二（一）5). */
export function askForHospital(
  x: AppContext,
  institution: string,
  body: HisAskRefund,
  key: string,
): Promise<HisRefund> {
  return decided(x, institution, body.refundNo, () => storeAsked(x, institution, body, key))
}

function* storeAsked(x: AppContext, institution: string, body: HisAskRefund, key: string): Unit<Opened> {
  const bodyHash = bodyHashOf(body)
  const nowMs = x.clock.now()
  yield* seenBefore({ institution, actor: 'his', key, bodyHash }, `refund/${body.refundNo}`, nowMs)
  const known = yield* findRequestByNo(institution, body.refundNo)
  if (known) {
    if (known.bodyHash !== bodyHash) throw new Refusal(422, 'REFUND_CHANGED')
    return nothing
  }
  const target = yield* readTarget(yield* targetOf(institution, body))
  const { refundNo: requestNo, items } = body
  const given = { requestNo, accountId: null, askedBy: 'hospital', cause: 'other', bodyHash } as const
  const request = freshRequest(x, target, items, given)
  yield* insertRequest(request, { event: 'asked', by: 'his', atMs: nowMs, amountFen: request.askedFen })
  const own = yield* bornLeased({ id: request.id, kind: refundRequestKind, lane: laneOf(request) }, nowMs)
  return { own, parts: yield* decide(x, request, { decision: 'accepted', ...body }, 'his') }
}

function* targetOf(institution: string, { visitNo, registrationNo }: HisAskRefund): Unit<RefundTarget> {
  if (visitNo !== undefined) {
    const visit = yield* findVisit(institution, visitNo)
    if (!visit) throw new Refusal(404, 'VISIT_NOT_FOUND')
    return { kind: 'visit', id: visit.id }
  }
  const r = registrationNo === undefined ? undefined : yield* findRegistration(registrationNo)
  if (r?.institution !== institution) throw new Refusal(404, 'REGISTRATION_NOT_FOUND')
  return { kind: 'registration', id: r.id }
}

/** The hospital tells its decision about a patient's request; told again, it is the same decision. */
export function decideForHospital(
  x: AppContext,
  institution: string,
  refundNo: string,
  body: DecideRefund,
  key: string,
): Promise<HisRefund> {
  return decided(x, institution, refundNo, function* () {
    const r = yield* requestAt(institution, refundNo)
    const keyed = { institution, actor: 'his', key, bodyHash: bodyHashOf('decide', refundNo, body) }
    if (yield* seenBefore(keyed, `decide/${r.id}`, x.clock.now())) return nothing
    if (isSame(r, body)) return nothing
    // What waits for a second person may still be declined, and by anybody.
    const isOpen = r.state === 'asked' || (r.state === 'approving' && body.decision === 'declined')
    if (!isOpen) throw new Refusal(409, 'REFUND_DECIDED')
    return { parts: yield* decide(x, r, body, 'his'), own: yield* takeOrWake(r.id, x.clock.now()) }
  })
}

/** It was heard already, by our own question. */
function isSame(r: RefundRequest, body: DecideRefund): boolean {
  if (body.decision === 'declined') return r.state === 'declined'
  return r.acceptedJson !== null && r.acceptedJson === JSON.stringify(body.items)
}

/** The second person agrees. */
export function approveForHospital(
  x: AppContext,
  institution: string,
  refundNo: string,
  body: ApproveRefund,
  key: string,
): Promise<HisRefund> {
  return decided(x, institution, refundNo, function* () {
    const r = yield* requestAt(institution, refundNo)
    const keyed = { institution, actor: 'his', key, bodyHash: bodyHashOf('approve', refundNo, body) }
    if (yield* seenBefore(keyed, `approve/${r.id}`, x.clock.now())) return nothing
    if (r.approvedBy === body.approvedBy) return nothing
    return { parts: yield* approve(x, r, body.approvedBy), own: yield* takeOrWake(r.id, x.clock.now()) }
  })
}

export function* requestAt(institution: string, refundNo: string): Unit<RefundRequest> {
  const r = yield* findRequestByNo(institution, refundNo)
  if (!r) throw new Refusal(404, 'REFUND_NOT_FOUND')
  return r
}

/** Stores, works on what was opened and answers as it stands. Whoever comes second for the same money meets the payment's CHECK at the latest. */
async function decided(
  x: AppContext,
  institution: string,
  refundNo: string,
  unit: () => Unit<Opened>,
): Promise<HisRefund> {
  const opened = await afresh(x.store, unit).catch((error: unknown) => {
    const isCap = error instanceof ConstraintViolation && error.kind === 'check'
    throw isCap ? new Refusal(409, 'REFUND_EXCEEDS') : error
  })
  await carryOn(x, opened)
  return hisRefund(x, institution, refundNo)
}
