import type { BankCore } from './core.ts'
import { dateTime14 } from '../day.ts'
import { dueDayOf } from './debts/terms.ts'
import type { Identity } from './identity.ts'
import type { BusinessAnswer } from './money-calls.ts'
import type { Operation, OperationGroup } from './operations.ts'
import { countQuery, failMembers, isHidden, success } from './query-parts.ts'
import type { PostPayQueryBody } from './schema.ts'
import { formatYuan } from './yuan.ts'

const GROUPS: Readonly<Record<PostPayQueryBody['query_type'], OperationGroup>> = {
  LOCK: 'lock',
  CONFIRM: 'confirm',
  CANCEL: 'cancel',
}

/** 签约查询: an unknown person and a wrong name both read UNSIGNED (bank.md §3.1). */
export function querySign(core: BankCore, identity: Identity): BusinessAnswer {
  const customer = core.people.findByIdentity(identity)
  const holder = customer && core.people.quotaHolder(customer)
  const unbound = customer?.role === 'SHARER' && !holder
  if (!customer || unbound) return success(core, 'querySign', { sign_status: 'UNSIGNED' })
  if (customer.signStatus !== 'SIGNED' || customer.agreementNo === null || !holder) {
    return success(core, 'querySign', { sign_status: customer.signStatus })
  }
  return success(core, 'querySign', {
    sign_status: 'SIGNED',
    sign_agr_no: customer.agreementNo,
    user_role: customer.role ?? 'PRINCIPAL',
    ...(customer.familyRef === null ? {} : { family_ref: customer.familyRef }),
    quota_status: holder.quotaStatus,
    ...(customer.signDate === null ? {} : { sign_date: customer.signDate }),
    ...(core.options.revealAvailable && customer.role === 'PRINCIPAL'
      ? { avail_amount: formatYuan(core.ledger.balance('AVAILABLE', customer.agreementNo)) }
      : {}),
  })
}

function findOperation(core: BankCore, body: PostPayQueryBody): Operation | null {
  const group = GROUPS[body.query_type]
  const named = group === 'lock' && body.lock_no !== undefined
  const serial = named ? core.locks.find(body.mer_ptc_id, body.mer_tran_no, body.lock_no)?.serial : body.mer_tran_no
  if (serial === undefined) return null
  const operation = core.operations.find(body.mer_ptc_id, group, serial, body.mer_trade_date)
  return operation?.tradeDate === body.mer_trade_date ? operation : null
}

function lockMembers(core: BankCore, operation: Operation): Record<string, string> {
  const order = operation.order
  if (!order) return {}
  const cancelling = operation.group === 'cancel' && operation.state === 'PROCESSING'
  const members: Record<string, string> = {
    lock_status: cancelling ? 'PROCESSING' : order.state,
    lock_amount: formatYuan(order.amountFen),
    done_refund_amount: formatYuan(core.payments.byNumber(order.sysOrderNo ?? '')?.refundedFen ?? 0),
  }
  if (order.expiresAtMs !== null) members['lock_expire_time'] = dateTime14(order.expiresAtMs)
  if (order.state !== 'FAIL' && order.state !== 'PROCESSING') members['lock_no'] = order.lockNo
  if (order.finalAtMs !== null) members['final_time'] = dateTime14(order.finalAtMs)
  if (order.acctDate !== null) members['acct_date'] = order.acctDate
  if (order.sysOrderNo !== null) members['sys_order_no'] = order.sysOrderNo
  if (order.state === 'CONFIRMED') {
    if (order.finalAtMs !== null) members['repay_due_date'] = dueDayOf(core.debts.terms, order.finalAtMs)
    members['confirm_amount'] = formatYuan(order.confirmedFen)
    members['released_amount'] = formatYuan(order.amountFen - order.confirmedFen)
  }
  if (order.state === 'CANCELLED' || order.state === 'EXPIRED') members['released_amount'] = formatYuan(order.amountFen)
  return members
}

/**
 * 医后付查询: the fate of a lock, confirm or cancel; an unknown serial is `found=N`, never an error.
 * `cancel_state` is ours: §3.10 gives no field that tells a failed cancel from one that never came.
 */
export function postPayQuery(core: BankCore, body: PostPayQueryBody, lagMs: number): BusinessAnswer {
  const operation = findOperation(core, body)
  if (!operation || isHidden(core, operation, lagMs)) {
    return success(core, 'postPayQuery', { found: 'N', mer_tran_no: body.mer_tran_no })
  }
  countQuery(core, operation)
  return success(core, 'postPayQuery', {
    found: 'Y',
    mer_tran_no: operation.serial,
    ...lockMembers(core, operation),
    ...(operation.group === 'confirm' ? { confirm_state: operation.state } : {}),
    ...(operation.group === 'cancel' ? { cancel_state: operation.state } : {}),
    ...failMembers(operation),
  })
}
