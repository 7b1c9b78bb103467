import type { HisOrderAnswer, SubmitOrder } from '@paycare/shared/contract'
import { sumFen } from '@paycare/shared/rules'
import type { AppContext } from '../../context.ts'
import type { Unit } from '../../db/unit.ts'
import { paymentsOfBill, type Lease } from '../../engine/index.ts'
import { bodyHashOf, seenBefore } from '../../http/idempotency.ts'
import { Refusal } from '../../http/refusal.ts'
import { newId } from '../../ports/ids.ts'
import { hisOrderAnswer } from './his-view.ts'
import { billsOfOrder, findVisit, insertOrderBill, type OrderBill, type Visit } from './store.ts'

/**
 * 开单即锁额 (C 二（一）3): one bill and one lock per revision of an order, stored before the bank is asked. HIS's own number and revision are
 * the identity: posted twice it is the same bill, with another content it is refused.
 */
export async function submitOrder(
  x: AppContext,
  institution: string,
  visitNo: string,
  body: SubmitOrder,
  key: string,
): Promise<HisOrderAnswer> {
  if (!addsUp(body)) throw new Refusal(422, 'ORDER_TOTAL_DIFFERS')
  const lease = await x.store.run(() => store(x, institution, visitNo, body, key))
  if (lease) await x.engine.settleSoon([lease])
  return hisOrderAnswer(x, institution, visitNo, body.orderNo)
}

/** How the bank is told what a lock is for. */
const sceneOf = { outpatient: 'OUTP_ORDER', vaccination: 'VACC' } as const

/** No item is larger than the order, so that the sum stays an exact integer. */
function addsUp({ items, amountFen }: SubmitOrder): boolean {
  const parts = items.map((item) => item.amountFen)
  return parts.every((part) => part <= amountFen) && sumFen(parts) === amountFen
}

function* store(
  x: AppContext,
  institution: string,
  visitNo: string,
  body: SubmitOrder,
  key: string,
): Unit<Lease | undefined> {
  const visit = yield* findVisit(institution, visitNo)
  if (!visit) throw new Refusal(404, 'VISIT_NOT_FOUND')
  const bodyHash = bodyHashOf(visitNo, body)
  const keyed = { institution, actor: 'his', key, bodyHash }
  if (yield* seenBefore(keyed, `order/${body.orderNo}/${body.revision}`, x.clock.now())) return undefined
  const revisions = yield* billsOfOrder(institution, body.orderNo)
  const same = revisions.find((bill) => bill.rev === body.revision)
  if (same) {
    if (same.visitId !== visit.id || same.bodyHash !== bodyHash) throw new Refusal(422, 'ORDER_CHANGED')
    return undefined
  }
  yield* refuseLate(visit, revisions, body)
  return yield* lock(x, visit, body, bodyHash)
}

function* refuseLate(visit: Visit, revisions: readonly OrderBill[], body: SubmitOrder): Unit<void> {
  if (!visit.inUse) throw new Refusal(409, 'VISIT_NOT_ON_CREDIT')
  if (visit.state === 'finished') throw new Refusal(409, 'VISIT_FINISHED')
  if (revisions.some((bill) => bill.visitId !== visit.id)) throw new Refusal(422, 'ORDER_CHANGED')
  if (revisions.length !== body.revision) throw new Refusal(422, 'ORDER_REVISION_SKIPPED')
  for (const bill of revisions) {
    const payments = yield* paymentsOfBill(visit.institution, bill.id)
    if (payments.some((one) => one.goal === 'gone')) throw new Refusal(409, 'ORDER_CANCELLED')
  }
}

function* lock(x: AppContext, visit: Visit, body: SubmitOrder, bodyHash: string): Unit<Lease> {
  if (!x.engine.mayOpen('credit')) throw new Refusal(503, 'CREDIT_CLOCK')
  const billId = newId(x.random, 'bill')
  yield* insertOrderBill({
    id: billId,
    institution: visit.institution,
    visitId: visit.id,
    orderNo: body.orderNo,
    rev: body.revision,
    title: body.title,
    amountFen: body.amountFen,
    linesJson: JSON.stringify(body.items),
    bodyHash,
    at: x.clock.now(),
  })
  if (visit.agreementSealed === null || visit.role === null) throw new Refusal(409, 'VISIT_NOT_ON_CREDIT')
  const agreementNo = yield* x.vault.open(visit.personId, `agreement/${visit.id}`, visit.agreementSealed)
  const opened = yield* x.engine.open(
    {
      institution: visit.institution,
      billId,
      channel: 'credit',
      kind: 'hold',
      goal: 'hold',
      personId: visit.personId,
      role: visit.role,
      amountFen: body.amountFen,
      sweptWith: visit.id,
      terms: { agreementNo, scene: sceneOf[visit.kind], visitNo: visit.hisNo, orderNo: body.orderNo },
    },
    'his',
  )
  return opened.lease
}
