import type { Goal, PaymentState } from './machines.ts'
import { sumFen } from './money.ts'

/** A payment of an order as far as giving back is concerned. */
export interface RefundablePayment {
  readonly id: string
  readonly state: PaymentState
  readonly goal: Goal
  readonly amountFen: number
  readonly paidFen: number
  readonly refundingFen: number
  readonly refundedFen: number
  /** A call about it is under way or in doubt. */
  readonly isOpen: boolean
  readonly openedAtMs: number
}

/** One payment's part: a lock is released as a whole, a deduction is refunded in any part (C 二（一）5 table 1). */
export interface RefundPart {
  readonly paymentId: string
  readonly way: 'release' | 'refund'
  readonly amountFen: number
}

export type RefundPlan =
  | { readonly is: 'parts'; readonly parts: readonly RefundPart[] }
  /** `locked`: a part of what is only locked. `doubt`: nobody knows yet how a payment stands. `exceeds`: more than there is. */
  | { readonly is: 'refused'; readonly why: 'exceeds' | 'locked' | 'doubt' }

/** What an order's payments can give back now. */
export interface Refundable {
  readonly deductedFen: number
  readonly lockedFen: number
  readonly isDoubtful: boolean
}

export function refundableOf(payments: readonly RefundablePayment[]): Refundable {
  return {
    deductedFen: sumFen(payments.map(leftOf)),
    lockedFen: sumFen(payments.filter(isLocked).map((one) => one.amountFen)),
    isDoubtful: payments.some(isDoubtful),
  }
}

/**
 * Spreads what the hospital accepted of one order over the order's payments, given in the order of its revisions: what was deducted last goes back first, because a deduction of today
 * needs no reserve (`bank.md §5.3`). A lock goes only together with everything that is left of the order; a part of it is not refunded but
 * changed at the doctor's. The bank's state of each payment decides, never our midnight.
 */
export function planRefund(payments: readonly RefundablePayment[], acceptedFen: number): RefundPlan {
  const { deductedFen, lockedFen, isDoubtful } = refundableOf(payments)
  if (acceptedFen <= deductedFen) return { is: 'parts', parts: refunds(payments, acceptedFen) }
  if (isDoubtful) return { is: 'refused', why: 'doubt' }
  if (acceptedFen > deductedFen + lockedFen) return { is: 'refused', why: 'exceeds' }
  if (acceptedFen < deductedFen + lockedFen) return { is: 'refused', why: 'locked' }
  const locks = payments.filter(isLocked)
  const released = locks.map(({ id, amountFen }) => ({ paymentId: id, way: 'release', amountFen }) as const)
  return { is: 'parts', parts: [...released, ...refunds(payments, deductedFen)] }
}

function refunds(payments: readonly RefundablePayment[], amountFen: number): RefundPart[] {
  let leftFen = amountFen
  const inOrder = payments.map((payment, at) => ({ payment, at }))
  const latestFirst = inOrder.sort((a, b) => b.payment.openedAtMs - a.payment.openedAtMs || b.at - a.at)
  return latestFirst.flatMap(({ payment }) => {
    const partFen = Math.min(leftFen, leftOf(payment))
    leftFen -= partFen
    return partFen > 0 ? [{ paymentId: payment.id, way: 'refund', amountFen: partFen } as const] : []
  })
}

/** What was taken and neither went back nor is about to. What nobody wants any more goes back by itself, as a whole. */
function leftOf({ state, goal, paidFen, refundingFen, refundedFen }: RefundablePayment): number {
  return state === 'paid' && goal !== 'gone' ? paidFen - refundingFen - refundedFen : 0
}

function isLocked({ state, goal, isOpen }: RefundablePayment): boolean {
  return state === 'held' && goal === 'hold' && !isOpen
}

function isDoubtful(payment: RefundablePayment): boolean {
  const { state, goal } = payment
  if (state === 'opening' || state === 'held') return goal !== 'gone' && !isLocked(payment)
  return state === 'review'
}
