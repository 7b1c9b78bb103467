import { SUCCESS_CODE } from '../codes.ts'
import type { BankCore } from '../core.ts'
import { date8 } from '../../day.ts'
import { nextDueDay, payableNow } from '../debts/debts.ts'
import { repayNow, settlementFen, settlePlan } from '../debts/repayment.ts'
import { yuan } from '../../markup.ts'
import type { PrincipalBalance } from '../ledger.ts'
import { announceChange } from './family.ts'
import { standingOf, type DeskParts, type Standing, type Visitor } from './parts.ts'

type Principal = Extract<Standing, { kind: 'principal' }>

/** Balances of a principal with the day by which the next repayment is due. */
export interface AccountView extends PrincipalBalance {
  /** `yyyyMMdd`, null when nothing is owed. */
  readonly dueDate: string | null
  /** Bills and what is due of instalments; instalments to come are no part of it. */
  readonly payableFen: number
}

/** The quota as its owner sees it. */
export function accountView(core: BankCore, accountNo: string): AccountView {
  const balance = core.ledger.principals().find((one) => one.accountNo === accountNo)
  if (!balance) throw new Error('no such account')
  const account = core.debts.account(accountNo)
  const payable = payableNow(account)
  return { ...balance, dueDate: nextDueDay(account), payableFen: payable.principalFen + payable.interestFen }
}

/** Repays at most what is payable now; false when the amount does not fit. A quota that was overdue is in order again once it may be. */
export function repay({ core, outbox }: DeskParts, { accountNo, customer }: Principal, repayFen: number): boolean {
  if (!repayNow(core, accountNo, repayFen)) return false
  const left = payableNow(core.debts.account(accountNo))
  const leftFen = left.principalFen + left.interestFen
  outbox.send(core.clock.now(), customer.phone, `您已还款 ${yuan(repayFen)}，“信用就医”待还 ${yuan(leftFen)}。`)
  return true
}

/** 提前结清 of one plan (C 二（三）); null when there is no such plan with anything left. */
export function settleEarly({ core, outbox }: DeskParts, principal: Principal, planNo: string): number | null {
  const { accountNo, customer } = principal
  const plan = core.debts.account(accountNo).plans.find((one) => one.planNo === planNo)
  if (!plan || settlementFen(core, plan) === 0) return null
  const paidFen = settlePlan(core, accountNo, plan)
  outbox.send(core.clock.now(), customer.phone, `您的“信用就医”分期已提前结清，还款 ${yuan(paidFen)}。`)
  return paidFen
}

/** What stands in the way of ending the agreement, in fen: interest counts as used, a lock in PROCESSING as locked. */
export interface OpenAmounts {
  readonly usedFen: number
  readonly lockedFen: number
}

/** Looks whether anything is used or locked. */
export function openAmounts({ ledger }: BankCore, accountNo: string): OpenAmounts {
  const lockedFen = ledger.balance('LOCKED', accountNo) + ledger.balance('PENDING', accountNo)
  const usedFen = ledger.balance('USED', accountNo) + ledger.balance('INTEREST', accountNo)
  return { usedFen, lockedFen }
}

/** 解约: refused while anything is used or locked (bank.md §3.14); a family ends with it. */
export function terminate(parts: DeskParts, visitor: Visitor): boolean {
  const { core, outbox } = parts
  const standing = standingOf(core, visitor.identity.certNo)
  if (standing.kind !== 'principal') return false
  const { usedFen, lockedFen } = openAmounts(core, standing.accountNo)
  if (usedFen + lockedFen > 0) return false
  const { customer, accountNo } = standing
  const atMs = core.clock.now()
  for (const sharer of core.people.sharersOf(customer)) {
    core.people.unbindSharer(sharer.certNo)
    announceChange(parts, visitor.merPtcId, sharer, 'REMOVED')
    outbox.send(atMs, sharer.phone, `您使用的亲情付额度已随主体人解约而停止。`)
  }
  const limitFen = core.ledger.balance('LIMIT', accountNo)
  core.ledger.post('close', { limitFen }, { atMs, day: date8(atMs), accountNo, merPtcId: null, serial: null })
  core.people.change(customer.certNo, { signStatus: 'TERMINATED' })
  outbox.send(atMs, customer.phone, '您的“信用就医”已解约，未使用的额度同时失效。')
  parts.announce({
    type: 'SIGN_TERMINATED',
    merPtcId: visitor.merPtcId,
    state: 'SUCCESS',
    code: SUCCESS_CODE,
    finalAtMs: atMs,
    members: { sign_agr_no: accountNo, user_role: 'PRINCIPAL', sign_status: 'TERMINATED', change: 'TERMINATED' },
    identity: visitor.identity,
  })
  return true
}
