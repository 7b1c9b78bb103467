import { timeOf, type LineRule } from '@paycare/shared/rules'
import type { CallContent, CallMark, Line } from '../line.ts'
import type { BankClient } from './client.ts'
import { identityBlock, type OpenIdentity } from './credit-answer.ts'
import { askPay, sendPay } from './credit-direct.ts'
import { askHold, sendCancel, sendConfirm, sendLock } from './credit-hold.ts'
import { askRefund, sendRefund } from './credit-refund.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute

/** `bank.md §4.2` poll plan and the two quiet times of `engine.md §9`. */
export const creditRule: LineRule = {
  askPlanMs: [
    ...[2, 5, 10, 30, 60].map((s) => s * second),
    ...Array.from({ length: 11 }, () => 5 * minute),
    ...Array.from({ length: 12 }, () => hour),
  ],
  resendAfterMs: 30 * second,
  concludeAfterMs: 10 * minute,
  retryAfterMs: 5 * minute,
  // A lock ends at T 24:00: 23:58, 23:45, 22:00 to 22:45, 23:15 to 23:30, five minutes of age (`bank.md §5.2`, docs/decisions.md).
  dayCut: {
    guardMs: 2 * minute,
    raiseMs: 15 * minute,
    sweepMs: 2 * hour,
    spreadMs: 45 * minute,
    lastPassMs: 45 * minute,
    youngMs: 5 * minute,
  },
}

/** The rule with the institution's own guard before the end of a lock, where one is set. */
export function creditRuleOf(guardMs: number | undefined): LineRule {
  const { dayCut } = creditRule
  return guardMs === undefined || !dayCut ? creditRule : { ...creditRule, dayCut: { ...dayCut, guardMs } }
}

/** “信用就医” as a line of the engine: each call, and the query that resolves it (`bank.md §4.2`). */
export function creditLine(bank: BankClient, openIdentity: OpenIdentity, rule: LineRule = creditRule): Line {
  const identity = (content: CallContent) => identityBlock(bank, openIdentity, content)
  return {
    rule,
    clock: bank.bankClock,
    serialLetters: { lock: 'L', confirm: 'C', cancel: 'X', pay: 'P', refund: 'R' },
    send: async (step, content, mark) => {
      switch (step) {
        case 'lock':
          return sendLock(bank, { ...headOf(mark), ...(await identity(content)) }, content, mark)
        case 'confirm':
          return sendConfirm(bank, { ...headOf(mark), ...(await identity(content)) }, content, mark)
        case 'cancel':
          return sendCancel(bank, headOf(mark), content, mark)
        case 'pay':
          return sendPay(bank, await identity(content), content, mark)
        case 'refund':
          return sendRefund(bank, content, mark)
      }
    },
    ask: (step, content, mark) => {
      if (step === 'pay') return askPay(bank, content, mark)
      if (step === 'refund') return askRefund(bank, content, mark)
      return askHold(bank, step, content, mark)
    },
  }
}

/** The serial and its date: of the first send, for ever. */
function headOf(mark: CallMark) {
  return {
    mer_tran_no: mark.serial,
    mer_trade_date: mark.tradeDate,
    mer_trade_time: timeOf(mark.firstSentAtMs),
  }
}
