import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planRefund, refundableOf, type RefundablePayment } from './refund-legs.ts'

let born = 0
const payment = (more: Partial<RefundablePayment>): RefundablePayment => ({
  id: `p${born++}`,
  state: 'paid',
  goal: 'paid',
  amountFen: 1_000,
  paidFen: 1_000,
  refundingFen: 0,
  refundedFen: 0,
  isOpen: false,
  openedAtMs: born,
  ...more,
})
const lock = (amountFen: number, more: Partial<RefundablePayment> = {}) =>
  payment({ state: 'held', goal: 'hold', amountFen, paidFen: 0, ...more })
const refused = (why: 'exceeds' | 'locked' | 'doubt') => ({ is: 'refused', why })

describe('what was deducted', () => {
  it('goes back in any part, the latest payment first and each up to what is left of it', () => {
    const early = payment({ id: 'early', openedAtMs: 1, refundedFen: 100 })
    const late = payment({ id: 'late', openedAtMs: 2, refundingFen: 300 })
    expect(planRefund([early, late], 600)).toEqual({
      is: 'parts',
      parts: [{ paymentId: 'late', way: 'refund', amountFen: 600 }],
    })
    expect(planRefund([early, late], 1_600)).toEqual({
      is: 'parts',
      parts: [
        { paymentId: 'late', way: 'refund', amountFen: 700 },
        { paymentId: 'early', way: 'refund', amountFen: 900 },
      ],
    })
    expect(planRefund([early, late], 1_601)).toEqual(refused('exceeds'))
  })

  it('opened at the same instant goes back by the order of its revisions', () => {
    const two = [payment({ id: 'a', openedAtMs: 1 }), payment({ id: 'b', openedAtMs: 1 })]
    const first = { is: 'parts', parts: [{ paymentId: 'b', way: 'refund', amountFen: 5 }] }
    expect(planRefund(two, 5)).toEqual(first)
  })

  it('and that nobody wants any more goes back by itself: nothing is left to ask for', () => {
    expect(planRefund([payment({ goal: 'gone' })], 1)).toEqual(refused('exceeds'))
  })

  it('goes back although another payment of the order is in doubt', () => {
    const plan = planRefund([payment({ id: 'sure' }), lock(500, { state: 'opening' })], 1_000)
    expect(plan).toEqual({ is: 'parts', parts: [{ paymentId: 'sure', way: 'refund', amountFen: 1_000 }] })
  })
})

describe('what is only locked', () => {
  it('is released as a whole, and a part of it is not refunded', () => {
    expect(planRefund([lock(800, { id: 'l' })], 800)).toEqual({
      is: 'parts',
      parts: [{ paymentId: 'l', way: 'release', amountFen: 800 }],
    })
    expect(planRefund([lock(800)], 799)).toEqual(refused('locked'))
    expect(planRefund([lock(800)], 801)).toEqual(refused('exceeds'))
  })

  it('is released together with what the rest of the order has deducted', () => {
    const plan = planRefund([lock(800, { id: 'l' }), payment({ id: 'p' })], 1_800)
    expect(plan).toEqual({
      is: 'parts',
      parts: [
        { paymentId: 'l', way: 'release', amountFen: 800 },
        { paymentId: 'p', way: 'refund', amountFen: 1_000 },
      ],
    })
  })

  it('and has ended by itself, or goes already, leaves nothing to do', () => {
    for (const over of [
      lock(800, { state: 'expired' }),
      lock(800, { state: 'released', goal: 'gone' }),
      lock(800, { state: 'declined' }),
      lock(800, { goal: 'gone' }),
    ]) {
      expect(planRefund([over], 800)).toEqual(refused('exceeds'))
    }
  })
})

it.each([
  ['a lock that is being made', lock(800, { state: 'opening' })],
  ['a lock with an open call', lock(800, { isOpen: true })],
  ['a lock that is about to be confirmed', lock(800, { goal: 'paid' })],
  ['an amount that differs', payment({ state: 'review', paidFen: 0 })],
])('%s: nobody knows yet what there is to give back', (_name, one) => {
  expect(planRefund([one], 800)).toEqual(refused('doubt'))
  expect(refundableOf([one])).toEqual({ deductedFen: 0, lockedFen: 0, isDoubtful: true })
})

it('whatever is accepted is spread to the fen, no payment above what is left of it and no lock in parts', () => {
  const some = fc.record({
    state: fc.constantFrom('held', 'paid', 'opening', 'expired') as fc.Arbitrary<
      'held' | 'paid' | 'opening' | 'expired'
    >,
    goal: fc.constantFrom('hold', 'paid', 'gone') as fc.Arbitrary<'hold' | 'paid' | 'gone'>,
    amountFen: fc.integer({ min: 1, max: 50 }),
    refundedFen: fc.integer({ min: 0, max: 50 }),
    isOpen: fc.boolean(),
    openedAtMs: fc.integer({ min: 0, max: 3 }),
  })
  fc.assert(
    fc.property(fc.array(some, { maxLength: 4 }), fc.integer({ min: 1, max: 120 }), (list, acceptedFen) => {
      const payments = list.map((one) =>
        payment({ ...one, paidFen: one.state === 'paid' ? one.amountFen : 0, refundedFen: refundedOf(one) }),
      )
      const plan = planRefund(payments, acceptedFen)
      if (plan.is === 'refused') return
      expect(plan.parts.reduce((sum, part) => sum + part.amountFen, 0)).toBe(acceptedFen)
      for (const part of plan.parts) {
        const of = payments.find(({ id }) => id === part.paymentId)
        const mostFen = part.way === 'release' ? of?.amountFen : (of?.paidFen ?? 0) - (of?.refundedFen ?? 0)
        expect(part.amountFen).toBeGreaterThan(0)
        expect(part.amountFen).toBeLessThanOrEqual(mostFen ?? 0)
        if (part.way === 'release') expect(part.amountFen).toBe(of?.amountFen)
      }
    }),
  )
})

const refundedOf = (one: { state: string; amountFen: number; refundedFen: number }): number =>
  one.state === 'paid' ? Math.min(one.refundedFen, one.amountFen) : 0
