import type { BankCore } from './core.ts'
import { date8, endOfDay, startOfDay } from '../day.ts'
import { SUGGESTED_RESERVE_FEN, type MerchantInput } from './merchants.ts'
import { settle } from './money-calls.ts'
import type { RefundOrder } from './refunds.ts'

/** One payment of the bank to a hospital: what a day came to, refunds from its receivable taken off. */
export interface Clearing {
  readonly merPtcId: string
  /** The accounting day that is cleared. */
  readonly day: string
  readonly amountFen: number
  readonly atMs: number
}

/** Registers a hospital; whoever gets a reserve for the first time deposits what its tier suggests (C 二（一）5). */
export function putMerchant(core: BankCore, merchant: MerchantInput): void {
  if (core.merchants.put(merchant)) depositReserve(core, merchant.merPtcId, SUGGESTED_RESERVE_FEN[merchant.tier])
}

/** A hospital pays into its 退款预留金额. */
export function depositReserve(core: BankCore, merPtcId: string, amountFen: number): void {
  if (!core.merchants.hasReserve(merPtcId)) throw new Error('this merchant keeps no reserve')
  const atMs = core.clock.now()
  const origin = { atMs, day: date8(atMs), accountNo: null, merPtcId, serial: null }
  core.ledger.post('depositReserve', { fundFen: amountFen }, origin)
}

/** A refund that draws on a day's receivable belongs to that day, so it is decided before the day is cleared. */
function decideRefunds(core: BankCore, isOver: (day: string) => boolean): void {
  for (const operation of core.operations.pending()) {
    if (operation.group !== 'refund') continue
    const refund = core.refunds.find(operation.merPtcId, operation.serial, operation.tradeDate)
    if (refund && refund.source !== 'RESERVE' && isOver(refund.fundDay)) {
      settle(core, operation, lastInstant(core, refund))
    }
  }
}

const lastInstant = (core: BankCore, { fundDay }: RefundOrder): number =>
  Math.min(endOfDay(startOfDay(fundDay)) - 1, core.clock.now())

/**
 * T+1 (C 二（一）4): every day that is over is paid to its hospital, net of the refunds drawn from it. `today` clears the day that is still running
 * as well, which the control plane may ask for; what comes in after that is cleared at the day's change.
 */
export function clearDays(core: BankCore, today = false): Clearing[] {
  const atMs = core.clock.now()
  const running = date8(atMs)
  const isOver = (day: string): boolean => day < running || (today && day === running)
  decideRefunds(core, isOver)
  const cleared: Clearing[] = []
  for (const { merPtcId } of core.merchants.all()) {
    const days = core.ledger.merchant(merPtcId).receivableFen
    for (const [day, amountFen] of Object.entries(days)) {
      if (amountFen === 0 || !isOver(day)) continue
      const origin = { atMs, day, accountNo: null, merPtcId, serial: null }
      core.ledger.post('clear', { fundFen: amountFen }, origin)
      cleared.push({ merPtcId, day, amountFen, atMs })
    }
  }
  return cleared
}
