import { date8 } from '../../day.ts'
import type { BankCore } from '../core.ts'
import { payableNow } from './debts.ts'
import { closePlan, dueOf, isLate, settlementOf, type Plan, type Settlement } from './plan.ts'

const totalOf = ({ principalFen, interestFen }: Settlement): number => principalFen + interestFen

function post(core: BankCore, accountNo: string, paid: Settlement): void {
  const atMs = core.clock.now()
  const serial = core.nextOrderNo('0513')
  const origin = { atMs, day: date8(atMs), accountNo, merPtcId: null, serial }
  const usedFen = core.ledger.balance('USED', accountNo)
  core.ledger.post('payInterest', { interestFen: paid.interestFen }, origin)
  core.ledger.post('repay', { repayFen: paid.principalFen, usedFen }, origin)
}

/** A quota blocked for an overdue month is free once no month is overdue; one blocked otherwise once nothing is payable. */
function reopen(core: BankCore, accountNo: string): void {
  const account = core.debts.account(accountNo)
  const holder = core.people.findByAgreement(accountNo)
  if (holder?.quotaStatus !== 'OVERDUE') return
  const today = date8(core.clock.now())
  const stillLate = account.plans.some((plan) => isLate(plan, today))
  if (account.late ? stillLate : totalOf(payableNow(account)) > 0) return
  account.late = false
  holder.quotaStatus = 'NORMAL'
}

/** Repays at most what is payable now; false when the amount does not fit. */
export function repayNow(core: BankCore, accountNo: string, amountFen: number): boolean {
  if (amountFen <= 0 || amountFen > totalOf(payableNow(core.debts.account(accountNo)))) return false
  post(core, accountNo, core.debts.repay(accountNo, amountFen))
  reopen(core, accountNo)
  return true
}

/** What 提前结清 of a plan costs today, in fen. */
export const settlementFen = (core: BankCore, plan: Plan): number =>
  totalOf(settlementOf(plan, date8(core.clock.now())))

/** 提前结清 (C 二（三）): the whole plan with interest to date; answers what was paid. */
export function settlePlan(core: BankCore, accountNo: string, plan: Plan): number {
  const atMs = core.clock.now()
  const today = date8(atMs)
  const paid = settlementOf(plan, today)
  const toDateFen = paid.interestFen - dueOf(plan).interestFen
  core.ledger.post(
    'interest',
    { interestFen: toDateFen },
    { atMs, day: today, accountNo, merPtcId: null, serial: null },
  )
  closePlan(plan)
  post(core, accountNo, paid)
  reopen(core, accountNo)
  return totalOf(paid)
}
