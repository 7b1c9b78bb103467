import { CODE } from './codes.ts'
import type { BankCore } from './core.ts'
import type { Payment } from './payments.ts'
import type { FundSource } from './refunds.ts'

/** What a hospital with a reserve falls back to when the reserve is short: nothing, as the source has it, or the receivable (bank.md §1.2 H8). */
export type RefundPolicy = 'SEED_STRICT' | 'RESERVE_THEN_RECEIVABLE'

/** The source that a refund draws on in whole, or the code that refuses it. */
export type SourceChoice =
  | { readonly code: null; readonly source: FundSource }
  | { readonly code: string; readonly source: null }

const SHORT: SourceChoice = { code: CODE.refundBalanceShort, source: null }

/**
 * Table 1 (C 二（一）5): on day T from the day's receivable; later from the reserve where the hospital has one, else from the receivable of the
 * refund's own day, since that of earlier days has been cleared. Too little means that nothing moves at all.
 */
export function chooseSource(core: BankCore, payment: Payment, amountFen: number, today: string): SourceChoice {
  const { merPtcId } = payment
  const receivableFits = core.ledger.receivableFen(merPtcId, today) >= amountFen
  if (payment.acctDate === today) return receivableFits ? { code: null, source: 'TODAY_RECEIVABLE' } : SHORT
  const hasReserve = core.merchants.hasReserve(merPtcId)
  if (hasReserve && core.ledger.reserveFen(merPtcId) >= amountFen) return { code: null, source: 'RESERVE' }
  const mayUseReceivable = !hasReserve || core.options.refundPolicy === 'RESERVE_THEN_RECEIVABLE'
  return mayUseReceivable && receivableFits ? { code: null, source: 'RECEIVABLE' } : SHORT
}
