import type { Identity } from './identity.ts'

/** States of a lock order without refunds and day-end expiry (bank.md §5.1). */
export type LockState = 'PROCESSING' | 'LOCKED' | 'CONFIRMED' | 'CANCELLED' | 'FAIL'

/** One lock and what became of it. */
export interface LockOrder {
  readonly merPtcId: string
  readonly serial: string
  readonly lockNo: string
  readonly accountNo: string
  readonly agreementNo: string
  readonly identity: Identity
  readonly amountFen: number
  readonly visitNo: string
  readonly orderNo: string
  readonly bizScene: string
  readonly createdAtMs: number
  readonly expiresAtMs: number
  state: LockState
  confirmedFen: number
  confirmSerial: string | null
  cancelSerial: string | null
  sysOrderNo: string | null
  finalAtMs: number | null
  acctDate: string | null
  /** A confirm or cancel of this lock that has not become final. */
  processing: boolean
}

/** Lock orders by merchant serial and by the bank's own number. */
export class LockOrders {
  readonly #bySerial = new Map<string, LockOrder>()
  readonly #byNumber = new Map<string, LockOrder>()

  add(order: LockOrder): void {
    this.#bySerial.set(`${order.merPtcId}/${order.serial}`, order)
    this.#byNumber.set(order.lockNo, order)
  }

  /** The bank's own number wins when both are given (bank.md §2.1). */
  find(merPtcId: string, serial: string, lockNo?: string): LockOrder | null {
    if (lockNo === undefined) return this.#bySerial.get(`${merPtcId}/${serial}`) ?? null
    const found = this.#byNumber.get(lockNo)
    return found?.merPtcId === merPtcId ? found : null
  }

  all(): LockOrder[] {
    return [...this.#byNumber.values()]
  }
}
