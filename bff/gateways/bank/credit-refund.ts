import { fenToYuan, timeOf, unknown, type AskAnswer, type Facts, type Outcome } from '@paycare/shared/rules'
import type { CallContent, CallMark, EarlierCall } from '../line.ts'
import type { BankClient } from './client.ts'
import { decided, finalRefusal, optional, refs } from './credit-answer.ts'
import { RefundQueryReply, RefundReply } from './messages.ts'

type Refunded = Pick<RefundReply, 'refund_order_no' | 'refund_amount' | 'fund_source' | 'acct_date'>

/** What was paid for, as a refund names it (`bank.md §3.5`). */
const refundScenes: Readonly<Record<string, string>> = {
  OUTP_REG: 'OUTP',
  OUTP_ORDER: 'OUTP',
  VACC: 'VACC',
  INP_DEPOSIT: 'INP_DEPOSIT',
  INP_TOPUP: 'INP_DEPOSIT',
  INP_SETTLE: 'INP_SETTLE',
}

/** 退款 (`bank.md §3.5`): part or all of one confirm or payment. Which balance pays is the bank's decision. */
export async function sendRefund(bank: BankClient, content: CallContent, mark: CallMark): Promise<Outcome> {
  const { terms } = content
  const original = originalOf(content)
  if (!original) throw new Error('nothing to refund')
  const body = {
    refund_mer_tran_no: mark.serial,
    mer_refund_date: mark.tradeDate,
    mer_refund_time: timeOf(mark.firstSentAtMs),
    orig_mer_tran_no: original.serial,
    mer_trade_date: original.tradeDate,
    ...sysOrderNoOf(original),
    amount: fenToYuan(content.amountFen),
    currency: 'CNY',
    refund_scene: refundScenes[terms['scene'] ?? ''],
    ...(terms['requestNo'] === undefined ? {} : { refund_request_no: terms['requestNo'] }),
    tran_content: '退款',
  }
  const answer = await bank.call('refund', content.institution, mark.msgId, body, RefundReply)
  return decided(answer, mark, {
    serial: (b) => b.refund_mer_tran_no,
    state: (b) => b.refund_state,
    facts: (b) => refunded(b),
  })
}

/** 退款查询 (`bank.md §3.6`), by the date that the refund was first sent with, whatever day it is now. */
export async function askRefund(bank: BankClient, content: CallContent, mark: CallMark): Promise<AskAnswer> {
  const body = {
    refund_mer_tran_no: mark.serial,
    mer_refund_date: mark.tradeDate,
    ...sysOrderNoOf(originalOf(content)),
  }
  const answer = await bank.call('refundQuery', content.institution, mark.msgId, body, RefundQueryReply)
  if (answer.is !== 'done') return unknown(answer.is)
  if (answer.body.found === 'N') return { is: 'notFound' }
  switch (answer.body.refund_state) {
    case 'SUCCESS':
      return { is: 'succeeded', facts: refunded(answer.body) }
    case 'PROCESSING':
      return { is: 'accepted' }
    case 'FAIL':
      return finalRefusal(answer.body.fail_code)
    default:
      return unknown('no refund state')
  }
}

/** The call that took the money: a confirm or a payment. */
function originalOf(content: CallContent): EarlierCall | undefined {
  return content.earlier.find((call) => call.step === 'confirm' || call.step === 'pay')
}

function sysOrderNoOf(original: EarlierCall | undefined): { sys_order_no?: string } {
  const sysOrderNo = original?.ref['sysOrderNo']
  return sysOrderNo === undefined ? {} : { sys_order_no: sysOrderNo }
}

function refunded(b: Refunded): Facts {
  return {
    ref: refs({ refundOrderNo: b.refund_order_no, fundSource: b.fund_source }),
    ...optional({ amountFen: b.refund_amount, acctDate: b.acct_date }),
  }
}
