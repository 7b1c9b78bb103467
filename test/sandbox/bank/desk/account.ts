import { SUCCESS_CODE } from '../codes.ts'
import type { BankCore } from '../core.ts'
import { date8, repayDueDate } from '../../day.ts'
import { yuan } from '../../markup.ts'
import type { PrincipalBalance } from '../ledger.ts'
import { announceChange } from './family.ts'
import { standingOf, type DeskParts, type Standing, type Visitor } from './parts.ts'

type Principal = Extract<Standing, { kind: 'principal' }>

/** Balances of a principal with the day by which the oldest unpaid use is due. */
export interface AccountView extends PrincipalBalance {
  /** `yyyyMMdd`, null when nothing is owed. */
  readonly dueDate: string | null
}

/** The instant of the oldest use that repayments have not covered yet. */
function oldestUnpaidMs(core: BankCore, accountNo: string): number | null {
  const uses: { atMs: number; fen: number }[] = []
  let repaidFen = 0
  for (const posting of core.ledger.postings()) {
    if (posting.accountNo !== accountNo) continue
    for (const { account, side, amountFen } of posting.moves) {
      if (account !== 'USED') continue
      if (side === 'debit') uses.push({ atMs: posting.atMs, fen: amountFen })
      else repaidFen += amountFen
    }
  }
  for (const { atMs, fen } of uses) {
    if (repaidFen < fen) return atMs
    repaidFen -= fen
  }
  return null
}

/** The quota as its owner sees it. */
export function accountView(core: BankCore, accountNo: string): AccountView {
  const balance = core.ledger.principals().find((one) => one.accountNo === accountNo)
  if (!balance) throw new Error('no such account')
  const atMs = oldestUnpaidMs(core, accountNo)
  return { ...balance, dueDate: atMs === null ? null : repayDueDate(atMs) }
}

/** Repays at most what is owed; false when the amount does not fit. An overdue quota with nothing owed is in order again. */
export function repay({ core, outbox }: DeskParts, principal: Principal, repayFen: number): boolean {
  const { accountNo, customer } = principal
  const usedFen = core.ledger.balance('USED', accountNo)
  if (repayFen <= 0 || repayFen > usedFen) return false
  const atMs = core.clock.now()
  const serial = core.nextOrderNo('0511')
  core.ledger.post('repay', { repayFen, usedFen }, { atMs, day: date8(atMs), accountNo, merPtcId: null, serial })
  if (repayFen === usedFen && customer.quotaStatus === 'OVERDUE') customer.quotaStatus = 'NORMAL'
  outbox.send(atMs, customer.phone, `您已还款 ${yuan(repayFen)}，“信用就医”待还 ${yuan(usedFen - repayFen)}。`)
  return true
}

/** What stands in the way of ending the agreement, in fen; a lock in PROCESSING counts as locked. */
export interface OpenAmounts {
  readonly usedFen: number
  readonly lockedFen: number
}

/** Looks whether anything is used or locked. */
export function openAmounts({ ledger }: BankCore, accountNo: string): OpenAmounts {
  const lockedFen = ledger.balance('LOCKED', accountNo) + ledger.balance('PENDING', accountNo)
  return { usedFen: ledger.balance('USED', accountNo), lockedFen }
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
