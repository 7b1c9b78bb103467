import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { closed, heard, isAnswer, leaving, type Breaker } from './breaker.ts'

const nowMs = Date.UTC(2026, 10, 21, 2)
const second = 1_000
const steady = (): number => 0

/** A send that leaves at `atMs` and is answered, or not, at the same instant. */
function sent(b: Breaker, isAnswered: boolean, atMs = nowMs, jitter = steady): Breaker {
  return heard(leaving(b, atMs), isAnswered, b.probeAtMs !== null, atMs, jitter)
}
const afterMisses = (count: number, b: Breaker = closed): Breaker =>
  Array.from({ length: count }).reduce<Breaker>((one) => sent(one, false), b)

describe('a breaker', () => {
  it('opens at the fifth send in a row without an answer', () => {
    expect(afterMisses(4).probeAtMs).toBeNull()
    expect(afterMisses(5)).toEqual({ unanswered: 5, failedProbes: 0, probeAtMs: nowMs + second })
  })

  it('any answer starts the count again', () => {
    expect(afterMisses(4, sent(afterMisses(4), true)).probeAtMs).toBeNull()
  })

  it('what left before it opened keeps it open no longer, and closes it when it is answered', () => {
    const open = afterMisses(5)
    expect(heard(open, false, false, nowMs + 9 * second, steady)).toBe(open)
    expect(heard(open, true, false, nowMs + 9 * second, steady)).toEqual(closed)
  })

  it('lets one send go at its time, and the next only after that one is over or lost', () => {
    const probing = leaving(afterMisses(5), nowMs + second)
    expect(probing.probeAtMs).toBe(nowMs + 16 * second)
    expect(heard(probing, true, true, nowMs + 2 * second, steady)).toEqual(closed)
    expect(heard(probing, false, true, nowMs + 2 * second, steady).probeAtMs).toBe(nowMs + 4 * second)
  })

  it('pauses longer after every probe without an answer, half a minute at most', () => {
    let open = afterMisses(5)
    const pauses: number[] = []
    for (let probe = 0; probe < 8; probe++) {
      const atMs = open.probeAtMs ?? 0
      open = sent(open, false, atMs)
      pauses.push((open.probeAtMs ?? 0) - atMs)
    }
    expect(pauses).toEqual([2, 4, 8, 16, 30, 30, 30, 30].map((s) => s * second))
  })

  it('takes up to a quarter off each pause', () => {
    const almostOne = (): number => 255 / 256
    const open = sent(afterMisses(4), false, nowMs, almostOne)
    expect(open.probeAtMs).toBe(nowMs + Math.round(second * (1 - 255 / 1024)))
  })

  it('once open, never keeps a send waiting for more than half a minute, and closes at the first answer', () => {
    const events = fc.array(
      fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 60_000 }), fc.integer({ min: 0, max: 255 })),
    )
    const property = fc.property(events, (misses) => {
      let breaker = closed
      let atMs = nowMs
      for (const [isAnswered, passMs, byte] of misses) {
        atMs = Math.max(atMs + passMs, breaker.probeAtMs ?? 0)
        breaker = sent(breaker, isAnswered, atMs, () => byte / 256)
        expect((breaker.probeAtMs ?? atMs) - atMs).toBeLessThanOrEqual(30 * second)
        if (isAnswered) expect(breaker).toBe(closed)
      }
    })
    fc.assert(property, { numRuns: 300 })
  })

  it('takes a refusal for an answer, and silence, garbage and a refused connection for none', () => {
    const answers = [
      { is: 'succeeded', facts: { ref: {} } },
      { is: 'refused', code: 'X' },
      { is: 'deferred', code: 'X' },
      { is: 'accepted' },
    ] as const
    expect(answers.map(isAnswer)).toEqual([true, true, true, true])
    expect(isAnswer({ is: 'unknown', why: 'X' })).toBe(false)
    expect(isAnswer({ is: 'notExecuted', why: 'X' })).toBe(false)
  })
})
