import { describe, expect, it } from 'vitest'
import { matrix, missing } from './coverage.ts'
import { daysOf, playDays } from './shards.ts'
import { simulate } from './simulate.ts'

const minutes = 60_000

describe('simulated days with two processes, faults, late requests, outages, freezes and crashes', () => {
  it(
    'end in agreement with the bank for 20,000 payments, having met every fault at every call and every edge',
    async () => {
      const { counts, violations, days } = await playDays(daysOf(1, 20_000, true), 2)
      expect(violations).toEqual([])
      expect(missing(counts), matrix(counts)).toEqual([])
      // The evenings were played: HIS was asked, some of what it stated was taken, some locks ended by themselves.
      expect(Math.min(...days.map((day) => day.virtualHours))).toBeGreaterThan(16)
      expect(Math.min(...days.map((day) => day.sweptFen))).toBeGreaterThan(0)
      expect(Math.min(...days.map((day) => day.counts['payments ended expired'] ?? 0))).toBeGreaterThan(0)
    },
    20 * minutes,
  )

  it(
    'replay byte for byte from their seed',
    async () => {
      const options = { seed: 5, payments: 100, registrations: 30, profile: 'NONE', faults: true } as const
      const [first, second] = [await simulate(options), await simulate(options)]
      const other = await simulate({ ...options, seed: 6 })
      expect(second.traceHash).toBe(first.traceHash)
      expect(other.traceHash).not.toBe(first.traceHash)
    },
    2 * minutes,
  )
})
