import type { RefundLegState } from '@paycare/shared/rules'
import { query, statement, text, type Unit } from '../../db/unit.ts'
import {
  attemptsOf,
  findRefund,
  journalOf,
  readPaymentById,
  type Attempt,
  type Payment,
  type Refund,
} from '../../engine/index.ts'
import { legsOf, type Leg } from './store.ts'

const ownRefunds = statement('select id from refund where payment_id = :paymentId and awaited_by is null order by id')

/** One part as far as anybody can tell now. */
export interface LegFacts {
  readonly leg: Leg
  readonly state: RefundLegState
  /** The calls to the bank, oldest first; none for a lock that is released. */
  readonly attempts: readonly Attempt[]
  readonly refund: Refund | undefined
  readonly payment: Payment
}

export function* legFactsOf(requestId: string): Unit<LegFacts[]> {
  const facts: LegFacts[] = []
  for (const leg of yield* legsOf(requestId)) facts.push(yield* factsOf(leg))
  return facts
}

function* factsOf(leg: Leg): Unit<LegFacts> {
  const payment = yield* readPaymentById(leg.paymentId)
  const refund = leg.refundId === null ? undefined : yield* findRefund(leg.refundId)
  if (refund) {
    const attempts = yield* attemptsOf(refund.id)
    return { leg, payment, refund, attempts, state: stateOfRefund(refund, attempts) }
  }
  return { leg, payment, refund, attempts: [], state: yield* stateOfRelease(payment) }
}

/** Waiting with an open call is a new try, under way. */
function stateOfRefund({ state }: Refund, attempts: readonly Attempt[]): RefundLegState {
  if (state === 'refunded') return 'done'
  if (state === 'refused' || state === 'review') return state
  const open = attempts.find((attempt) => attempt.open)
  if (open) return open.doubt || open.state === 'ready' ? 'doubt' : 'doing'
  return state === 'waiting' ? 'waiting' : 'doing'
}

/** A lock that turned out to be deducted goes back by a refund that the engine opened by itself. */
function* stateOfRelease(payment: Payment): Unit<RefundLegState> {
  const { state } = payment
  if (state === 'released' || state === 'declined' || state === 'expired') return 'done'
  if (state === 'review') return 'review'
  const own = state === 'paid' ? yield* query(ownRefunds, { paymentId: payment.id }) : []
  for (const row of own.toReversed()) {
    const refund = yield* findRefund(text(row, 'id'))
    if (refund) return stateOfRefund(refund, yield* attemptsOf(refund.id))
  }
  const open = (yield* attemptsOf(payment.id)).find((attempt) => attempt.open)
  return open?.doubt === true ? 'doubt' : 'doing'
}

/** When a part was over: the instant of the change in the journal of what moved its money. */
export function* overAtMs({ leg, state }: LegFacts): Unit<number | null> {
  if (state !== 'done' && state !== 'refused') return null
  const journal = yield* journalOf<{ readonly state?: string }>(leg.refundId ?? leg.paymentId)
  return journal.findLast((row) => row.changes.state !== undefined)?.atMs ?? null
}
