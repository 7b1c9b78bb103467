import { describe, expect, it } from 'vitest'
import { simulate } from './simulate.ts'

const minutes = 60_000

describe('a simulated day with faults, late requests, outages and crashes', () => {
  it(
    'ends in agreement with the bank for 2,000 payments and more',
    async () => {
      const report = await simulate({
        seed: 20261121,
        payments: 2_000,
        registrations: 500,
        profile: 'NONE',
        faults: true,
      })
      expect(report.violations).toEqual([])
      expect(report.payments).toBeGreaterThanOrEqual(2_000)
      expect(report.crashes).toBeGreaterThanOrEqual(50)
      // The evening was played: HIS was asked, some of what it stated was taken, some locks ended by themselves.
      expect(report.virtualHours).toBeGreaterThan(16)
      expect(report.sweptFen).toBeGreaterThan(0)
      expect(report.states['expired'] ?? 0).toBeGreaterThan(0)
      for (const call of ['hospital:amounts', 'lock', 'confirm', 'cancel', 'postPayQuery', 'querySign']) {
        for (const fate of ['notSent', 'requestLost', 'answerLost', 'straggler']) {
          expect(report.fates[`${call} ${fate}`] ?? 0, `${call} ${fate}`).toBeGreaterThan(0)
        }
      }
    },
    4 * minutes,
  )

  it(
    'ends in agreement when everything is signed and encrypted as at the real bank',
    async () => {
      const report = await simulate({ seed: 3, payments: 120, registrations: 20, profile: 'BOCOM_RSA', faults: true })
      expect(report.violations).toEqual([])
    },
    2 * minutes,
  )

  it(
    'replays byte for byte from its seed',
    async () => {
      const options = { seed: 5, payments: 120, registrations: 40, profile: 'NONE', faults: true } as const
      const [first, second] = [await simulate(options), await simulate(options)]
      const other = await simulate({ ...options, seed: 6 })
      expect(second.traceHash).toBe(first.traceHash)
      expect(other.traceHash).not.toBe(first.traceHash)
    },
    2 * minutes,
  )
})
