import type { DecideRefund, RefundItem } from '@paycare/shared/contract'
import { sumFen } from '@paycare/shared/rules'
import type { AppContext } from '../../context.ts'
import type { Unit } from '../../db/unit.ts'
import type { Actor, Lease } from '../../engine/index.ts'
import { Refusal } from '../../http/refusal.ts'
import { giveUpPaid } from '../registrations/index.ts'
import { acceptedItemsOf, type RefundRequest } from './record.ts'
import { decisionField } from './sealed-fields.ts'
import { move, storeLeg } from './store.ts'
import { sharesOf, takenOf, type OrderShare } from './taken.ts'
import { holdTarget, readTarget, type TargetPayment } from './target.ts'

/** What the hospital said, by whichever way it came. */
export type Decision = DecideRefund

/**
 * The hospital's decision and everything that follows from it at once, in one transaction: the amounts, the parts, their reservations (product.md
 * §8). Above the institution's amount it waits for a second person first. A decision that cannot be carried out is refused and leaves nothing.
 */
export function* decide(x: AppContext, r: RefundRequest, decision: Decision, by: Actor): Unit<Lease[]> {
  const atMs = x.clock.now()
  const { text, decidedBy } = decision
  const sealed = text === undefined ? null : yield* x.vault.seal(r.personId, decisionField(r.id), text)
  const known = { decidedBy, decidedAtMs: atMs, goal: 'decided', isTold: true, tries: 0, notBeforeMs: 0 } as const
  if (decision.decision === 'declined') {
    const nothing = { acceptedJson: null, acceptedFen: null }
    yield* move(r, { ...known, ...nothing, state: 'declined' }, { event: 'declined', by, atMs }, sealed)
    return []
  }
  const { items } = decision
  refuseMoreThanAsked(r, items)
  const acceptedFen = sumFen(items.map((item) => item.amountFen))
  const accepted = { ...known, acceptedJson: JSON.stringify(items), acceptedFen }
  const limitFen = x.institution(r.institution).refunds.approvalFromFen
  const state = limitFen !== null && acceptedFen >= limitFen ? 'approving' : 'accepted'
  const shares = yield* feasible(r, items, 'decision')
  const next = yield* move(r, { ...accepted, state }, { event: state, by, atMs, amountFen: acceptedFen }, sealed)
  return state === 'accepted' ? yield* openParts(x, next, shares, by) : []
}

/** The second person agrees: what was accepted is proved once more, and goes. */
export function* approve(x: AppContext, r: RefundRequest, approvedBy: string): Unit<Lease[]> {
  const items = acceptedItemsOf(r)
  if (r.state !== 'approving' || !items) throw new Refusal(409, 'REFUND_NOT_APPROVING')
  if (approvedBy === r.decidedBy) throw new Refusal(409, 'REFUND_APPROVER_SAME')
  const atMs = x.clock.now()
  const shares = yield* feasible(r, items, 'approval')
  const changes = { state: 'accepted', approvedBy, approvedAtMs: atMs } as const
  const next = yield* move(r, changes, { event: 'approved', by: 'hospital', atMs })
  return yield* openParts(x, next, shares, 'hospital')
}

/** A patient is given at most what the patient asked for; the hospital's own requests stand for more. */
function refuseMoreThanAsked(r: RefundRequest, items: readonly RefundItem[]): void {
  for (const { orderNo, itemNo, amountFen } of items) {
    const asked = r.items.find((one) => one.orderNo === orderNo && one.itemNo === itemNo)
    if (!asked) throw new Refusal(422, 'REFUND_ITEM_UNKNOWN')
    if (amountFen > asked.amountFen) throw new Refusal(409, 'REFUND_EXCEEDS')
  }
}

/** Decisions count against one another; what patients have only asked for does not stand in the way of one. */
function* feasible(r: RefundRequest, items: readonly RefundItem[], by: 'decision' | 'approval'): Unit<OrderShare[]> {
  yield* holdTarget(r.target)
  const target = yield* readTarget(r.target)
  return sharesOf(target, items, yield* takenOf(target, by, r.id))
}

function* openParts(x: AppContext, r: RefundRequest, shares: readonly OrderShare[], by: Actor): Unit<Lease[]> {
  const leases: (Lease | undefined)[] = []
  for (const { order, parts } of shares) {
    for (const { paymentId, way, amountFen } of parts) {
      const leg = { requestId: r.id, paymentId, orderNo: order.orderNo, way, amountFen }
      if (way === 'release') {
        leases.push((yield* x.engine.aim(paymentId, 'gone', by)).lease)
        yield* storeLeg({ ...leg, refundId: null })
        continue
      }
      const queue = queueOf(order.payments.find((one) => one.id === paymentId))
      const terms = { requestNo: r.requestNo }
      const opened = yield* x.engine.openRefund({ paymentId, amountFen, queue, terms, awaitedBy: r.id }, by)
      leases.push(opened.lease)
      yield* storeLeg({ ...leg, refundId: opened.refund.id })
    }
  }
  if (r.target.kind === 'registration') leases.push(yield* giveUpPaid(x, r.target.id))
  return leases.filter((lease) => lease !== undefined)
}

/** Inpatient money, paid without a lock, is tried again by itself; an outpatient's by hand (C 二（一）5, 二（四）1（4）). */
function queueOf(payment: TargetPayment | undefined): 'daily' | 'manual' {
  return payment?.kind === 'direct' ? 'daily' : 'manual'
}
