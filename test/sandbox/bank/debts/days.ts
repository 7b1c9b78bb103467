import { addDays, date8 } from '../../day.ts'
import type { BankCore } from '../core.ts'
import type { Account } from './debts.ts'
import { isLate, letFall, type Plan } from './plan.ts'

/** A bill that has been turned into instalments. */
export interface Conversion {
  readonly accountNo: string
  readonly plan: Plan
}

/** Interest of the months whose day has come is owed from then on. */
function fallDue(core: BankCore, account: Account, today: string, atMs: number): void {
  for (const plan of account.plans) {
    for (const { interestFen } of letFall(plan, today)) {
      const origin = { atMs, day: today, accountNo: account.accountNo, merPtcId: null, serial: null }
      core.ledger.post('interest', { interestFen }, origin)
    }
  }
}

/** A month that was not paid by its day blocks the quota (bank.md §6.3). */
function markLate(core: BankCore, account: Account, today: string): void {
  if (!account.plans.some((plan) => isLate(plan, today))) return
  account.late = true
  const holder = core.people.findByAgreement(account.accountNo)
  if (holder?.quotaStatus === 'NORMAL') holder.quotaStatus = 'OVERDUE'
}

/** 免息期最后一天次日: what is left of a bill is split by itself (C 二（三）). */
function convert(core: BankCore, account: Account, today: string): Plan[] {
  const over = account.bills.filter((bill) => bill.owedFen > 0 && bill.dueDay < today)
  return over.map((bill) => core.debts.convert(account, bill))
}

/** What the beginning of one day brings to everybody who owes. */
function beginDay(core: BankCore, today: string, atMs: number): Conversion[] {
  return core.debts.all().flatMap((account) => {
    const plans = convert(core, account, today)
    fallDue(core, account, today, atMs)
    markLate(core, account, today)
    return plans.map((plan) => ({ accountNo: account.accountNo, plan }))
  })
}

/** Lives through the days after `lastDay` up to today, one after the other; answers the bills that became instalments. */
export function liveDays(core: BankCore, lastDay: string): Conversion[] {
  const atMs = core.clock.now()
  const today = date8(atMs)
  const conversions: Conversion[] = []
  for (let day = lastDay; day < today;) {
    day = addDays(day, 1)
    conversions.push(...beginDay(core, day, atMs))
  }
  return conversions
}
