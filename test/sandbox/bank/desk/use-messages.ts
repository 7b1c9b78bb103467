import type { BankCore } from '../core.ts'
import { repayDueDate } from '../../day.ts'
import { yuan } from '../../markup.ts'
import { maskName } from '../identity.ts'
import type { Operation } from '../operations.ts'
import type { SmsOutbox } from '../sms.ts'

/** `20261223` → 12 月 23 日. */
const spokenDay = (day: string): string => `${Number(day.slice(4, 6))} 月 ${Number(day.slice(6))} 日`

/** After a deduction the one who owes is told of use and repayment day: at a sharer's use that is the principal (C 二（一）3, 二（二）). */
export function tellOfUse(core: BankCore, outbox: SmsOutbox, operation: Operation): void {
  const { order } = operation
  if (operation.group !== 'confirm' || operation.state !== 'SUCCESS' || !order) return
  const holder = core.people.findByAgreement(order.accountNo)
  if (!holder) return
  const atMs = order.finalAtMs ?? core.clock.now()
  const who = order.identity.certNo === holder.certNo ? '您' : `您的额度共享人${maskName(order.identity.name)}`
  const hospital = core.merchants.nameOf(order.merPtcId)
  const text = `${who}在${hospital}使用“信用就医” ${yuan(order.confirmedFen)}，请在 ${spokenDay(repayDueDate(atMs))}前还款。`
  outbox.send(core.clock.now(), holder.phone, text)
}
