import type { Account } from './debts/debts.ts'
import { maskIdentity } from './identity.ts'
import type { Clearing } from './clearing.ts'
import type { MerchantBalance, Posting, PrincipalBalance } from './ledger.ts'
import type { LockOrder, LockState } from './lock-orders.ts'
import type { Payment } from './payments.ts'
import type { RefundOrder } from './refunds.ts'

/** One row of `bank.locks()`. */
export interface LockView {
  readonly merPtcId: string
  readonly serial: string
  readonly lockNo: string
  readonly state: LockState
  readonly amountFen: number
  readonly confirmedFen: number
  readonly confirmSerial: string | null
  readonly cancelSerial: string | null
  readonly processing: boolean
  readonly visitNo: string
  readonly orderNo: string
  readonly bizScene: string
  readonly accountNo: string
  readonly agreementNo: string
  readonly identity: string
  readonly createdAtMs: number
  readonly expiresAtMs: number | null
  readonly finalAtMs: number | null
  readonly acctDate: string | null
}

/** One row of `bank.payments()`: a confirm or a direct payment that succeeded. */
export type PaymentView = Omit<Payment, 'identity' | 'lock'> & {
  readonly identity: string
  readonly lockSerial: string | null
}

/** One row of `bank.refunds()`, those in PROCESSING among them; one that was declined at once has no row. */
export type RefundView = Omit<RefundOrder, 'payment'> & {
  readonly origSerial: string
  readonly sysOrderNo: string
  readonly accountNo: string
}

/** The ledger as the control plane shows it; `debts` are what residents owe, by bill and plan. */
export interface LedgerView {
  readonly principals: readonly PrincipalBalance[]
  readonly merchants: readonly MerchantBalance[]
  readonly postings: readonly Posting[]
  readonly clearings: readonly Clearing[]
  readonly debts: readonly Account[]
}

/** A lock without the person's name. */
export function lockView(order: LockOrder): LockView {
  const { merPtcId, serial, lockNo, state, amountFen, confirmedFen, confirmSerial, cancelSerial, processing } = order
  const { visitNo, orderNo, bizScene, accountNo, agreementNo, createdAtMs, expiresAtMs, finalAtMs, acctDate } = order
  return {
    merPtcId,
    serial,
    lockNo,
    state,
    amountFen,
    confirmedFen,
    confirmSerial,
    cancelSerial,
    processing,
    visitNo,
    orderNo,
    bizScene,
    accountNo,
    agreementNo,
    createdAtMs,
    expiresAtMs,
    finalAtMs,
    acctDate,
    identity: maskIdentity(order.identity),
  }
}

/** A payment without the person's name. */
export const paymentView = ({ identity, lock, ...rest }: Payment): PaymentView => ({
  ...rest,
  identity: maskIdentity(identity),
  lockSerial: lock?.serial ?? null,
})

/** A refund with the numbers of its original. */
export const refundView = ({ payment, ...rest }: RefundOrder): RefundView => ({
  ...rest,
  origSerial: payment.serial,
  sysOrderNo: payment.sysOrderNo,
  accountNo: payment.accountNo,
})
