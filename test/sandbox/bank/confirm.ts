import { CODE } from './codes.ts'
import type { BankCore } from './core.ts'
import { bookPayment } from './booking.ts'
import { date8, dateTime14 } from '../day.ts'
import { dueDayOf } from './debts/terms.ts'
import type { Identity } from './identity.ts'
import type { LockOrder } from './lock-orders.ts'
import type { Execution } from './operations.ts'
import type { Payment } from './payments.ts'
import { sameIdentity } from './people.ts'
import type { ConfirmBody } from './schema.ts'
import { refuse, type Verdict } from './verdict.ts'
import { formatYuan } from './yuan.ts'

function refusal(order: LockOrder, body: ConfirmBody, identity: Identity): string | null {
  if (!sameIdentity(order.identity, identity)) return CODE.identityMismatch
  if (order.state === 'PROCESSING' || order.processing) return CODE.earlierProcessing
  if (order.state === 'EXPIRED') return CODE.lockExpired
  if (order.state !== 'LOCKED') return CODE.stateForbids
  return body.confirm_amount > order.amountFen ? CODE.amountAboveLock : null
}

function paymentOf(core: BankCore, order: LockOrder, body: ConfirmBody, nowMs: number): Payment {
  const { merPtcId, accountNo, agreementNo, identity, role, bizScene, visitNo, content, serial, lockNo } = order
  return {
    kind: 'confirm',
    merPtcId,
    serial: body.mer_tran_no,
    tradeDate: body.mer_trade_date,
    sysOrderNo: core.nextOrderNo('0510'),
    accountNo,
    agreementNo,
    identity,
    role,
    amountFen: body.confirm_amount,
    bizScene,
    visitNo,
    content,
    lock: { serial, lockNo },
    atMs: nowMs,
    acctDate: date8(nowMs),
    refundedFen: 0,
    openRefundFen: 0,
  }
}

function confirmExecution(core: BankCore, order: LockOrder, body: ConfirmBody): Execution {
  const confirmFen = body.confirm_amount
  return {
    begin() {
      order.processing = true
    },
    apply(nowMs) {
      const day = date8(nowMs)
      const overpaidFen = core.ledger.balance('OVERPAID', order.accountNo)
      core.ledger.post(
        'confirm',
        { lockFen: order.amountFen, confirmFen, overpaidFen },
        { atMs: nowMs, day, accountNo: order.accountNo, merPtcId: order.merPtcId, serial: body.mer_tran_no },
      )
      const payment = paymentOf(core, order, body, nowMs)
      const { sysOrderNo } = payment
      bookPayment(core, payment, confirmFen - Math.min(confirmFen, overpaidFen))
      Object.assign(order, {
        state: 'CONFIRMED',
        processing: false,
        confirmedFen: confirmFen,
        confirmSerial: body.mer_tran_no,
        sysOrderNo,
        finalAtMs: nowMs,
        acctDate: day,
      } satisfies Partial<LockOrder>)
      return {
        orig_mer_tran_no: order.serial,
        sys_order_no: sysOrderNo,
        confirm_amount: formatYuan(confirmFen),
        released_amount: formatYuan(order.amountFen - confirmFen),
        final_time: dateTime14(nowMs),
        acct_date: day,
        repay_due_date: dueDayOf(core.debts.terms, nowMs),
      }
    },
    abandon() {
      order.processing = false
    },
  }
}

/** 扣除: at most the locked amount; what is left of the lock goes back in the same step (C 二（一）3, bank.md §5.1). */
export function judgeConfirm(core: BankCore, body: ConfirmBody, identity: Identity): Verdict {
  const order = core.locks.find(body.mer_ptc_id, body.orig_mer_tran_no, body.lock_no)
  if (!order) return refuse(CODE.originalNotFound, null)
  const code = refusal(order, body, identity)
  return code === null ? { code, order, execution: confirmExecution(core, order, body) } : refuse(code, order)
}
