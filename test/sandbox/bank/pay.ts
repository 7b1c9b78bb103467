import { bookPayment } from './booking.ts'
import type { BankCore } from './core.ts'
import { date8, dateTime14 } from '../day.ts'
import { dueDayOf } from './debts/terms.ts'
import { drawingRefusal } from './drawing.ts'
import type { Identity } from './identity.ts'
import type { Execution } from './operations.ts'
import type { Payment } from './payments.ts'
import type { Customer } from './people.ts'
import type { PayBody } from './schema.ts'
import { refuse, type Verdict } from './verdict.ts'
import { formatYuan } from './yuan.ts'

function paymentOf(core: BankCore, body: PayBody, identity: Identity, customer: Customer, nowMs: number): Payment {
  return {
    kind: 'pay',
    merPtcId: body.mer_ptc_id,
    serial: body.pay_mer_tran_no,
    tradeDate: body.mer_trade_date,
    sysOrderNo: core.nextOrderNo('0511'),
    accountNo: customer.accountNo ?? '',
    agreementNo: body.sign_agr_no,
    identity,
    role: customer.role ?? 'PRINCIPAL',
    amountFen: body.total_amount,
    bizScene: body.biz_scene,
    visitNo: body.inpatient_no ?? '',
    content: body.tran_content ?? '',
    lock: null,
    atMs: nowMs,
    acctDate: date8(nowMs),
    refundedFen: 0,
    openRefundFen: 0,
  }
}

/** In PROCESSING the amount is kept back, so that nobody else can use it up meanwhile. */
function payExecution(core: BankCore, body: PayBody, identity: Identity, customer: Customer): Execution {
  const payFen = body.total_amount
  const accountNo = customer.accountNo ?? ''
  const origin = (atMs: number) => ({
    atMs,
    day: date8(atMs),
    accountNo,
    merPtcId: body.mer_ptc_id,
    serial: body.pay_mer_tran_no,
  })
  return {
    begin() {
      core.ledger.post('keepBack', { lockFen: payFen }, origin(core.clock.now()))
    },
    apply(nowMs, begun) {
      const payment = paymentOf(core, body, identity, customer, nowMs)
      const overpaidFen = core.ledger.balance('OVERPAID', accountNo)
      core.ledger.post(begun ? 'payKeptBack' : 'pay', { payFen, overpaidFen }, origin(nowMs))
      bookPayment(core, payment, payFen - Math.min(payFen, overpaidFen))
      return {
        sys_order_no: payment.sysOrderNo,
        total_amount: formatYuan(payFen),
        final_time: dateTime14(nowMs),
        acct_date: payment.acctDate,
        repay_due_date: dueDayOf(core.debts.terms, nowMs),
      }
    },
    abandon(nowMs, begun) {
      if (begun) core.ledger.post('giveBack', { lockFen: payFen }, origin(nowMs))
    },
  }
}

/** 支付: deducts at once what the quota covers in full (C 二（四）2（1）, bank.md §6.3); the check before it was only advice. */
export function judgePay(core: BankCore, body: PayBody, identity: Identity): Verdict {
  const { mer_ptc_id: merPtcId, sign_agr_no: agreementNo, total_amount: amountFen } = body
  const code = drawingRefusal(core, { merPtcId, agreementNo, amountFen, identity })
  if (code !== null) return refuse(code)
  const customer = core.people.findByAgreement(agreementNo)
  if (!customer) throw new Error('an allowed payment has a customer')
  return { code: null, order: null, execution: payExecution(core, body, identity, customer) }
}
