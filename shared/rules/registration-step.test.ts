import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PaymentState } from './machines.ts'
import {
  isRegistrationOver,
  registrationStep,
  type RegistrationFacts,
  type RegistrationState,
} from './registration-step.ts'

const nowMs = 1_000_000
const states = ['reserving', 'reserved', 'booked', 'settled', 'slotGone', 'cancelled', 'lapsed'] as const
const holds = ['opening', 'held', 'paid', 'released', 'declined', 'expired', 'review'] as const

function facts(state: RegistrationState, more: Partial<RegistrationFacts> = {}): RegistrationFacts {
  return {
    state,
    goal: 'booked',
    pays: 'credit',
    payment: undefined,
    hasDesk: false,
    lookAtMs: 0,
    endsAtMs: 2 * nowMs,
    notBeforeMs: 0,
    ...more,
  }
}
const step = (state: RegistrationState, more: Partial<RegistrationFacts> = {}) =>
  registrationStep(facts(state, more), nowMs)
const hold = (state: PaymentState, goal: 'hold' | 'paid' | 'gone' = 'hold', isRefunded = false) => ({
  payment: { state, goal, isRefunded },
})

describe('with the quota', () => {
  it('reserves, locks, books, confirms and tells that it is paid, in this order', () => {
    expect(step('reserving')).toEqual({ do: 'tell', call: 'reserve' })
    expect(step('reserved')).toEqual({ do: 'lock' })
    expect(step('reserved', hold('opening'))).toEqual({ do: 'rest' })
    expect(step('reserved', hold('held'))).toEqual({ do: 'tell', call: 'book' })
    expect(step('booked', hold('held'))).toEqual({ do: 'aim', goal: 'paid' })
    expect(step('booked', hold('held', 'paid'))).toEqual({ do: 'rest' })
    expect(step('booked', hold('paid', 'paid'))).toEqual({ do: 'tell', call: 'paid' })
    expect(step('settled', hold('paid', 'paid'))).toEqual({ do: 'rest' })
  })

  it('books first when the money was taken before the hospital has booked', () => {
    expect(step('reserved', hold('paid', 'paid'))).toEqual({ do: 'tell', call: 'book' })
  })

  it('a lost slot costs a cancel of the lock and never a refund', () => {
    expect(step('slotGone', hold('held'))).toEqual({ do: 'aim', goal: 'gone' })
    expect(step('slotGone', hold('opening'))).toEqual({ do: 'aim', goal: 'gone' })
    expect(step('slotGone', hold('held', 'gone'))).toEqual({ do: 'rest' })
    expect(step('slotGone', hold('released', 'gone'))).toEqual({ do: 'rest' })
  })

  it.each(['declined', 'released', 'expired'] as const)('offers ordinary payment when the lock is %s', (state) => {
    expect(step('reserved', hold(state))).toEqual({ do: 'fallBack' })
    expect(step('booked', hold(state, 'paid'))).toEqual({ do: 'fallBack' })
  })

  it('tells a person when money was taken for a registration that is over', () => {
    expect(step('cancelled', hold('paid', 'paid'))).toEqual({ do: 'raise' })
  })
})

describe('a paid fee that the hospital lets go back (退号)', () => {
  it('is cancelled at the hospital, and what goes back needs nobody', () => {
    expect(step('settled', { goal: 'gone', ...hold('paid', 'paid', true) })).toEqual({ do: 'tell', call: 'cancel' })
    const early = { goal: 'gone', notBeforeMs: nowMs + 3, ...hold('paid', 'paid', true) } as const
    expect(step('settled', early)).toEqual({ do: 'wait', untilMs: nowMs + 3 })
    expect(step('cancelled', { goal: 'gone', ...hold('paid', 'paid', true) })).toEqual({ do: 'rest' })
  })
})

describe('at the desk', () => {
  it('opens the hospital’s ordinary payment and asks only when it is time', () => {
    expect(step('reserved', { pays: 'desk' })).toEqual({ do: 'tell', call: 'desk' })
    const open = { pays: 'desk', hasDesk: true, lookAtMs: nowMs + 1 } as const
    expect(step('reserved', open)).toEqual({ do: 'wait', untilMs: nowMs + 1 })
    expect(step('reserved', { ...open, lookAtMs: nowMs })).toEqual({ do: 'tell', call: 'look' })
  })

  it('opens only after the lock is surely dead', () => {
    expect(step('reserved', { pays: 'desk', ...hold('opening') })).toEqual({ do: 'aim', goal: 'gone' })
    expect(step('reserved', { pays: 'desk', ...hold('held', 'gone') })).toEqual({ do: 'rest' })
    expect(step('reserved', { pays: 'desk', ...hold('released', 'gone') })).toEqual({ do: 'tell', call: 'desk' })
  })

  it('is left to the window once the appointment is over', () => {
    expect(step('booked', { pays: 'desk', endsAtMs: nowMs })).toEqual({ do: 'rest' })
  })

  it('paid there while the quota was locked: the lock goes', () => {
    expect(step('settled', { pays: 'desk', ...hold('held') })).toEqual({ do: 'aim', goal: 'gone' })
  })
})

describe('always', () => {
  it('cancels at the hospital first, whatever the payment does', () => {
    for (const state of ['reserving', 'reserved', 'booked'] as const) {
      expect(step(state, { goal: 'gone', ...hold('held') })).toEqual({ do: 'tell', call: 'cancel' })
    }
  })

  it('leaves a silent hospital alone until the pause is over', () => {
    expect(step('reserving', { notBeforeMs: nowMs + 5 })).toEqual({ do: 'wait', untilMs: nowMs + 5 })
    expect(step('reserving', { notBeforeMs: nowMs })).toEqual({ do: 'tell', call: 'reserve' })
  })

  const anyFacts = fc.record<RegistrationFacts>({
    state: fc.constantFrom(...states),
    goal: fc.constantFrom('booked' as const, 'gone' as const),
    pays: fc.constantFrom('credit' as const, 'desk' as const),
    payment: fc.option(
      fc.record({
        state: fc.constantFrom(...holds),
        goal: fc.constantFrom('hold' as const, 'paid' as const, 'gone' as const),
        isRefunded: fc.boolean(),
      }),
      { nil: undefined },
    ),
    hasDesk: fc.boolean(),
    lookAtMs: fc.integer({ min: 0, max: 2 * nowMs }),
    endsAtMs: fc.integer({ min: 0, max: 2 * nowMs }),
    notBeforeMs: fc.integer({ min: 0, max: 2 * nowMs }),
  })

  it('confirms only what the hospital has booked, and locks only what it keeps', () => {
    fc.assert(
      fc.property(anyFacts, (f) => {
        const s = registrationStep(f, nowMs)
        if (s.do === 'aim' && s.goal === 'paid') expect(f.state).toBe('booked')
        if (s.do === 'lock') expect(['reserved', 'booked']).toContain(f.state)
        if (s.do === 'tell') expect(isRegistrationOver(f.state)).toBe(false)
        if (s.do === 'wait') expect(s.untilMs).toBeGreaterThan(nowMs)
      }),
      { numRuns: 3_000 },
    )
  })
})
