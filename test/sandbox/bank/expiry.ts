import { date8, endOfDay } from '../day.ts'
import { CODE } from './codes.ts'
import type { BankCore } from './core.ts'
import type { LockOrder } from './lock-orders.ts'
import type { Notice } from './notify/notice.ts'
import { formatYuan } from './yuan.ts'

const HOUR_MS = 3_600_000

/** When a lock ends by itself: at T 24:00, so many hours after it was asked for, or only by hand (bank.md §1.2 H2). */
export type LockExpiry = 'DAY_END' | 'MANUAL' | `HOURS:${number}`

/** Null: never by itself. */
export function expiryOf(policy: LockExpiry, nowMs: number): number | null {
  if (policy === 'MANUAL') return null
  return policy === 'DAY_END' ? endOfDay(nowMs) : nowMs + Number(policy.slice('HOURS:'.length)) * HOUR_MS
}

/** Lets a lock go that nobody confirmed or cancelled: the quota is free again (bank.md §5.1). */
export function expire(core: BankCore, order: LockOrder, atMs: number): void {
  const { accountNo, merPtcId, serial } = order
  core.ledger.post('expire', { lockFen: order.amountFen }, { atMs, day: date8(atMs), accountNo, merPtcId, serial })
  Object.assign(order, { state: 'EXPIRED', finalAtMs: atMs } satisfies Partial<LockOrder>)
}

/** Ends what is over; a lock whose confirm or cancel is in PROCESSING waits for that. Answers the locks that ended. */
export function expireDue(core: BankCore): LockOrder[] {
  const due = core.locks.takeDue(core.clock.now())
  for (const order of due) expire(core, order, order.expiresAtMs ?? core.clock.now())
  return due
}

/** What the hospital is told of a lock that ended by itself (bank.md §3.15). */
export function expiryNotice(order: LockOrder): Notice {
  return {
    type: 'LOCK_EXPIRED',
    merPtcId: order.merPtcId,
    state: 'SUCCESS',
    code: CODE.lockExpired,
    finalAtMs: order.finalAtMs ?? order.createdAtMs,
    members: { mer_tran_no: order.serial, lock_no: order.lockNo, released_amount: formatYuan(order.amountFen) },
    identity: null,
  }
}
