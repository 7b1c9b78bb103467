import type { Identity } from './identity.ts'

/** States of a lock order without refunds (bank.md §5.1). */
export type LockState = 'PROCESSING' | 'LOCKED' | 'CONFIRMED' | 'CANCELLED' | 'EXPIRED' | 'FAIL'

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
  /** Whose quota it was when the lock was made (C 二（二）). */
  readonly role: 'PRINCIPAL' | 'SHARER'
  readonly content: string
  readonly createdAtMs: number
  /** Null: it never ends by itself. */
  readonly expiresAtMs: number | null
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

const isOpen = ({ state }: LockOrder): boolean => state === 'LOCKED' || state === 'PROCESSING'

/** Lock orders by merchant serial and by the bank's own number. */
export class LockOrders {
  readonly #bySerial = new Map<string, LockOrder>()
  readonly #byNumber = new Map<string, LockOrder>()
  /** Orders that may still end by themselves; the finished ones are thrown out when it is looked through. */
  readonly #waiting = new Set<LockOrder>()
  /** Before this instant there is nothing to look for. */
  #nextMs = Number.POSITIVE_INFINITY

  add(order: LockOrder): void {
    this.#bySerial.set(`${order.merPtcId}/${order.serial}`, order)
    this.#byNumber.set(order.lockNo, order)
    if (order.expiresAtMs === null) return
    this.#waiting.add(order)
    this.#nextMs = Math.min(this.#nextMs, order.expiresAtMs)
  }

  /** Takes out the locks whose time is over. One with an operation in PROCESSING stays until that has come to its end. */
  takeDue(nowMs: number): LockOrder[] {
    if (nowMs < this.#nextMs) return []
    const due: LockOrder[] = []
    this.#nextMs = Number.POSITIVE_INFINITY
    for (const order of this.#waiting) {
      const expiresAtMs = order.expiresAtMs ?? Number.POSITIVE_INFINITY
      const isDue = expiresAtMs <= nowMs && order.state === 'LOCKED' && !order.processing
      if (isDue) due.push(order)
      if (isDue || !isOpen(order)) this.#waiting.delete(order)
      else this.#nextMs = Math.min(this.#nextMs, expiresAtMs)
    }
    return due
  }

  /** When the next lock ends by itself; null when none does. */
  nextExpiryAtMs(): number | null {
    const open = [...this.#waiting].filter(isOpen).flatMap((order) => order.expiresAtMs ?? [])
    return open.length === 0 ? null : Math.min(...open)
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
