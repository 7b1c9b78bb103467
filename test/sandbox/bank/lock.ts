import { CODE } from './codes.ts'
import type { BankCore } from './core.ts'
import { date8, dateTime14 } from '../day.ts'
import { expiryOf } from './expiry.ts'
import type { Identity } from './identity.ts'
import type { LockOrder } from './lock-orders.ts'
import type { Execution } from './operations.ts'
import { sameIdentity, type Customer } from './people.ts'
import type { LockBody } from './schema.ts'
import type { Verdict } from './verdict.ts'
import { formatYuan } from './yuan.ts'

function refusal(core: BankCore, body: LockBody, identity: Identity, customer: Customer | null): string | null {
  if (!core.merchants.isActive(body.mer_ptc_id)) return CODE.merchantUnknown
  if (customer?.signStatus === 'TERMINATED') return CODE.terminated
  if (customer?.signStatus !== 'SIGNED') return CODE.notSigned
  if (customer.agreementNo !== body.sign_agr_no) return CODE.terminated
  if (!sameIdentity(customer, identity)) return CODE.identityMismatch
  const holder = core.people.quotaHolder(customer)
  if (!holder || holder.agreementNo === null) return CODE.sharerLinkMissing
  if (holder.quotaStatus !== 'NORMAL') return CODE.quotaBlocked
  const available = core.ledger.balance('AVAILABLE', holder.agreementNo)
  return body.lock_amount > available ? CODE.quotaInsufficient : null
}

function newOrder(core: BankCore, body: LockBody, identity: Identity, accountNo: string): LockOrder {
  const nowMs = core.clock.now()
  return {
    merPtcId: body.mer_ptc_id,
    serial: body.mer_tran_no,
    lockNo: core.nextOrderNo('0509'),
    accountNo,
    agreementNo: body.sign_agr_no,
    identity,
    amountFen: body.lock_amount,
    visitNo: body.visit_no,
    orderNo: body.order_no,
    bizScene: body.biz_scene,
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
  const customer = core.people.findByAgreement(body.sign_agr_no)
  const code = refusal(core, body, identity, customer)
  const order = newOrder(core, body, identity, customer?.accountNo ?? '')
  core.locks.add(order)
  return { code, order, execution: lockExecution(core, order) }
}
