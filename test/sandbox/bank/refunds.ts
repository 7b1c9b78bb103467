import type { Payment } from './payments.ts'

/** Which money of the hospital a refund draws on (C 二（一）5 table 1). */
export type FundSource = 'TODAY_RECEIVABLE' | 'RESERVE' | 'RECEIVABLE'

/** One refund that the bank has accepted. Amounts in fen. */
export interface RefundOrder {
  readonly merPtcId: string
  readonly serial: string
  /** `mer_refund_date` as sent. */
  readonly refundDate: string
  readonly refundOrderNo: string
  readonly payment: Payment
  readonly amountFen: number
  readonly source: FundSource
  readonly scene: string
  readonly requestNo: string | null
  readonly content: string
  /** The day whose receivable it draws on. */
  readonly fundDay: string
  state: 'SUCCESS' | 'PROCESSING' | 'FAIL'
  finalAtMs: number | null
  acctDate: string | null
  /** What had been given back of the payment when this one was done, itself included. */
  doneFen: number
}

const keyOf = (merPtcId: string, serial: string, refundDate: string) => `${merPtcId}/${serial}/${refundDate}`

/** Refunds by serial and the date sent with them. */
export class Refunds {
  readonly #bySerial = new Map<string, RefundOrder>()

  add(refund: RefundOrder): void {
    this.#bySerial.set(keyOf(refund.merPtcId, refund.serial, refund.refundDate), refund)
  }

  find(merPtcId: string, serial: string, refundDate: string): RefundOrder | null {
    return this.#bySerial.get(keyOf(merPtcId, serial, refundDate)) ?? null
  }

  all(): RefundOrder[] {
    return [...this.#bySerial.values()]
  }
}
