import { fenToYuan, timeOf, unknown, type AskAnswer, type Facts, type Outcome } from '@paycare/shared/rules'
import type { CallContent, CallMark } from '../line.ts'
import type { BankClient } from './client.ts'
import { decided, finalRefusal, optional, refs } from './credit-answer.ts'
import { PayQueryReply, PayReply } from './messages.ts'

type Paid = Pick<PayReply, 'sys_order_no' | 'total_amount' | 'acct_date' | 'repay_due_date'>

/** 支付 (`bank.md §3.8`). */
export async function sendPay(
  bank: BankClient,
  identity: object,
  content: CallContent,
  mark: CallMark,
): Promise<Outcome> {
  const { terms } = content
  const body = {
    pay_mer_tran_no: mark.serial,
    mer_trade_date: mark.tradeDate,
    mer_trade_time: timeOf(mark.firstSentAtMs),
    ...identity,
    sign_agr_no: terms['agreementNo'],
    total_amount: fenToYuan(content.amountFen),
    currency: 'CNY',
    biz_scene: terms['scene'],
    inpatient_no: terms['admissionNo'],
    auth_type: terms['authType'],
    auth_ref: terms['authRef'],
    tran_content: '住院费用',
  }
  const answer = await bank.call('pay', content.institution, mark.msgId, body, PayReply)
  return decided(answer, mark, { serial: (b) => b.pay_mer_tran_no, state: (b) => b.pay_state, facts: (b) => paid(b) })
}

/** 支付查询 (`bank.md §3.9`), by the date of the first send. */
export async function askPay(bank: BankClient, content: CallContent, mark: CallMark): Promise<AskAnswer> {
  const body = { pay_mer_tran_no: mark.serial, mer_trade_date: mark.tradeDate }
  const answer = await bank.call('payQuery', content.institution, mark.msgId, body, PayQueryReply)
  if (answer.is !== 'done') return unknown(answer.is)
  if (answer.body.found === 'N') return { is: 'notFound' }
  switch (answer.body.pay_state) {
    case 'SUCCESS':
      return { is: 'succeeded', facts: paid(answer.body) }
    case 'PROCESSING':
      return { is: 'accepted' }
    case 'FAIL':
      return finalRefusal(answer.body.fail_code)
    default:
      return unknown('no pay state')
  }
}

function paid(b: Paid): Facts {
  return {
    ref: refs({ sysOrderNo: b.sys_order_no }),
    ...optional({ amountFen: b.total_amount, acctDate: b.acct_date, repayBy: b.repay_due_date }),
  }
}
