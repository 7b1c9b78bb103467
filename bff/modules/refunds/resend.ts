import type { HisRefund, ResendRefund } from '@paycare/shared/contract'
import type { AppContext } from '../../context.ts'
import type { Unit } from '../../db/unit.ts'
import { afresh, takeOrWake, type Lease } from '../../engine/index.ts'
import { bodyHashOf, seenBefore } from '../../http/idempotency.ts'
import { Refusal } from '../../http/refusal.ts'
import { carryOn, type Opened } from './carry-on.ts'
import { canResend, hisRefund } from './his-view.ts'
import { requestAt } from './his.ts'
import { legFactsOf } from './leg-facts.ts'

/** One tap sends everything of a request again for which the balance was too small, each part with a new serial (C 二（一）5). */
export async function resendForHospital(
  x: AppContext,
  institution: string,
  refundNo: string,
  body: ResendRefund,
  key: string,
): Promise<HisRefund> {
  await carryOn(x, await afresh(x.store, () => store(x, institution, refundNo, body, key)))
  return hisRefund(x, institution, refundNo)
}

function* store(x: AppContext, institution: string, refundNo: string, body: ResendRefund, key: string): Unit<Opened> {
  const { id } = yield* requestAt(institution, refundNo)
  const nowMs = x.clock.now()
  const keyed = { institution, actor: 'his', key, bodyHash: bodyHashOf('resend', refundNo, body) }
  if (yield* seenBefore(keyed, `resend/${id}`, nowMs)) return { parts: [], own: undefined }
  const waiting = (yield* legFactsOf(id)).filter((one) => one.state === 'waiting' && one.refund?.queue === 'manual')
  if (waiting.length === 0) throw new Refusal(409, 'REFUND_NOT_WAITING')
  const due = waiting.filter((one) => canResend(one, nowMs))
  if (due.length === 0) throw new Refusal(409, 'REFUND_RESEND_TOMORROW')
  const leases: Lease[] = []
  for (const { refund } of due) {
    const lease = refund && (yield* x.engine.resumeRefund(refund.id, `staff:${body.by}`))
    if (lease) leases.push(lease)
  }
  return { parts: leases, own: yield* takeOrWake(id, nowMs) }
}
