import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isLive, machines, type Goal, type Kind, type PaymentState, type State, type StepName } from './machines.ts'
import { nextStep, type AttemptFacts, type LineRule, type Step, type SubjectFacts } from './next-step.ts'

const second = 1_000
const minute = 60 * second
const rule: LineRule = {
  askPlanMs: [2, 5, 10, 30, 60].map((s) => s * second),
  resendAfterMs: 30 * second,
  concludeAfterMs: 10 * minute,
  retryAfterMs: 5 * minute,
}
/** When the attempt of the examples was sent last. */
const sentMs = Date.UTC(2026, 10, 21, 2)
const FOREVER = Number.MAX_SAFE_INTEGER

const states = ['opening', 'held', 'paid', 'released', 'declined', 'expired', 'review'] as const
const goals = ['hold', 'paid', 'gone'] as const
const steps = ['lock', 'confirm', 'cancel'] as const

function subject(state: State, goal: Goal, more: Partial<SubjectFacts> = {}): SubjectFacts {
  const endless = { deadlineMs: null, sweepJitterMs: null, openedAtMs: sentMs }
  const fresh = { notBeforeMs: 0, recheck: false, refusals: 0, refundableFen: 0 }
  return { kind: 'hold', state, goal, ...fresh, ...endless, ...more }
}

function attempt(step: StepName, more: Partial<AttemptFacts> = {}): AttemptFacts {
  const asked = { asks: 0, lastAskAtMs: 0, absentAtMs: null, hintAtMs: null }
  return { step, state: 'sent', sends: 1, lastSentAtMs: sentMs, ...asked, ...more }
}

const at = (s: SubjectFacts, open: AttemptFacts | undefined, afterMs: number): Step =>
  nextStep(s, open, sentMs + afterMs, rule)

describe('the state table of a hold, without a call under way', () => {
  const table: Record<PaymentState, Record<(typeof goals)[number], Step>> = {
    opening: {
      hold: { do: 'begin', step: 'lock' },
      paid: { do: 'begin', step: 'lock' },
      gone: { do: 'end', state: 'released' },
    },
    held: { hold: { do: 'rest' }, paid: { do: 'begin', step: 'confirm' }, gone: { do: 'begin', step: 'cancel' } },
    paid: {
      hold: { do: 'rest' },
      paid: { do: 'rest' },
      gone: { do: 'refundAll' },
    },
    released: { hold: { do: 'rest' }, paid: { do: 'rest' }, gone: { do: 'rest' } },
    declined: { hold: { do: 'rest' }, paid: { do: 'rest' }, gone: { do: 'rest' } },
    expired: { hold: { do: 'rest' }, paid: { do: 'rest' }, gone: { do: 'rest' } },
    review: { hold: { do: 'rest' }, paid: { do: 'rest' }, gone: { do: 'rest' } },
  }
  it.each(states.flatMap((state) => goals.map((goal) => [state, goal, table[state][goal]] as const)))(
    '%s wanted %s → %o',
    (state, goal, expected) => {
      const s = subject(state, goal, { refundableFen: state === 'paid' ? 1 : 0 })
      expect(nextStep(s, undefined, sentMs, rule)).toEqual(expected)
    },
  )

  it('lands where the engine’s document says', () => {
    const { lands } = machines.hold
    expect(lands.lock).toEqual({ succeeded: 'held', refused: 'declined', amount: 'amountFen', before: 'deadlineMs' })
    expect(lands.confirm).toEqual({ succeeded: 'paid', refused: 'recheck', amount: 'captureFen', before: 'guardMs' })
    expect(lands.cancel).toEqual({ succeeded: 'released', refused: 'recheck', amount: 'amountFen' })
  })

  it('lands where it says without a hold, and when money goes back', () => {
    const pay = { succeeded: 'paid', refused: 'declined', notExecuted: 'declined', amount: 'amountFen' }
    expect(machines.direct.lands).toEqual({ pay })
    const refund = { succeeded: 'refunded', refused: 'refused', deferred: 'waiting', amount: 'amountFen' }
    expect(machines.refund.lands).toEqual({ refund })
  })

  it('frees the bill only when surely nothing is held or taken', () => {
    for (const kind of ['hold', 'direct'] as const) {
      expect(states.filter((state) => !isLive(kind, state))).toEqual(['released', 'declined', 'expired'])
    }
    expect(machines.refund.free).toEqual(['refunded', 'refused'])
  })

  it('begins nothing before its time', () => {
    const early = subject('held', 'paid', { notBeforeMs: sentMs + minute })
    expect(at(early, undefined, 0)).toEqual({ do: 'wait', untilMs: sentMs + minute })
    expect(at(early, undefined, minute)).toEqual({ do: 'begin', step: 'confirm' })
  })

  it('ends without a call even before its time', () => {
    expect(at(subject('opening', 'gone', { notBeforeMs: sentMs + minute }), undefined, 0).do).toBe('end')
  })
})

describe('after a refusal against expectation', () => {
  it('asks how the lock stands before anything else, whatever is wanted', () => {
    for (const state of states) {
      for (const goal of goals) {
        const step = at(subject(state, goal, { recheck: true }), undefined, 0)
        expect(step, `${state} wanted ${goal}`).toEqual({ do: 'recheck', step: 'lock' })
      }
    }
  })

  it('has nothing to ask where no hold was made', () => {
    for (const kind of ['direct', 'refund'] as const) {
      expect(at(subject('opening', 'paid', { kind, recheck: true }), undefined, 0)).toEqual({ do: 'rest' })
    }
  })

  it('waits for its time, and tells a person from the third refusal on', () => {
    const early = { notBeforeMs: sentMs + minute, recheck: true }
    const untilMs = sentMs + minute
    expect(at(subject('held', 'paid', { ...early, refusals: 2 }), undefined, 0)).toEqual({ do: 'wait', untilMs })
    for (const recheck of [true, false]) {
      expect(at(subject('held', 'paid', { ...early, recheck, refusals: 3 }), undefined, 0)).toEqual({
        do: 'raise',
        item: 'refusedAgain',
        untilMs,
      })
    }
    expect(at(subject('held', 'paid', { ...early, refusals: 9 }), undefined, minute).do).toBe('recheck')
  })
})

describe('a call that surely did not reach the counterparty', () => {
  const ready = (more: Partial<AttemptFacts> = {}): AttemptFacts => attempt('lock', { state: 'ready', ...more })

  it('goes at once when it never left', () => {
    expect(at(subject('opening', 'hold'), ready({ sends: 0, lastSentAtMs: 0 }), 0)).toEqual({ do: 'send' })
  })

  it('goes even if it may go once only, as long as it never left', () => {
    const open = attempt('pay', { state: 'ready', sends: 0, lastSentAtMs: 0 })
    expect(at(subject('opening', 'paid', { kind: 'direct' }), open, 0)).toEqual({ do: 'send' })
    expect(at(subject('opening', 'paid', { kind: 'direct' }), { ...open, sends: 1 }, 0)).toEqual({ do: 'drop' })
  })

  it('goes again ever more slowly, and a person is told when the plan is used up', () => {
    const pauses = [2, 5, 10, 30, 60]
    for (const [index, pause] of pauses.entries()) {
      const open = ready({ sends: index + 1 })
      const untilMs = sentMs + pause * second
      expect(at(subject('opening', 'hold'), open, pause * second - 1)).toEqual({ do: 'wait', untilMs })
      expect(at(subject('opening', 'hold'), open, pause * second)).toEqual({ do: 'send' })
    }
    const worn = ready({ sends: 6 })
    expect(at(subject('opening', 'hold'), worn, 0)).toEqual({
      do: 'raise',
      item: 'unanswered',
      untilMs: sentMs + minute,
    })
    expect(at(subject('opening', 'hold'), worn, minute)).toEqual({ do: 'send' })
  })

  it('is dropped at once when nobody wants it any more', () => {
    expect(at(subject('opening', 'gone'), ready(), 0)).toEqual({ do: 'drop' })
    expect(at(subject('held', 'gone'), attempt('confirm', { state: 'ready' }), 0)).toEqual({ do: 'drop' })
    expect(at(subject('held', 'paid'), attempt('cancel', { state: 'ready' }), 0)).toEqual({ do: 'drop' })
  })
})

describe('a call whose answer is missing', () => {
  const wanted = subject('opening', 'hold')
  const unwanted = subject('opening', 'gone')

  it('a push brings the next question forward, at most one in a second', () => {
    const pushed = attempt('lock', { asks: 4, lastAskAtMs: sentMs + minute, hintAtMs: sentMs + minute + 200 })
    expect(at(wanted, pushed, minute + 300)).toEqual({ do: 'wait', untilMs: sentMs + minute + second })
    expect(at(wanted, pushed, minute + second)).toEqual({ do: 'ask' })
  })

  it('a push at the instant of the last question is newer than its answer', () => {
    const pushed = attempt('lock', { asks: 4, lastAskAtMs: sentMs + minute, hintAtMs: sentMs + minute })
    expect(at(wanted, pushed, minute + second)).toEqual({ do: 'ask' })
  })

  it('a push is heard after the plan is used up as well', () => {
    const worn = attempt('lock', { asks: 9, lastAskAtMs: sentMs + minute, hintAtMs: sentMs + minute + second })
    expect(at(wanted, worn, minute + second)).toEqual({ do: 'ask' })
  })

  it('a push from before the last word changes nothing', () => {
    const old = attempt('lock', { asks: 4, lastAskAtMs: sentMs + minute, hintAtMs: sentMs + 59 * second })
    expect(at(wanted, old, minute + 2 * second)).toEqual({ do: 'wait', untilMs: sentMs + 2 * minute })
  })

  it('is asked about on the plan, never sent again by itself', () => {
    let lastAskAtMs = 0
    let passedMs = 0
    for (const [asks, pause] of [2, 5, 10, 30, 60].entries()) {
      const open = attempt('lock', { asks, lastAskAtMs })
      const dueMs = passedMs + pause * second
      expect(at(wanted, open, dueMs - 1)).toEqual({ do: 'wait', untilMs: sentMs + dueMs })
      expect(at(wanted, open, dueMs)).toEqual({ do: 'ask' })
      passedMs = dueMs
      lastAskAtMs = sentMs + dueMs
    }
  })

  it('is told to a person when the plan is used up, and still asked about', () => {
    const open = attempt('lock', { asks: 5, lastAskAtMs: sentMs + 2 * minute })
    const untilMs = sentMs + 3 * minute
    expect(at(wanted, open, 2 * minute)).toEqual({ do: 'raise', item: 'unanswered', untilMs })
    expect(at(wanted, open, 3 * minute)).toEqual({ do: 'ask' })
  })

  it('is sent again only after “never saw it” and 30 s after the last send', () => {
    const absent = attempt('lock', { asks: 3, lastAskAtMs: sentMs + 17 * second, absentAtMs: sentMs + 17 * second })
    expect(at(wanted, absent, 17 * second)).toEqual({ do: 'wait', untilMs: sentMs + 30 * second })
    expect(at(wanted, absent, 30 * second - 1).do).toBe('wait')
    expect(at(wanted, absent, 30 * second)).toEqual({ do: 'send' })
    expect(at(wanted, { ...absent, absentAtMs: null }, 30 * second).do).not.toBe('send')
  })

  it('is asked about again before 30 s when a question is due earlier', () => {
    const absent = attempt('lock', { asks: 1, lastAskAtMs: sentMs + 2 * second, absentAtMs: sentMs + 2 * second })
    expect(at(wanted, absent, 3 * second)).toEqual({ do: 'wait', untilMs: sentMs + 7 * second })
    expect(at(wanted, absent, 7 * second)).toEqual({ do: 'ask' })
  })

  it('is dropped only when unwanted and still “never saw it” 10 min after the last send', () => {
    const asked = { asks: 5, lastAskAtMs: sentMs + 10 * minute }
    const early = attempt('lock', { ...asked, absentAtMs: sentMs + 10 * minute - 1 })
    const late = attempt('lock', { ...asked, absentAtMs: sentMs + 10 * minute })
    expect(at(unwanted, early, 60 * minute)).toEqual({ do: 'ask' })
    expect(at(unwanted, late, 10 * minute)).toEqual({ do: 'drop' })
    expect(at(wanted, late, 10 * minute)).toEqual({ do: 'send' })
    expect(at(unwanted, attempt('lock', asked), 60 * minute)).toEqual({ do: 'ask' })
  })

  it('is never sent again while unwanted', () => {
    const absent = attempt('lock', { asks: 1, lastAskAtMs: sentMs, absentAtMs: sentMs + minute })
    for (const ms of [0, 30 * second, 5 * minute, 60 * minute]) expect(at(unwanted, absent, ms).do).not.toBe('send')
  })

  it('is neither sent again nor dropped once the counterparty has it, whatever it says it saw', () => {
    for (const goal of goals) {
      for (const absentAtMs of [null, sentMs + 60 * minute]) {
        const accepted = attempt('lock', { state: 'accepted', asks: 2, lastAskAtMs: sentMs, absentAtMs })
        for (const ms of [0, 30 * second, 10 * minute, 24 * 60 * minute]) {
          expect(['wait', 'ask'], `${goal} ${ms}`).toContain(at(subject('opening', goal), accepted, ms).do)
        }
      }
    }
  })
})

describe('for every subject, attempt and time', () => {
  const anyTime = fc.oneof(
    fc.integer({ min: 0, max: 2 * FOREVER }),
    fc.integer({ min: sentMs - 60 * minute, max: sentMs + 60 * minute }),
  )
  const anySubject: fc.Arbitrary<SubjectFacts> = fc.record({
    kind: fc.constant('hold' as const),
    state: fc.constantFrom(...states),
    goal: fc.constantFrom(...goals),
    notBeforeMs: anyTime,
    recheck: fc.boolean(),
    refusals: fc.integer({ min: 0, max: 9 }),
    refundableFen: fc.integer({ min: 0, max: 2 }),
    deadlineMs: fc.option(anyTime),
    sweepJitterMs: fc.option(fc.integer({ min: 0, max: 60 * minute })),
    openedAtMs: anyTime,
  })
  const anyAttempt: fc.Arbitrary<AttemptFacts> = fc.record({
    step: fc.constantFrom(...steps),
    state: fc.constantFrom('ready' as const, 'sent' as const, 'accepted' as const),
    sends: fc.integer({ min: 0, max: 40 }),
    lastSentAtMs: anyTime,
    asks: fc.integer({ min: 0, max: 40 }),
    lastAskAtMs: anyTime,
    absentAtMs: fc.option(anyTime),
    hintAtMs: fc.option(anyTime),
  })
  const anyRule: fc.Arbitrary<LineRule> = fc.record({
    askPlanMs: fc.array(fc.integer({ min: 0, max: 60 * minute }), { maxLength: 5 }),
    resendAfterMs: fc.integer({ min: 0, max: 60 * minute }),
    concludeAfterMs: fc.integer({ min: 0, max: 60 * minute }),
    retryAfterMs: fc.integer({ min: 0, max: 60 * minute }),
  })
  const many = { numRuns: 5_000 }

  it('decides, always the same way, and changes nothing that it was given', () => {
    const property = fc.property(
      anySubject,
      fc.option(anyAttempt, { nil: undefined }),
      anyTime,
      anyRule,
      (s, o, now, r) => {
        const given = structuredClone([s, o, r])
        const step = nextStep(s, o, now, r)
        expect(nextStep(Object.freeze(s), o && Object.freeze(o), now, r)).toEqual(step)
        expect([s, o, r]).toEqual(given)
      },
    )
    fc.assert(property, { numRuns: 1_000 })
  })

  it('never sends what was sent and not reported absent, nor what the counterparty has', () => {
    const left = anyAttempt.filter(
      (one) => one.state === 'accepted' || (one.state === 'sent' && one.absentAtMs === null),
    )
    fc.assert(
      fc.property(anySubject, left, anyTime, anyRule, (s, open, now, r) => nextStep(s, open, now, r).do !== 'send'),
      many,
    )
  })

  it('never drops a sent call before the conclude time, and never one that is wanted', () => {
    fc.assert(
      fc.property(anySubject, anyAttempt, anyTime, anyRule, (s, open, now, r) => {
        if (nextStep(s, open, now, r).do !== 'drop') return
        const wantedStep = nextStep({ ...s, notBeforeMs: 0, recheck: false }, undefined, now, r)
        expect(wantedStep).not.toEqual({ do: 'begin', step: open.step })
        if (open.state === 'ready') return
        expect(open.state).toBe('sent')
        expect((open.absentAtMs ?? -Infinity) - open.lastSentAtMs).toBeGreaterThanOrEqual(r.concludeAfterMs)
      }),
      many,
    )
  })

  it('begins, ends or rechecks nothing while a call is open', () => {
    fc.assert(
      fc.property(anySubject, anyAttempt, anyTime, anyRule, (s, open, now, r) =>
        ['send', 'ask', 'drop', 'wait', 'raise'].includes(nextStep(s, open, now, r).do),
      ),
      many,
    )
  })

  it('waits for the future only', () => {
    fc.assert(
      fc.property(anySubject, fc.option(anyAttempt, { nil: undefined }), anyTime, anyRule, (s, open, now, r) => {
        const step = nextStep(s, open, now, r)
        if (step.do === 'wait') expect(step.untilMs).toBeGreaterThan(now)
      }),
      many,
    )
  })
})

describe('the state tables of a direct payment and of a refund', () => {
  const of = (kind: Kind, state: State, goal: Goal, more: Partial<SubjectFacts> = {}): SubjectFacts => ({
    ...subject(state, goal, more),
    kind,
  })
  const decided = (s: SubjectFacts): Step => nextStep(s, undefined, sentMs, rule)

  it.each([
    ['direct', 'opening', 'paid', { do: 'begin', step: 'pay' }],
    ['direct', 'opening', 'gone', { do: 'end', state: 'released' }],
    ['direct', 'paid', 'paid', { do: 'rest' }],
    ['direct', 'declined', 'paid', { do: 'rest' }],
    ['refund', 'opening', 'refunded', { do: 'begin', step: 'refund' }],
    ['refund', 'waiting', 'refunded', { do: 'begin', step: 'refund' }],
    ['refund', 'refunded', 'refunded', { do: 'rest' }],
    ['refund', 'refused', 'refunded', { do: 'rest' }],
    ['refund', 'review', 'refunded', { do: 'rest' }],
  ] as const)('%s, %s, wanted %s → %o', (kind, state, goal, expected) => {
    expect(decided(of(kind, state, goal))).toEqual(expected)
  })

  it('what was taken and is not wanted goes back once, all that is left of it', () => {
    expect(decided(of('direct', 'paid', 'gone', { refundableFen: 1 }))).toEqual({ do: 'refundAll' })
    expect(decided(of('direct', 'paid', 'gone', { refundableFen: 0 }))).toEqual({ do: 'rest' })
  })

  it('a refund that waits begins nothing before somebody says so', () => {
    const waiting = of('refund', 'waiting', 'refunded', { notBeforeMs: FOREVER })
    expect(decided(waiting)).toEqual({ do: 'wait', untilMs: FOREVER })
  })

  it('a direct payment is never sent twice, whatever is learned of it; a refund is', () => {
    const absent = (step: StepName) => attempt(step, { absentAtMs: sentMs + 11 * minute })
    const ready = (step: StepName) => attempt(step, { state: 'ready' })
    const later = sentMs + 11 * minute
    expect(nextStep(of('direct', 'opening', 'paid'), absent('pay'), later, rule)).toEqual({ do: 'drop' })
    expect(nextStep(of('direct', 'opening', 'paid'), ready('pay'), later, rule)).toEqual({ do: 'drop' })
    expect(nextStep(of('refund', 'opening', 'refunded'), absent('refund'), later, rule)).toEqual({ do: 'send' })
    expect(nextStep(of('refund', 'opening', 'refunded'), ready('refund'), later, rule)).toEqual({ do: 'send' })
  })

  it('a direct payment that was not seen is asked about until the conclude time', () => {
    const open = attempt('pay', { absentAtMs: sentMs + minute, asks: 1, lastAskAtMs: sentMs + minute })
    expect(nextStep(of('direct', 'opening', 'paid'), open, sentMs + 2 * minute, rule).do).not.toBe('drop')
  })
})
