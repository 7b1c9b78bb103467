import type { BankCore } from '../core.ts'
import { yuan } from '../../markup.ts'
import { dueDayOf } from '../debts/terms.ts'
import { maskName } from '../identity.ts'
import type { Operation } from '../operations.ts'
import type { SmsOutbox } from '../sms.ts'

/** `20261223` → 12 月 23 日. */
export const spokenDay = (day: string): string => `${Number(day.slice(4, 6))} 月 ${Number(day.slice(6))} 日`

/** After a deduction the one who owes is told of use and repayment day: at a sharer's use that is the principal (C 二（一）3, 二（二）). */
export function tellOfUse(core: BankCore, outbox: SmsOutbox, operation: Operation): void {
  const { group, merPtcId, serial, tradeDate, state } = operation
  if ((group !== 'confirm' && group !== 'pay') || state !== 'SUCCESS') return
  const payment = core.payments.find(group, merPtcId, serial, tradeDate)
  const holder = payment && core.people.findByAgreement(payment.accountNo)
  if (!payment || !holder) return
  const who = payment.identity.certNo === holder.certNo ? '您' : `您的额度共享人${maskName(payment.identity.name)}`
  const hospital = core.merchants.nameOf(merPtcId)
  const dueDay = spokenDay(dueDayOf(core.debts.terms, payment.atMs))
  const text = `${who}在${hospital}使用“信用就医” ${yuan(payment.amountFen)}，请在 ${dueDay}前还款。`
  outbox.send(core.clock.now(), holder.phone, text)
}
