import { addDays, addMonths, daysBetween } from '../../day.ts'
import { equalInstalments, INSTALMENT_MONTHS } from './schedule.ts'

/** One month of a plan. Amounts in fen. */
export interface Instalment {
  readonly no: number
  readonly dueDay: string
  principalFen: number
  interestFen: number
  paidPrincipalFen: number
  paidInterestFen: number
  /** Its day has come: interest is owed from then on. */
  fallen: boolean
}

/** A bill that was not repaid in time, split into equal months (C 二（三）). */
export interface Plan {
  readonly planNo: string
  readonly statement: string
  readonly principalFen: number
  readonly annualPercent: number
  /** 起息日: the day after the last interest-free day. */
  readonly startDay: string
  /** 到期日. */
  readonly maturityDay: string
  /** Day of the month, the same for every month. */
  readonly repaymentDay: number
  instalments: Instalment[]
}

/** What ending a plan today costs: what is due already, the rest of the principal, and interest to date. */
export interface Settlement {
  readonly principalFen: number
  readonly interestFen: number
}

/** Every month has a 28th. */
const LAST_COMMON_DAY = 28

/** A plan for what is left of a bill whose last interest-free day has passed. */
export function newPlan(
  planNo: string,
  bill: { readonly statement: string; readonly dueDay: string; readonly owedFen: number },
  annualPercent: number,
): Plan {
  const repaymentDay = Math.min(Number(bill.dueDay.slice(6)), LAST_COMMON_DAY)
  const anchor = bill.dueDay.slice(0, 6) + String(repaymentDay).padStart(2, '0')
  const shares = equalInstalments(bill.owedFen, annualPercent, INSTALMENT_MONTHS)
  return {
    planNo,
    statement: bill.statement,
    principalFen: bill.owedFen,
    annualPercent,
    startDay: addDays(bill.dueDay, 1),
    maturityDay: addMonths(anchor, INSTALMENT_MONTHS),
    repaymentDay,
    instalments: shares.map((share, at) => ({
      ...share,
      no: at + 1,
      dueDay: addMonths(anchor, at + 1),
      paidPrincipalFen: 0,
      paidInterestFen: 0,
      fallen: false,
    })),
  }
}

const restOf = (row: Instalment): number => row.principalFen - row.paidPrincipalFen
const interestOf = (row: Instalment): number => (row.fallen ? row.interestFen - row.paidInterestFen : 0)
const sum = (rows: readonly Instalment[], of: (row: Instalment) => number): number =>
  rows.reduce((total, row) => total + of(row), 0)

/** A month with something left to pay, now or later. */
export const isOpen = (row: Instalment): boolean => restOf(row) + row.interestFen - row.paidInterestFen > 0

/** Principal that has not come back yet. */
export const outstandingFen = (plan: Plan): number => sum(plan.instalments, restOf)

/** What is due by now and unpaid. */
export function dueOf(plan: Plan): Settlement {
  const fallen = plan.instalments.filter((row) => row.fallen)
  return { principalFen: sum(fallen, restOf), interestFen: sum(fallen, interestOf) }
}

/** A month whose day has passed unpaid. */
export const isLate = (plan: Plan, today: string): boolean =>
  plan.instalments.some((row) => row.dueDay < today && row.fallen && restOf(row) + interestOf(row) > 0)

/** The months whose day has come, to be booked by the caller. */
export function letFall(plan: Plan, today: string): Instalment[] {
  const rows = plan.instalments.filter((row) => !row.fallen && row.dueDay <= today)
  for (const row of rows) row.fallen = true
  return rows
}

/** Pays what is due, oldest month first, interest before principal; answers what it took. */
export function payDue(plan: Plan, amountFen: number): Settlement {
  let leftFen = amountFen
  let interestFen = 0
  for (const row of plan.instalments.filter((one) => one.fallen)) {
    const interest = Math.min(leftFen, interestOf(row))
    const principal = Math.min(leftFen - interest, restOf(row))
    row.paidInterestFen += interest
    row.paidPrincipalFen += principal
    interestFen += interest
    leftFen -= interest + principal
  }
  return { interestFen, principalFen: amountFen - leftFen - interestFen }
}

/** Interest of the running month by days; a day counts once it is over. */
function interestToDate(plan: Plan, today: string): number {
  const future = plan.instalments.filter((row) => !row.fallen)
  const next = future[0]
  if (!next) return 0
  const last = plan.instalments.findLast((row) => row.fallen)
  const from = last ? last.dueDay : plan.startDay
  const days = Math.min(Math.max(daysBetween(from, today), 0), daysBetween(from, next.dueDay))
  return Math.round((sum(future, restOf) * plan.annualPercent * days) / (1200 * daysBetween(from, next.dueDay)))
}

/** 提前结清: all that is left, with interest to date. */
export function settlementOf(plan: Plan, today: string): Settlement {
  const due = dueOf(plan)
  return { principalFen: outstandingFen(plan), interestFen: due.interestFen + interestToDate(plan, today) }
}

/** Ends a plan that has been paid off early: the months to come are dropped. */
export function closePlan(plan: Plan): void {
  plan.instalments = plan.instalments.filter((row) => row.fallen)
  for (const row of plan.instalments) {
    row.paidPrincipalFen = row.principalFen
    row.paidInterestFen = row.interestFen
  }
}

/**
 * A refund after the conversion (bank.md §5.7): takes off the principal that is due, then the principal to come, and computes the months to come anew.
 * Answers how much it could use.
 */
export function reducePrincipal(plan: Plan, amountFen: number): number {
  let leftFen = amountFen
  for (const row of plan.instalments.filter((one) => one.fallen)) {
    const principal = Math.min(leftFen, restOf(row))
    row.paidPrincipalFen += principal
    leftFen -= principal
  }
  const future = plan.instalments.filter((row) => !row.fallen)
  const taken = Math.min(leftFen, sum(future, restOf))
  if (taken > 0) recompute(plan, future, taken)
  return amountFen - leftFen + taken
}

function recompute(plan: Plan, future: readonly Instalment[], takenFen: number): void {
  const balanceFen = sum(future, restOf) - takenFen
  if (balanceFen === 0) {
    plan.instalments = plan.instalments.filter((row) => row.fallen)
    return
  }
  const shares = equalInstalments(balanceFen, plan.annualPercent, future.length)
  for (const [at, row] of future.entries()) Object.assign(row, shares[at])
}
