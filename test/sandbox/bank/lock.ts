import type { BankCore } from './core.ts'
import { date8, dateTime14 } from '../day.ts'
import { drawingRefusal } from './drawing.ts'
import { expiryOf } from './expiry.ts'
import type { Identity } from './identity.ts'
import type { LockOrder } from './lock-orders.ts'
import type { Execution } from './operations.ts'
import type { Customer } from './people.ts'
import type { LockBody } from './schema.ts'
import type { Verdict } from './verdict.ts'
import { formatYuan } from './yuan.ts'

function newOrder(core: BankCore, body: LockBody, identity: Identity, customer: Customer | null): LockOrder {
  const nowMs = core.clock.now()
  return {
    merPtcId: body.mer_ptc_id,
    serial: body.mer_tran_no,
    lockNo: core.nextOrderNo('0509'),
    accountNo: customer?.accountNo ?? '',
    role: customer?.role ?? 'PRINCIPAL',
    agreementNo: body.sign_agr_no,
    identity,
    amountFen: body.lock_amount,
    visitNo: body.visit_no,
    orderNo: body.order_no,
    bizScene: body.biz_scene,
    content: body.tran_content ?? '',
    createdAtMs: nowMs,
    expiresAtMs: expiryOf(core.options.lockExpiry ?? 'DAY_END', nowMs),
    state: 'FAIL',
    confirmedFen: 0,
    confirmSerial: null,
    cancelSerial: null,
    sysOrderNo: null,
    finalAtMs: null,
    acctDate: null,
    processing: false,
  }
}

function lockExecution(core: BankCore, order: LockOrder): Execution {
  const facts = { lockFen: order.amountFen }
  const origin = (atMs: number) => ({
    atMs,
    day: date8(atMs),
    accountNo: order.accountNo,
    merPtcId: order.merPtcId,
    serial: order.serial,
  })
  return {
    begin() {
      core.ledger.post('keepBack', facts, origin(core.clock.now()))
      order.state = 'PROCESSING'
    },
    apply(nowMs, begun) {
      core.ledger.post(begun ? 'lockKeptBack' : 'lock', facts, origin(nowMs))
      order.state = 'LOCKED'
      return {
        lock_no: order.lockNo,
        lock_amount: formatYuan(order.amountFen),
        lock_time: dateTime14(nowMs),
        ...(order.expiresAtMs === null ? {} : { lock_expire_time: dateTime14(order.expiresAtMs) }),
      }
    },
    abandon(nowMs, begun) {
      if (begun) core.ledger.post('giveBack', facts, origin(nowMs))
      order.state = 'FAIL'
      order.finalAtMs = nowMs
    },
  }
}

/** 开单即锁额: over the available quota means refused, other locks are untouched (C 二（一）3, bank.md §6.3). */
export function judgeLock(core: BankCore, body: LockBody, identity: Identity): Verdict {
  const { mer_ptc_id: merPtcId, sign_agr_no: agreementNo, lock_amount: amountFen } = body
  const code = drawingRefusal(core, { merPtcId, agreementNo, amountFen, identity })
  const customer = core.people.findByAgreement(agreementNo)
  const order = newOrder(core, body, identity, customer)
  core.locks.add(order)
  return { code, order, execution: lockExecution(core, order) }
}
