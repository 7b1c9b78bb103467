import { CODE } from './codes.ts'
import type { BankCore } from './core.ts'
import { date8, dateTime14 } from '../day.ts'
import type { LockOrder } from './lock-orders.ts'
import type { Execution } from './operations.ts'
import type { CancelBody } from './schema.ts'
import { refuse, type Verdict } from './verdict.ts'
import { formatYuan } from './yuan.ts'

function releaseExecution(core: BankCore, order: LockOrder, serial: string): Execution {
  return {
    begin() {
      order.processing = true
    },
    apply(nowMs) {
      core.ledger.post(
        'cancel',
        { lockFen: order.amountFen },
        { atMs: nowMs, day: date8(nowMs), accountNo: order.accountNo, merPtcId: order.merPtcId, serial },
      )
      Object.assign(order, {
        state: 'CANCELLED',
        processing: false,
        cancelSerial: serial,
        finalAtMs: nowMs,
      } satisfies Partial<LockOrder>)
      return {
        orig_mer_tran_no: order.serial,
        released_amount: formatYuan(order.amountFen),
        final_time: dateTime14(nowMs),
      }
    },
    abandon() {
      order.processing = false
    },
  }
}

/** The quota is free already: the wish is fulfilled, nothing moves a second time (bank.md §3.4). */
const alreadyReleased = (order: LockOrder): Execution => ({
  begin() {},
  apply: (nowMs) => ({
    orig_mer_tran_no: order.serial,
    already_released: true,
    released_amount: formatYuan(0),
    final_time: dateTime14(nowMs),
  }),
  abandon() {},
})

/** 取消: gives a whole lock back; a confirmed one needs a refund instead (bank.md §6.3). */
export function judgeCancel(core: BankCore, body: CancelBody): Verdict {
  const order = core.locks.find(body.mer_ptc_id, body.orig_mer_tran_no, body.lock_no)
  if (!order) return refuse(CODE.originalNotFound, null)
  if (order.state === 'PROCESSING' || order.processing) return refuse(CODE.earlierProcessing, order)
  if (order.state === 'CANCELLED' || order.state === 'EXPIRED')
    return { code: null, order, execution: alreadyReleased(order) }
  if (order.state !== 'LOCKED') return refuse(CODE.stateForbids, order)
  return { code: null, order, execution: releaseExecution(core, order, body.mer_tran_no) }
}
