import { dayOf, timeOf } from '@paycare/shared/rules'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { BankClock } from './bank-clock.ts'

const startMs = Date.UTC(2026, 10, 21, 2)
let warnings: unknown[]
let clock: BankClock
beforeEach(() => {
  warnings = []
  const quiet = () => undefined
  clock = new BankClock({ info: quiet, error: quiet, warn: (fields) => void warnings.push(fields['standing']) })
})

/** An answer of a bank whose clock is `offsetMs` ahead, made `thereMs` after the request left. */
function answer(offsetMs: number, atMs = startMs, thereMs = 20, backMs = 20, fresh = true): void {
  const bankMs = atMs + thereMs + offsetMs
  clock.hear(`${dayOf(bankMs)}${timeOf(bankMs)}`, atMs, atMs + thereMs + backMs, fresh)
}

describe('the bank’s clock', () => {
  it('is ours until it is heard, and stays ours while the answers allow it', () => {
    expect(clock.offsetMs).toBe(0)
    for (let at = 0; at < 50; at++) answer(0, startMs + at * 137)
    expect([clock.offsetMs, warnings]).toEqual([0, []])
  })

  it('is known to the second at once and better with every answer', () => {
    fc.assert(
      fc.property(fc.integer({ min: -300_000, max: 300_000 }), (offsetMs) => {
        const quiet = () => undefined
        clock = new BankClock({ info: quiet, warn: quiet, error: quiet })
        answer(offsetMs)
        expect(Math.abs(clock.offsetMs - offsetMs)).toBeLessThanOrEqual(1_040)
        for (let at = 0; at < 100; at++) answer(offsetMs, startMs + at * 1_013)
        expect(Math.abs(clock.offsetMs - offsetMs)).toBeLessThanOrEqual(60)
      }),
    )
  })

  it('learns little from a slow answer, and nothing from an unreadable time', () => {
    answer(0, startMs, 20, 9_000)
    expect(clock.offsetMs).toBe(0)
    clock.hear('20261399000000', startMs, startMs, true)
    clock.hear(undefined, startMs, startMs, true)
    expect(clock.offsetMs).toBe(0)
  })

  it('is not set back by a money call that is answered with its first answer', () => {
    answer(0)
    answer(-600_000, startMs, 20, 20, false)
    expect([clock.offsetMs, clock.isAstray]).toEqual([0, false])
    answer(90_000, startMs, 20, 20, false)
    expect(clock.isAstray).toBe(true)
  })

  it('warns once beyond 2 s, once beyond 60 s, and once when it is in step again', () => {
    for (const offsetMs of [0, 1_500, 5_000, 5_000, 20_000, -90_000, -95_000, 0, 0]) answer(offsetMs)
    expect(warnings).toEqual(['apart', 'astray', 'in step'])
    expect(clock.isAstray).toBe(false)
  })
})
