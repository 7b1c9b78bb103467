import { bookRefund } from './booking.ts'
import { CODE } from './codes.ts'
import type { BankCore } from './core.ts'
import { date8, dateTime14 } from '../day.ts'
import type { AnswerBody, Execution } from './operations.ts'
import { refundableFen, type Payment, type PaymentKind } from './payments.ts'
import { chooseSource } from './refund-source.ts'
import type { FundSource, RefundOrder } from './refunds.ts'
import type { RefundBody } from './schema.ts'
import { refuse, type Verdict } from './verdict.ts'
import { formatYuan } from './yuan.ts'

/** A serial may stand for a confirm and a payment; the scene says which is meant. */
function kindsOf(body: RefundBody): readonly PaymentKind[] {
  return body.refund_scene.startsWith('INP') ? ['pay', 'confirm'] : ['confirm', 'pay']
}

/** The original by the bank's number, which wins, or by serial and day (bank.md §3.5); a code when it cannot be refunded. */
function findOriginal(core: BankCore, body: RefundBody): Payment | string {
  const { mer_ptc_id: merPtcId, orig_mer_tran_no: serial, mer_trade_date: tradeDate } = body
  if (body.sys_order_no !== undefined) {
    const payment = core.payments.byNumber(body.sys_order_no)
    return payment?.merPtcId === merPtcId ? payment : CODE.originalNotFound
  }
  for (const kind of kindsOf(body)) {
    const payment = core.payments.find(kind, merPtcId, serial, tradeDate)
    if (payment) return payment
  }
  const tried = kindsOf(body).map((kind) => core.operations.find(merPtcId, kind, serial, tradeDate))
  return tried.some((one) => one?.tradeDate === tradeDate) ? CODE.stateForbids : CODE.originalNotFound
}

/** Members of an answer that has come to its end. */
export function refundMembers(refund: RefundOrder): AnswerBody {
  return {
    orig_mer_tran_no: refund.payment.serial,
    sys_order_no: refund.payment.sysOrderNo,
    refund_order_no: refund.refundOrderNo,
    refund_amount: formatYuan(refund.amountFen),
    done_refund_amount: formatYuan(refund.doneFen),
    total_amount: formatYuan(refund.payment.amountFen),
    fund_source: refund.source,
    ...(refund.finalAtMs === null ? {} : { final_time: dateTime14(refund.finalAtMs) }),
    ...(refund.acctDate === null ? {} : { acct_date: refund.acctDate }),
  }
}

function newRefund(core: BankCore, body: RefundBody, payment: Payment, source: FundSource): RefundOrder {
  return {
    merPtcId: body.mer_ptc_id,
    serial: body.refund_mer_tran_no,
    refundDate: body.mer_refund_date,
    refundOrderNo: core.nextOrderNo('0512'),
    payment,
    amountFen: body.amount,
    source,
    scene: body.refund_scene,
    requestNo: body.refund_request_no ?? null,
    content: body.tran_content ?? '',
    fundDay: date8(core.clock.now()),
    state: 'PROCESSING',
    finalAtMs: null,
    acctDate: null,
    doneFen: payment.refundedFen,
  }
}

/** In PROCESSING the money is taken out of its source, so that it is there when the refund succeeds. */
function refundExecution(core: BankCore, refund: RefundOrder): Execution {
  const { payment, amountFen, merPtcId, serial } = refund
  const { accountNo } = payment
  const fromReserve = refund.source === 'RESERVE'
  const origin = (atMs: number) => ({ atMs, day: refund.fundDay, accountNo, merPtcId, serial })
  return {
    begin() {
      const event = fromReserve ? 'holdReserve' : 'holdReceivable'
      core.ledger.post(event, { fundFen: amountFen }, origin(core.clock.now()))
      payment.openRefundFen += amountFen
    },
    apply(nowMs, begun) {
      const usedFen = core.ledger.balance('USED', accountNo)
      const direct = fromReserve ? 'refundReserve' : 'refundReceivable'
      core.ledger.post(begun ? 'refundHeld' : direct, { refundFen: amountFen, usedFen }, origin(nowMs))
      if (begun) payment.openRefundFen -= amountFen
      Object.assign(refund, {
        state: 'SUCCESS',
        finalAtMs: nowMs,
        acctDate: date8(nowMs),
        doneFen: payment.refundedFen + amountFen,
      } satisfies Partial<RefundOrder>)
      bookRefund(core, refund, Math.min(amountFen, usedFen), nowMs)
      return refundMembers(refund)
    },
    abandon(nowMs, begun) {
      Object.assign(refund, { state: 'FAIL', finalAtMs: nowMs } satisfies Partial<RefundOrder>)
      if (!begun) return
      payment.openRefundFen -= amountFen
      const event = fromReserve ? 'freeReserve' : 'freeReceivable'
      core.ledger.post(event, { fundFen: amountFen }, origin(nowMs))
    },
  }
}

/** 退款: partial, repeated or full, never above what is left of the payment; a blocked quota does not stop it (bank.md §5.3, §6.3). */
export function judgeRefund(core: BankCore, body: RefundBody): Verdict {
  const payment = findOriginal(core, body)
  if (typeof payment === 'string') return refuse(payment)
  if (body.amount > refundableFen(payment)) return refuse(CODE.refundAboveRest)
  const choice = chooseSource(core, payment, body.amount, date8(core.clock.now()))
  if (choice.code !== null) return refuse(choice.code)
  const refund = newRefund(core, body, payment, choice.source)
  core.refunds.add(refund)
  return { code: null, order: null, execution: refundExecution(core, refund) }
}
