import { dateTime14 } from '../../day.ts'
import type { BankCore } from '../core.ts'
import { messageOf, SUCCESS_CODE } from '../codes.ts'
import type { Identity } from '../identity.ts'
import type { Operation, OperationGroup } from '../operations.ts'
import type { CryptoProfile } from '../profile.ts'
import { formatYuan } from '../yuan.ts'

/** Types of notification that this bank sends (bank.md §3.15). */
export const noticeTypes = [
  'SIGN_RESULT',
  'SIGN_TERMINATED',
  'FAMILY_CHANGED',
  'LOCK_RESULT',
  'CONFIRM_RESULT',
  'CANCEL_RESULT',
  'LOCK_EXPIRED',
  'PAY_RESULT',
  'REFUND_RESULT',
  'BILL_READY',
] as const
/** Type of a notification. */
export type NoticeType = (typeof noticeTypes)[number]

/** Something worth telling the product, before it has a number, a signature and an envelope. */
export interface Notice {
  readonly type: NoticeType
  readonly merPtcId: string
  readonly state: 'SUCCESS' | 'FAIL'
  readonly code: string
  readonly finalAtMs: number
  readonly members: Readonly<Record<string, string>>
  /** With a person in it the notification goes out encrypted, form B. */
  readonly identity: Identity | null
}

const RESULT_TYPE: Readonly<Record<OperationGroup, NoticeType>> = {
  lock: 'LOCK_RESULT',
  confirm: 'CONFIRM_RESULT',
  cancel: 'CANCEL_RESULT',
  pay: 'PAY_RESULT',
  refund: 'REFUND_RESULT',
}

function lockMembers({ group, order, amountFen }: Operation): Record<string, string> {
  if (!order) return {}
  const numbers = {
    lock_no: order.lockNo,
    ...(order.sysOrderNo === null ? {} : { sys_order_no: order.sysOrderNo }),
  }
  if (group === 'lock') return { ...numbers, lock_amount: formatYuan(order.amountFen) }
  const releasedFen = order.amountFen - order.confirmedFen
  if (group === 'cancel') return { ...numbers, released_amount: formatYuan(releasedFen) }
  return { ...numbers, confirm_amount: formatYuan(amountFen ?? 0), released_amount: formatYuan(releasedFen) }
}

function payMembers(core: BankCore, operation: Operation): Record<string, string> {
  const payment = core.payments.find('pay', operation.merPtcId, operation.serial, operation.tradeDate)
  return {
    total_amount: formatYuan(operation.amountFen ?? 0),
    ...(payment ? { sys_order_no: payment.sysOrderNo } : {}),
  }
}

function refundMembers(core: BankCore, operation: Operation): Record<string, string> {
  const refund = core.refunds.find(operation.merPtcId, operation.serial, operation.tradeDate)
  if (!refund) return {}
  const coming = operation.pending ? refund.amountFen : 0
  const doneFen = operation.pending ? refund.payment.refundedFen + coming : refund.doneFen
  return {
    refund_order_no: refund.refundOrderNo,
    refund_amount: formatYuan(refund.amountFen),
    done_refund_amount: formatYuan(doneFen),
    fund_source: refund.source,
  }
}

/** What stands in a notification whatever the outcome. */
function serialMembers({ group, serial }: Operation): Record<string, string> {
  if (group === 'refund') return { refund_mer_tran_no: serial }
  return group === 'pay' ? { tran_type: 'PAY', mer_tran_no: serial } : { mer_tran_no: serial }
}

function successMembers(core: BankCore, operation: Operation): Record<string, string> {
  if (operation.group === 'refund') return refundMembers(core, operation)
  return operation.group === 'pay' ? payMembers(core, operation) : lockMembers(operation)
}

/** The end of an operation (bank.md §3.15); of one still in PROCESSING it tells the end that is coming. */
export function operationNotice(core: BankCore, operation: Operation, nowMs: number): Notice {
  const { pending } = operation
  const final = pending ? pending.final : operation.state
  const ok = final === 'SUCCESS'
  const failCode = pending ? pending.failCode : operation.code
  return {
    type: RESULT_TYPE[operation.group],
    merPtcId: operation.merPtcId,
    state: ok ? 'SUCCESS' : 'FAIL',
    code: ok ? SUCCESS_CODE : failCode,
    finalAtMs: nowMs,
    members: { ...serialMembers(operation), ...(ok ? successMembers(core, operation) : {}) },
    identity: null,
  }
}

/** The JSON text of the content (bank.md §3.15); identity inside is sealed once more. */
export function noticeText(profile: CryptoProfile, notice: Notice, notifyId: string, nowMs: number): string {
  const { identity } = notice
  return JSON.stringify({
    notify_id: notifyId,
    notify_type: notice.type,
    notify_time: dateTime14(nowMs),
    mer_ptc_id: notice.merPtcId,
    tran_state: notice.state,
    tran_state_code: notice.code,
    tran_state_msg: messageOf(notice.code),
    final_time: dateTime14(notice.finalAtMs),
    ...(identity && {
      cus_name: profile.sealIdentity(identity.name),
      cert_type: identity.certType,
      cert_no: profile.sealIdentity(identity.certNo),
    }),
    ...notice.members,
  })
}
