import { describe, expect, it } from 'vitest'
import { startOfDay } from '../../day.ts'
import { DEFAULT_TERMS, dueDayOf, statementOf } from './terms.ts'

describe('interest-free days', () => {
  it.each([
    ['20260725', '20260725', '20260822'],
    ['20260726', '20260825', '20260922'],
    ['20261226', '20270125', '20270222'],
    ['20261121', '20261125', '20261223'],
  ])('of a use on %s: statement %s, free up to %s', (day, statement, due) => {
    expect([statementOf(DEFAULT_TERMS, startOfDay(day)), dueDayOf(DEFAULT_TERMS, startOfDay(day))]).toEqual([
      statement,
      due,
    ])
  })

  it('are 59 at most, the days of use and of repayment both counted', () => {
    const lengths = Array.from({ length: 730 }, (_, at) => {
      const atMs = startOfDay('20260101') + at * 86_400_000
      return (startOfDay(dueDayOf(DEFAULT_TERMS, atMs)) - atMs) / 86_400_000 + 1
    })
    expect([Math.max(...lengths), Math.min(...lengths)]).toEqual([59, 29])
  })

  it('follow the configured statement day and distance', () => {
    const terms = { statementDay: 5, dueAfterDays: 20, annualPercent: 6 }
    expect(dueDayOf(terms, startOfDay('20261106'))).toBe('20261225')
  })
})
