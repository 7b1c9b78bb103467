import { describe, expect, it } from 'vitest'
import {
  isRefundOver,
  nextLookMs,
  refundRequestStep,
  type RefundLegState,
  type RefundRequestFacts,
} from './refund-request-step.ts'

const nowMs = 1_000_000
const step = (more: Partial<RefundRequestFacts>) =>
  refundRequestStep(
    { state: 'asked', goal: 'decided', isTold: false, notBeforeMs: 0, lookAtMs: 0, legs: [], ...more },
    nowMs,
  )
const leg = (state: RefundLegState, way: 'release' | 'refund' = 'refund') => ({ way, state })

describe('with the hospital', () => {
  it('is told until the hospital has it, and then asked when it is time', () => {
    expect(step({})).toEqual({ do: 'tell', call: 'ask' })
    expect(step({ lookAtMs: nowMs + 9 })).toEqual({ do: 'tell', call: 'ask' })
    expect(step({ isTold: true, lookAtMs: nowMs })).toEqual({ do: 'tell', call: 'look' })
    expect(step({ isTold: true, lookAtMs: nowMs + 9 })).toEqual({ do: 'wait', untilMs: nowMs + 9 })
  })

  it('an unanswered message is repeated after its pause, whichever it was', () => {
    for (const more of [{}, { isTold: true }, { goal: 'gone' }] as const) {
      expect(step({ ...more, notBeforeMs: nowMs + 5 })).toEqual({ do: 'wait', untilMs: nowMs + 5 })
    }
  })

  it('taken back, the hospital is told so at once, also when it never heard of the request', () => {
    expect(step({ goal: 'gone' })).toEqual({ do: 'tell', call: 'withdraw' })
    expect(step({ goal: 'gone', isTold: true, lookAtMs: nowMs + 9 })).toEqual({ do: 'tell', call: 'withdraw' })
  })

  it('is asked ever more rarely, and at least every five minutes', () => {
    expect([0, 1, 2, 3, 4, 99].map((looks) => nextLookMs(looks, 0))).toEqual([
      2_000, 10_000, 60_000, 300_000, 300_000, 300_000,
    ])
  })
})

describe('with the bank', () => {
  it('ends when every part is decided, refused ones as well', () => {
    expect(step({ state: 'accepted', legs: [leg('done'), leg('refused'), leg('done', 'release')] })).toEqual({
      do: 'finish',
    })
  })

  it.each(['doing', 'doubt', 'waiting', 'review'] as const)(
    'rests while a refund is %s: it wakes the request',
    (state) => {
      expect(step({ state: 'accepted', legs: [leg('done'), leg(state)] })).toEqual({ do: 'rest' })
    },
  )

  it('looks again at a lock that is being released', () => {
    const legs = [leg('doing', 'release')]
    expect(step({ state: 'accepted', lookAtMs: nowMs + 7, legs })).toEqual({ do: 'wait', untilMs: nowMs + 7 })
    expect(step({ state: 'accepted', legs })).toEqual({ do: 'wait', untilMs: nowMs + 1 })
  })
})

it.each(['approving', 'done', 'declined', 'withdrawn'] as const)('%s: nothing to do', (state) => {
  expect(step({ state, goal: 'gone', legs: [leg('done')] })).toEqual({ do: 'rest' })
  expect(isRefundOver(state)).toBe(state !== 'approving')
})
