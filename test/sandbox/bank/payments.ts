import type { Identity } from './identity.ts'

/** Interfaces that deduct: a confirmed lock or a direct payment (bank.md §3.3, §3.8). */
export type PaymentKind = 'confirm' | 'pay'

/** One deduction that succeeded, and what of it was given back. Amounts in fen. */
export interface Payment {
  readonly kind: PaymentKind
  readonly merPtcId: string
  readonly serial: string
  /** The date sent with it. */
  readonly tradeDate: string
  readonly sysOrderNo: string
  readonly accountNo: string
  readonly agreementNo: string
  readonly identity: Identity
  readonly role: 'PRINCIPAL' | 'SHARER'
  readonly amountFen: number
  readonly bizScene: string
  /** Visit or inpatient number; empty where HIS gave none. */
  readonly visitNo: string
  readonly content: string
  /** The lock that was confirmed; null for a direct payment. */
  readonly lock: { readonly serial: string; readonly lockNo: string } | null
  readonly atMs: number
  /** The bank's accounting day T. */
  readonly acctDate: string
  refundedFen: number
  /** Refunds in PROCESSING, which count towards the cap as if they had succeeded (bank.md §5.3). */
  openRefundFen: number
}

/** What may still be given back. */
export const refundableFen = (payment: Payment): number =>
  payment.amountFen - payment.refundedFen - payment.openRefundFen

const keyOf = ({ kind, merPtcId, serial, tradeDate }: Pick<Payment, 'kind' | 'merPtcId' | 'serial' | 'tradeDate'>) =>
  `${kind}/${merPtcId}/${serial}/${tradeDate}`

/** Deductions by the hospital's serial and date, and by the bank's own number. */
export class Payments {
  readonly #bySerial = new Map<string, Payment>()
  readonly #byNumber = new Map<string, Payment>()

  add(payment: Payment): void {
    this.#bySerial.set(keyOf(payment), payment)
    this.#byNumber.set(payment.sysOrderNo, payment)
  }

  find(kind: PaymentKind, merPtcId: string, serial: string, tradeDate: string): Payment | null {
    return this.#bySerial.get(keyOf({ kind, merPtcId, serial, tradeDate })) ?? null
  }

  byNumber(sysOrderNo: string): Payment | null {
    return this.#byNumber.get(sysOrderNo) ?? null
  }

  all(): Payment[] {
    return [...this.#byNumber.values()]
  }
}
