import { CODE } from './codes.ts'
import type { BankCore } from './core.ts'
import { date8, dateTime14 } from '../day.ts'
import { drawingRefusal } from './drawing.ts'
import type { Identity } from './identity.ts'
import type { BusinessAnswer } from './money-calls.ts'
import type { AnswerBody, Operation } from './operations.ts'
import { countQuery, declined, failMembers, isHidden, success } from './query-parts.ts'
import { refundMembers } from './refund.ts'
import type { HeldAmountQueryBody, PayCheckBody, PayQueryBody, RefundQueryBody } from './schema.ts'
import { formatYuan } from './yuan.ts'

/** 支付校验 answers in words of its own where a payment would be declined (bank.md §3.7). */
const CHECK_RESULT: Readonly<Record<string, string>> = {
  [CODE.notSigned]: 'UNSIGNED',
  [CODE.terminated]: 'UNSIGNED',
  [CODE.sharerLinkMissing]: 'UNSIGNED',
  [CODE.quotaBlocked]: 'FROZEN',
  [CODE.quotaInsufficient]: 'INSUFFICIENT',
}

/** 支付校验: whether the quota covers the amount in full right now; nothing is held (C 二（四）2（1）, bank.md §1.2 H16). */
export function payCheck(core: BankCore, body: PayCheckBody, identity: Identity): BusinessAnswer {
  const { mer_ptc_id: merPtcId, sign_agr_no: agreementNo, total_amount: amountFen } = body
  const code = drawingRefusal(core, { merPtcId, agreementNo, amountFen, identity })
  const result = code === null ? 'PASS' : CHECK_RESULT[code]
  if (result === undefined) return declined(core, 'payCheck', code ?? '')
  return success(core, 'payCheck', { check_result: result, check_time: dateTime14(core.clock.now()) })
}

const known = (operation: Operation | null, sentDate: string): Operation | null =>
  operation?.tradeDate === sentDate ? operation : null

/** The bank's own number wins where it is given (bank.md §2.1). */
function findPay(core: BankCore, body: PayQueryBody): Operation | null {
  const { mer_ptc_id: merPtcId, sys_order_no: sysOrderNo } = body
  if (sysOrderNo === undefined) {
    const { pay_mer_tran_no: serial, mer_trade_date: date } = body
    return known(core.operations.find(merPtcId, 'pay', serial, date), date)
  }
  const payment = core.payments.byNumber(sysOrderNo)
  if (payment?.kind !== 'pay' || payment.merPtcId !== merPtcId) return null
  return core.operations.find(merPtcId, 'pay', payment.serial, payment.tradeDate)
}

function payMembers(core: BankCore, operation: Operation): AnswerBody {
  const payment = core.payments.find('pay', operation.merPtcId, operation.serial, operation.tradeDate)
  const members = { pay_state: operation.state, total_amount: formatYuan(operation.amountFen ?? 0) }
  if (!payment) return { ...members, ...failMembers(operation) }
  return {
    ...members,
    sys_order_no: payment.sysOrderNo,
    done_refund_amount: formatYuan(payment.refundedFen),
    final_time: dateTime14(payment.atMs),
    acct_date: payment.acctDate,
  }
}

/** 支付查询 (C 四（一）): an unknown serial is `found=N`, never an error. */
export function payQuery(core: BankCore, body: PayQueryBody, lagMs: number): BusinessAnswer {
  const operation = findPay(core, body)
  if (!operation || isHidden(core, operation, lagMs)) {
    return success(core, 'payQuery', { found: 'N', pay_mer_tran_no: body.pay_mer_tran_no })
  }
  countQuery(core, operation)
  return success(core, 'payQuery', {
    found: 'Y',
    pay_mer_tran_no: operation.serial,
    ...payMembers(core, operation),
  })
}

/** 退款查询 (C 四（三）) by the date that was sent with the refund; a number of the original that does not fit finds nothing. */
export function refundQuery(core: BankCore, body: RefundQueryBody, lagMs: number): BusinessAnswer {
  const { mer_ptc_id: merPtcId, refund_mer_tran_no: serial, mer_refund_date: date } = body
  const operation = known(core.operations.find(merPtcId, 'refund', serial, date), date)
  const refund = core.refunds.find(merPtcId, serial, date)
  const misfit = body.sys_order_no !== undefined && refund !== null && refund.payment.sysOrderNo !== body.sys_order_no
  if (!operation || misfit || isHidden(core, operation, lagMs)) {
    return success(core, 'refundQuery', { found: 'N', refund_mer_tran_no: serial })
  }
  countQuery(core, operation)
  return success(core, 'refundQuery', {
    found: 'Y',
    refund_mer_tran_no: serial,
    refund_state: operation.state,
    ...(refund && operation.state === 'SUCCESS' ? refundMembers(refund) : {}),
    ...failMembers(operation),
  })
}

/**
 * 暂收金额查询 (C 四（五）): what the merchant number holds now. `refundable_balance` is what a refund of an earlier day could use,
 * which is the reserve where there is one.
 */
export function heldAmountQuery(core: BankCore, body: HeldAmountQueryBody): BusinessAnswer {
  const merPtcId = body.mer_ptc_id
  if (!core.merchants.has(merPtcId)) return declined(core, 'heldAmountQuery', CODE.merchantUnknown)
  const nowMs = core.clock.now()
  const todayFen = core.ledger.receivableFen(merPtcId, date8(nowMs))
  const reserveFen = core.ledger.reserveFen(merPtcId)
  const hasReserve = core.merchants.hasReserve(merPtcId)
  const mayFallBack = core.options.refundPolicy === 'RESERVE_THEN_RECEIVABLE'
  const reservedFen = mayFallBack ? Math.max(reserveFen, todayFen) : reserveFen
  return success(core, 'heldAmountQuery', {
    query_time: dateTime14(nowMs),
    total_balance: formatYuan(todayFen + reserveFen),
    receivable_today: formatYuan(todayFen),
    reserve_balance: formatYuan(reserveFen),
    reserve_enabled: hasReserve ? 'Y' : 'N',
    refundable_balance: formatYuan(hasReserve ? reservedFen : todayFen),
    pending_settle_amount: formatYuan(todayFen),
  })
}
