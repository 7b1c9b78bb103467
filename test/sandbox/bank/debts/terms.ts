import { addDays, addMonths, date8 } from '../../day.ts'

/** Conditions of the credit, the same for everybody (bank.md §5.7; no source gives the numbers). */
export interface CreditTerms {
  /** Day of the month on which a bill is closed, 1 to 28. */
  readonly statementDay: number
  /** The last interest-free day comes so many days after the statement. */
  readonly dueAfterDays: number
  /** Yearly rate of instalments in percent. */
  readonly annualPercent: number
}

/** Statement on the 25th, due 28 days later: at most 59 days from use to due day, both counted. */
export const DEFAULT_TERMS: CreditTerms = { statementDay: 25, dueAfterDays: 28, annualPercent: 6 }

/** The statement that a use goes into, `yyyyMMdd`: this month's, or the next one's after it has been closed. */
export function statementOf({ statementDay }: CreditTerms, atMs: number): string {
  const day = date8(atMs)
  const thisMonth = day.slice(0, 6) + String(statementDay).padStart(2, '0')
  return day <= thisMonth ? thisMonth : addMonths(thisMonth, 1)
}

/** The last interest-free day of a use. */
export const dueDayOf = (terms: CreditTerms, atMs: number): string =>
  addDays(statementOf(terms, atMs), terms.dueAfterDays)
