import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { equalInstalments, INSTALMENT_MONTHS } from './schedule.ts'

const totals = (principalFen: number, annualPercent: number): number[] =>
  equalInstalments(principalFen, annualPercent, INSTALMENT_MONTHS).map((one) => one.principalFen + one.interestFen)

describe('equal monthly repayment (C 二（三）)', () => {
  it('of ¥3,000.00 at 6 % is ¥508.79 five times, then ¥508.77, together ¥3,052.72', () => {
    expect(totals(300_000, 6)).toEqual([50_879, 50_879, 50_879, 50_879, 50_879, 50_877])
    expect(totals(300_000, 6).reduce((sum, fen) => sum + fen, 0)).toBe(305_272)
  })

  it('without interest is an equal part, the last month taking what is left', () => {
    expect(totals(1_000, 0)).toEqual([167, 167, 167, 167, 167, 165])
  })

  it('gives the principal back to the fen, never a negative part, whatever amount and rate', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000_000 }),
        fc.double({ min: 0, max: 36, noNaN: true }),
        (fen, rate) => {
          const shares = equalInstalments(fen, rate, INSTALMENT_MONTHS)
          expect(shares.reduce((sum, one) => sum + one.principalFen, 0)).toBe(fen)
          for (const one of shares) expect(Math.min(one.principalFen, one.interestFen)).toBeGreaterThanOrEqual(0)
          const sums = shares.slice(0, -1).map((one) => one.principalFen + one.interestFen)
          if (fen > 1_000) expect(Math.max(...sums) - Math.min(...sums)).toBe(0)
        },
      ),
    )
  })
})
