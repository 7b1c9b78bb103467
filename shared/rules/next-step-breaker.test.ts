import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextStep, type AttemptFacts, type LineRule, type Step, type SubjectFacts } from './next-step.ts'

const second = 1_000
const minute = 60 * second
const rule: LineRule = {
  askPlanMs: [2, 5, 10, 30, 60].map((s) => s * second),
  resendAfterMs: 30 * second,
  concludeAfterMs: 10 * minute,
  retryAfterMs: 5 * minute,
}
const sentMs = Date.UTC(2026, 10, 21, 2)
const heldUntilMs = sentMs + 10 * minute
const held = (): number => heldUntilMs

const opening: SubjectFacts = {
  kind: 'hold',
  state: 'opening',
  goal: 'hold',
  notBeforeMs: 0,
  recheck: false,
  refusals: 0,
  refundableFen: 0,
  deadlineMs: null,
  sweepJitterMs: null,
  openedAtMs: sentMs,
}
const lock: AttemptFacts = {
  step: 'lock',
  state: 'sent',
  sends: 1,
  lastSentAtMs: sentMs,
  asks: 0,
  lastAskAtMs: 0,
  absentAtMs: null,
  hintAtMs: null,
}
const at = (s: SubjectFacts, open: AttemptFacts | undefined, afterMs: number): Step =>
  nextStep(s, open, sentMs + afterMs, rule, held)

describe('a breaker that is open', () => {
  it('lets nothing begin before its time', () => {
    expect(at(opening, undefined, 0)).toEqual({ do: 'wait', untilMs: heldUntilMs })
    expect(at(opening, undefined, 10 * minute)).toEqual({ do: 'begin', step: 'lock' })
  })

  it('holds up the repeat of what never left', () => {
    const ready: AttemptFacts = { ...lock, state: 'ready' }
    expect(at(opening, ready, 2 * second)).toEqual({ do: 'wait', untilMs: heldUntilMs })
    expect(at(opening, { ...ready, sends: 0 }, 0)).toEqual({ do: 'wait', untilMs: heldUntilMs })
    expect(at(opening, ready, 10 * minute)).toEqual({ do: 'send' })
    expect(at({ ...opening, goal: 'gone' }, ready, 0)).toEqual({ do: 'drop' })
  })

  it('holds up the repeat of what they never saw, and asks again meanwhile', () => {
    const absent: AttemptFacts = { ...lock, asks: 3, lastAskAtMs: sentMs + minute, absentAtMs: sentMs + minute }
    expect(at(opening, absent, minute)).toEqual({ do: 'wait', untilMs: sentMs + minute + 30 * second })
    expect(at(opening, absent, minute + 30 * second)).toEqual({ do: 'ask' })
    expect(at(opening, { ...absent, asks: 9, lastAskAtMs: heldUntilMs - second }, 10 * minute - second)).toEqual({
      do: 'raise',
      item: 'unanswered',
      untilMs: heldUntilMs,
    })
    expect(at(opening, absent, 10 * minute)).toEqual({ do: 'send' })
  })

  it('asks only for the step that would go', () => {
    const asked: string[] = []
    nextStep({ ...opening, state: 'held', goal: 'paid' }, undefined, sentMs, rule, (step) => {
      asked.push(step)
      return 0
    })
    expect(asked).toEqual(['confirm'])
  })

  it('changes sends and nothing else: every question, drop, end and consultation comes at its time', () => {
    const anyTime = fc.integer({ min: sentMs - 60 * minute, max: sentMs + 60 * minute })
    const anySubject = fc.record({
      kind: fc.constant('hold' as const),
      state: fc.constantFrom('opening' as const, 'held' as const, 'paid' as const, 'released' as const),
      goal: fc.constantFrom('hold' as const, 'paid' as const, 'gone' as const),
      notBeforeMs: anyTime,
      recheck: fc.boolean(),
      refundableFen: fc.constant(0),
      refusals: fc.integer({ min: 0, max: 5 }),
      deadlineMs: fc.option(anyTime),
      sweepJitterMs: fc.option(fc.constant(0)),
      openedAtMs: anyTime,
    })
    const anyAttempt = fc.record({
      step: fc.constantFrom('lock' as const, 'confirm' as const, 'cancel' as const),
      state: fc.constantFrom('ready' as const, 'sent' as const, 'accepted' as const),
      sends: fc.integer({ min: 0, max: 9 }),
      lastSentAtMs: anyTime,
      asks: fc.integer({ min: 0, max: 9 }),
      lastAskAtMs: anyTime,
      absentAtMs: fc.option(anyTime),
      hintAtMs: fc.option(anyTime),
    })
    const dayCut = { guardMs: 2, raiseMs: 15, sweepMs: 120, spreadMs: 45, lastPassMs: 45, youngMs: 5 }
    const inMinutes = Object.fromEntries(Object.entries(dayCut).map(([key, m]) => [key, m * minute])) as typeof dayCut
    const property = fc.property(
      anySubject,
      fc.option(anyAttempt, { nil: undefined }),
      anyTime,
      fc.integer({ min: 1, max: 30 * second }),
      (s, open, nowMs, moreMs) => {
        const withCut = { ...rule, dayCut: inMinutes }
        const free = nextStep(s, open, nowMs, withCut)
        const kept = nextStep(s, open, nowMs, withCut, () => nowMs + moreMs)
        expect(kept.do).not.toBe('begin')
        expect(kept.do).not.toBe('send')
        if (free.do === 'begin' || free.do === 'send') {
          if ('untilMs' in kept) expect(kept.untilMs).toBeLessThanOrEqual(nowMs + moreMs)
          else expect(kept).toEqual({ do: 'ask' })
        } else if (!('untilMs' in free)) expect(kept).toEqual(free)
      },
    )
    fc.assert(property, { numRuns: 2_000 })
  })
})
