import { dateTime14 } from '../../day.ts'
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
}

const amountMembers = (operation: Operation): Record<string, string> => {
  const order = operation.order
  if (!order) return {}
  if (operation.group === 'lock') return { lock_amount: formatYuan(order.amountFen) }
  const releasedFen = order.amountFen - order.confirmedFen
  if (operation.group === 'cancel') return { released_amount: formatYuan(releasedFen) }
  return { confirm_amount: formatYuan(operation.amountFen ?? 0), released_amount: formatYuan(releasedFen) }
}

/** The end of a lock, confirm or cancel; of one still in PROCESSING it tells the end that is coming. */
export function operationNotice(operation: Operation, nowMs: number): Notice {
  const { pending, order } = operation
  const final = pending ? pending.final : operation.state
  const ok = final === 'SUCCESS'
  const failCode = pending ? pending.failCode : operation.code
  return {
    type: RESULT_TYPE[operation.group],
    merPtcId: operation.merPtcId,
    state: ok ? 'SUCCESS' : 'FAIL',
    code: ok ? SUCCESS_CODE : failCode,
    finalAtMs: nowMs,
    members: {
      mer_tran_no: operation.serial,
      ...(order && ok ? { lock_no: order.lockNo } : {}),
      ...(order?.sysOrderNo && ok ? { sys_order_no: order.sysOrderNo } : {}),
      ...(ok ? amountMembers(operation) : {}),
    },
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
