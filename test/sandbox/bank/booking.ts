import type { BankCore } from './core.ts'
import type { Payment } from './payments.ts'
import type { RefundOrder } from './refunds.ts'

/** What follows from a deduction: it can be refunded, stands in the hospital's bill of the day and is owed by the resident. */
export function bookPayment(core: BankCore, payment: Payment, owedFen: number): void {
  const { amountFen, atMs } = payment
  core.payments.add(payment)
  core.debts.use(payment.accountNo, atMs, owedFen)
  core.books.add(payment.merPtcId, payment.acctDate, {
    type: payment.kind === 'pay' ? 'PAY' : 'CONFIRM',
    atMs,
    serial: payment.serial,
    orderNo: payment.sysOrderNo,
    origSerial: payment.lock?.serial ?? '',
    origOrderNo: payment.lock?.lockNo ?? '',
    amountFen,
    netFen: amountFen,
    fundSource: '',
    bizScene: payment.bizScene,
    visitNo: payment.visitNo,
    role: payment.role,
    agreementNo: payment.agreementNo,
    content: payment.content,
  })
}

/** What follows from a refund: drawn from the reserve it does not touch the day's net amount (bank.md §3.11). */
export function bookRefund(core: BankCore, refund: RefundOrder, owedFen: number, atMs: number): void {
  const { payment, amountFen, source } = refund
  payment.refundedFen += amountFen
  core.debts.refund(payment.accountNo, payment.atMs, owedFen)
  core.books.add(refund.merPtcId, refund.acctDate ?? '', {
    type: 'REFUND',
    atMs,
    serial: refund.serial,
    orderNo: refund.refundOrderNo,
    origSerial: payment.serial,
    origOrderNo: payment.sysOrderNo,
    amountFen,
    netFen: source === 'RESERVE' ? 0 : -amountFen,
    fundSource: source,
    bizScene: refund.scene,
    visitNo: payment.visitNo,
    role: payment.role,
    agreementNo: payment.agreementNo,
    content: refund.content,
  })
}
