import { describe, expect, it } from 'vitest'
import { HoldRow, PaymentGoal, PaymentState, PaymentStep } from '../contract/payments.ts'
import { holdRow, type HoldFacts } from './payment-row.ts'

type Open = HoldFacts['open']
const states = PaymentState.options
const goals = PaymentGoal.options
const opens: readonly Open[] = [
  undefined,
  ...PaymentStep.options.flatMap((step) => [false, true].map((doubt) => ({ step, doubt }))),
]
const every = states.flatMap((state) => goals.flatMap((goal) => opens.map((open) => ({ state, goal, open }))))
const row = (state: PaymentState, goal: PaymentGoal, open?: Open, paidFen = 0): HoldRow =>
  holdRow({ state, goal, open, amountFen: 1_000, paidFen })

describe('the row of a payment', () => {
  it('exists for every state, goal, step and doubt', () => {
    expect(every).toHaveLength(7 * 3 * 7)
    for (const { state, goal, open } of every) expect(HoldRow.options).toContain(row(state, goal, open))
  })

  it('is reached for every row of the contract', () => {
    const reached = new Set([
      ...every.map((one) => row(one.state, one.goal, one.open)),
      ...[1_000, 400].map((paidFen) => row('paid', 'paid', undefined, paidFen)),
    ])
    expect([...reached].sort()).toEqual([...HoldRow.options].sort())
  })

  it.each([
    ['lock', 'locking', 'lockDoubt'],
    ['confirm', 'confirming', 'confirmDoubt'],
    ['cancel', 'cancelling', 'cancelDoubt'],
  ] as const)(
    'during %s is %s, and %s while the answer is missing, whatever is known or wanted',
    (step, sure, doubt) => {
      for (const state of states) {
        for (const goal of goals) {
          expect(row(state, goal, { step, doubt: false })).toBe(sure)
          expect(row(state, goal, { step, doubt: true })).toBe(doubt)
        }
      }
    },
  )

  it.each([
    ['opening', 'hold', 'locking'],
    ['opening', 'paid', 'locking'],
    ['opening', 'gone', 'cancelling'],
    ['held', 'hold', 'held'],
    ['held', 'paid', 'confirming'],
    ['held', 'gone', 'cancelling'],
  ] as const)('of %s wanted %s is %s between two calls', (state, goal, expected) => {
    expect(row(state, goal)).toBe(expected)
  })

  it.each(['released', 'declined', 'expired', 'review'] as const)('of %s is itself, whatever is wanted', (state) => {
    for (const goal of goals) expect(row(state, goal)).toBe(state)
  })

  it('of paid tells all from a part', () => {
    expect(row('paid', 'paid', undefined, 1_000)).toBe('paid')
    expect(row('paid', 'paid', undefined, 999)).toBe('partlyPaid')
    expect(row('paid', 'gone', undefined, 1_000)).toBe('paid')
  })
})
