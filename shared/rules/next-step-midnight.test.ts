import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutOf, jitterOf, type DayCut } from './day-cut.ts'
import { machineOf, type Goal, type State, type StepName } from './machines.ts'
import { nextStep, type AttemptFacts, type LineRule, type Step, type SubjectFacts } from './next-step.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const dayCut: DayCut = {
  guardMs: 2 * minute,
  raiseMs: 15 * minute,
  sweepMs: 2 * hour,
  spreadMs: 45 * minute,
  lastPassMs: 45 * minute,
  youngMs: 5 * minute,
}
const rule: LineRule = {
  askPlanMs: [2, 5, 10, 30, 60, 3600].map((s) => s * second),
  resendAfterMs: 30 * second,
  concludeAfterMs: 10 * minute,
  retryAfterMs: 5 * minute,
  dayCut,
}
/** 2026-11-21 24:00 in Shanghai. */
const midnightMs = Date.UTC(2026, 10, 21, 16)
const FOREVER = Number.MAX_SAFE_INTEGER
const jitterMs = 9 * minute

function subject(state: State, goal: Goal, more: Partial<SubjectFacts> = {}): SubjectFacts {
  const known = { notBeforeMs: 0, recheck: false, refusals: 0, refundableFen: 0, openedAtMs: midnightMs - 10 * hour }
  return { kind: 'hold', state, goal, deadlineMs: midnightMs, sweepJitterMs: jitterMs, ...known, ...more }
}

function attempt(step: StepName, lastSentAtMs: number, more: Partial<AttemptFacts> = {}): AttemptFacts {
  const asked = { asks: 0, lastAskAtMs: 0, absentAtMs: null, hintAtMs: null }
  return { step, state: 'sent', sends: 1, lastSentAtMs, ...asked, ...more }
}

/** The step so many milliseconds before midnight. */
const before = (ms: number, s: SubjectFacts, open?: AttemptFacts): Step => nextStep(s, open, midnightMs - ms, rule)
const wait = (beforeMs: number): Step => ({ do: 'wait', untilMs: midnightMs - beforeMs })
const raise = (item: string, beforeMs: number) => ({ do: 'raise', item, untilMs: midnightMs - beforeMs })
const recheck: Step = { do: 'recheck', step: 'lock' }

describe('a lock that HIS has not ended', () => {
  const held = subject('held', 'hold')

  it('is looked at from 22:00 and its place in the spread on, not earlier', () => {
    expect(before(5 * hour, held)).toEqual(wait(2 * hour - jitterMs))
    expect(before(2 * hour - jitterMs + 1, held)).toEqual(wait(2 * hour - jitterMs))
    const consult = { do: 'consult', isLastPass: false, untilMs: midnightMs - 45 * minute + jitterMs / 3 }
    expect(before(2 * hour - jitterMs, held)).toEqual(consult)
  })

  it('is in its last pass from 23:15 on, and with a person from 23:45 on', () => {
    const last = { do: 'consult', isLastPass: true, untilMs: midnightMs - 15 * minute }
    expect(before(45 * minute - jitterMs / 3, held)).toEqual(last)
    expect(before(15 * minute + 1, held)).toEqual(last)
    expect(before(15 * minute, held)).toEqual(raise('sweepUnanswered', 0))
    expect(before(1, held)).toEqual(raise('sweepUnanswered', 0))
  })

  it('is left alone for five minutes after it was written', () => {
    const young = subject('held', 'hold', { openedAtMs: midnightMs - 50 * minute })
    expect(before(48 * minute, young)).toEqual(wait(45 * minute))
    expect(before(45 * minute, young)).toMatchObject({ do: 'consult' })
    const late = subject('held', 'hold', { openedAtMs: midnightMs - 17 * minute })
    expect(before(16 * minute, late)).toEqual(wait(15 * minute))
    expect(before(15 * minute, late)).toEqual(raise('sweepUnanswered', 0))
  })

  it('is asked about at midnight, and its end is a person’s', () => {
    expect(before(0, held)).toEqual(recheck)
    expect(before(-hour, subject('held', 'hold', { notBeforeMs: midnightMs + 2 * hour }))).toEqual(wait(-2 * hour))
    expect(before(-1, subject('expired', 'hold'))).toEqual({ do: 'raise', item: 'expiredUnpaid', untilMs: FOREVER })
  })

  it('is not swept when another subject drives it, but ends all the same', () => {
    const driven = subject('held', 'hold', { sweepJitterMs: null })
    expect(before(5 * hour, driven)).toEqual(wait(15 * minute))
    expect(before(hour, driven)).toEqual(wait(15 * minute))
    expect(before(5 * minute, driven)).toEqual(wait(0))
    expect(before(0, driven)).toEqual(recheck)
    expect(before(-1, subject('expired', 'paid', { sweepJitterMs: null }))).toEqual({ do: 'rest' })
  })
})

describe('a lock that HIS has ended', () => {
  const paid = subject('held', 'paid')

  it('is confirmed until 23:58 and not from then on', () => {
    expect(before(2 * minute + 1, paid)).toEqual({ do: 'begin', step: 'confirm' })
    for (const ms of [2 * minute, minute, 1]) expect(before(ms, paid)).toEqual(raise('stillLocked', 0))
    for (const ms of [0, -1, -hour]) expect(before(ms, paid)).toEqual(recheck)
  })

  it('keeps to the guard that is set', () => {
    const noGuard = { ...rule, dayCut: { ...dayCut, guardMs: 0 } }
    expect(nextStep(paid, undefined, midnightMs - 1, noGuard)).toEqual({ do: 'begin', step: 'confirm' })
    expect(nextStep(paid, undefined, midnightMs, noGuard)).toEqual(recheck)
  })

  it('is listed for a person at 23:45 while its confirm is in doubt', () => {
    const open = attempt('confirm', midnightMs - 16 * minute, { asks: 4, lastAskAtMs: midnightMs - 16 * minute })
    expect(before(15 * minute + 5 * second, paid, open)).toEqual(wait(15 * minute))
    const asked = { ...open, asks: 5, lastAskAtMs: midnightMs - 15 * minute }
    expect(before(15 * minute, paid, asked)).toEqual(raise('stillLocked', 0))
  })

  it('is released at any time: a cancel takes nothing', () => {
    for (const ms of [hour, minute, 0, -hour]) {
      expect(before(ms, subject('held', 'gone'))).toEqual({ do: 'begin', step: 'cancel' })
    }
    const absent = attempt('cancel', midnightMs - minute, { asks: 1, absentAtMs: midnightMs - 50 * second })
    expect(before(-minute, subject('held', 'gone'), { ...absent, lastAskAtMs: midnightMs })).toEqual({ do: 'send' })
  })

  it('that expired is a person’s, unless it was not wanted any more', () => {
    const item = { do: 'raise', item: 'expiredUnpaid', untilMs: FOREVER }
    expect(before(-1, subject('expired', 'paid'))).toEqual(item)
    expect(before(-1, subject('expired', 'gone'))).toEqual({ do: 'rest' })
  })
})

describe('a call in doubt over midnight', () => {
  const paid = subject('held', 'paid')
  const sentMs = midnightMs - 3 * minute

  it('is not sent again from 23:58 on, though the bank never saw it', () => {
    const absent = attempt('confirm', sentMs, {
      asks: 4,
      lastAskAtMs: sentMs + 55 * second,
      absentAtMs: sentMs + 55 * second,
    })
    expect(before(2 * minute + 1, paid, absent)).toEqual({ do: 'send' })
    expect(before(2 * minute, paid, absent).do).not.toBe('send')
    expect(before(minute, paid, absent).do).not.toBe('send')
    const unsent = attempt('confirm', sentMs, { state: 'ready' })
    expect(before(2 * minute + 1, paid, unsent)).toEqual({ do: 'send' })
    expect(before(2 * minute, paid, unsent)).toEqual({ do: 'drop' })
  })

  it('is asked about at midnight whatever the plan says, then on the plan', () => {
    for (const state of ['sent', 'accepted'] as const) {
      const open = attempt('confirm', sentMs, { state, asks: 5, lastAskAtMs: midnightMs - minute })
      expect(before(30 * second, paid, open)).toEqual(raise('stillLocked', 0))
      expect(before(0, paid, open)).toEqual({ do: 'ask' })
      expect(before(-second, paid, { ...open, asks: 6, lastAskAtMs: midnightMs })).toMatchObject({
        do: 'raise',
        item: 'unanswered',
      })
    }
    const pushed = { asks: 5, lastAskAtMs: midnightMs - second / 2, hintAtMs: midnightMs - second / 4 }
    expect(before(0, paid, attempt('confirm', sentMs, pushed))).toEqual({ do: 'ask' })
  })

  it('is concluded to be not executed only after its quiet time, then the lock itself is asked about', () => {
    const absent = { asks: 7, lastAskAtMs: midnightMs + 6 * minute }
    const early = attempt('confirm', sentMs, { ...absent, absentAtMs: sentMs + 10 * minute - 1 })
    const late = attempt('confirm', sentMs, { ...absent, absentAtMs: sentMs + 10 * minute })
    expect(before(-7 * minute, paid, early).do).not.toBe('drop')
    expect(before(-7 * minute, paid, late)).toEqual({ do: 'drop' })
    expect(before(-7 * minute, paid)).toEqual(recheck)
  })

  it('of a lock is not repeated on the next day, and not begun there by itself', () => {
    const opening = subject('opening', 'hold')
    const absent = attempt('lock', sentMs, {
      asks: 2,
      lastAskAtMs: midnightMs - second,
      absentAtMs: midnightMs - second,
    })
    expect(before(second, opening, absent)).toEqual({ do: 'send' })
    expect(before(0, opening, absent)).toEqual({ do: 'ask' })
    expect(before(0, opening, attempt('lock', sentMs, { state: 'ready' }))).toEqual({ do: 'drop' })
    expect(before(1, opening)).toEqual({ do: 'begin', step: 'lock' })
    for (const goal of ['hold', 'paid'] as const) {
      expect(before(0, subject('opening', goal))).toEqual({ do: 'end', state: 'expired' })
    }
    expect(before(0, subject('opening', 'gone'))).toEqual({ do: 'end', state: 'released' })
  })
})

describe('without an end, or without a rule about it', () => {
  it('nothing of the evening happens', () => {
    const { dayCut: _, ...plain } = rule
    expect(nextStep(subject('held', 'hold'), undefined, midnightMs + 1, plain)).toEqual({ do: 'rest' })
    const endless = subject('held', 'paid', { deadlineMs: null })
    expect(nextStep(endless, undefined, midnightMs + 1, rule)).toEqual({ do: 'begin', step: 'confirm' })
  })
})

describe('the place in the spread', () => {
  it('depends on the id alone, stays inside, and is used evenly', () => {
    expect(jitterOf('vis_1', 45 * minute)).toBe(jitterOf('vis_1', 45 * minute))
    const tenths = new Map<number, number>()
    for (let at = 0; at < 2_000; at++) {
      const place = jitterOf(`vis_${at}`, 45 * minute) / (45 * minute)
      expect(place >= 0 && place < 1).toBe(true)
      tenths.set(Math.floor(place * 10), (tenths.get(Math.floor(place * 10)) ?? 0) + 1)
    }
    for (let tenth = 0; tenth < 10; tenth++) expect(tenths.get(tenth) ?? 0).toBeGreaterThan(120)
  })

  it('is the published hash of the id (FNV-1a), so every process finds the same', () => {
    const hash = (id: string): number => jitterOf(id, 2 ** 32)
    expect([hash(''), hash('a'), hash('foobar')]).toEqual([0x811c9dc5, 0xe40c292c, 0xbf9cf968])
  })

  it('of a hold that is not swept leaves its last evening as it is', () => {
    const known = subject('held', 'hold', { sweepJitterMs: null })
    expect(cutOf(known, dayCut)).toMatchObject({ sweepMs: null, lastPassMs: midnightMs - 45 * minute })
  })

  it('keeps the sweep before 23:00 and the last pass before 23:30', () => {
    fc.assert(
      fc.property(fc.string(), (id) => {
        const cut = cutOf(subject('held', 'hold', { sweepJitterMs: jitterOf(id, dayCut.spreadMs) }), dayCut)
        expect(cut?.sweepMs ?? FOREVER).toBeLessThan(midnightMs - hour)
        expect(cut?.lastPassMs ?? FOREVER).toBeLessThanOrEqual(midnightMs - 30 * minute)
      }),
    )
  })
})

describe('for every subject, attempt and time of the last evening', () => {
  const states = ['opening', 'held', 'paid', 'released', 'declined', 'expired', 'review'] as const
  const anyTime = fc.integer({ min: midnightMs - 3 * hour, max: midnightMs + 3 * hour })
  const anySubject: fc.Arbitrary<SubjectFacts> = fc.record({
    kind: fc.constant('hold' as const),
    state: fc.constantFrom(...states),
    goal: fc.constantFrom('hold' as const, 'paid' as const, 'gone' as const),
    notBeforeMs: anyTime,
    recheck: fc.boolean(),
    refusals: fc.integer({ min: 0, max: 9 }),
    refundableFen: fc.integer({ min: 0, max: 2 }),
    deadlineMs: fc.constant(midnightMs),
    sweepJitterMs: fc.option(fc.integer({ min: 0, max: 45 * minute })),
    openedAtMs: anyTime,
  })
  const anyAttempt: fc.Arbitrary<AttemptFacts> = fc.record({
    step: fc.constantFrom('lock' as const, 'confirm' as const, 'cancel' as const),
    state: fc.constantFrom('ready' as const, 'sent' as const, 'accepted' as const),
    sends: fc.integer({ min: 0, max: 40 }),
    lastSentAtMs: anyTime,
    asks: fc.integer({ min: 0, max: 40 }),
    lastAskAtMs: anyTime,
    absentAtMs: fc.option(anyTime),
    hintAtMs: fc.option(anyTime),
  })
  const many = { numRuns: 5_000 }
  const anyOpen = fc.option(anyAttempt, { nil: undefined })

  it('no confirm begins or is sent from 23:58 on, no lock from midnight on', () => {
    fc.assert(
      fc.property(anySubject, anyOpen, anyTime, (s, open, now) => {
        const step = nextStep(s, open, now, rule)
        const call = step.do === 'begin' ? step.step : step.do === 'send' ? open?.step : undefined
        if (call === 'confirm') expect(now).toBeLessThan(midnightMs - dayCut.guardMs)
        if (call === 'lock') expect(now).toBeLessThan(midnightMs)
        expect(call === undefined || machineOf('hold').lands[call] !== undefined).toBe(true)
      }),
      many,
    )
  })

  it('HIS is asked only for a lock that stands and waits, between 22:00 and 23:45', () => {
    fc.assert(
      fc.property(anySubject, anyOpen, anyTime, (s, open, now) => {
        const step = nextStep(s, open, now, rule)
        if (step.do !== 'consult') return
        expect([s.state, s.goal, open]).toEqual(['held', 'hold', undefined])
        expect(now).toBeGreaterThanOrEqual(midnightMs - dayCut.sweepMs)
        expect(step.untilMs).toBeGreaterThan(now)
        expect(step.untilMs).toBeLessThanOrEqual(midnightMs - dayCut.raiseMs)
      }),
      many,
    )
  })

  it('what is undecided never sleeps over 23:45 or over midnight', () => {
    fc.assert(
      fc.property(anySubject, anyOpen, anyTime, (s, open, now) => {
        const step = nextStep(s, open, now, rule)
        if (s.state !== 'opening' && s.state !== 'held') return
        if (step.do !== 'wait' && step.do !== 'raise') return
        for (const atMs of [midnightMs - dayCut.raiseMs, midnightMs]) {
          if (now < atMs) expect(step.untilMs).toBeLessThanOrEqual(atMs)
        }
      }),
      many,
    )
  })
})
