import { startOfDay } from '../../day.ts'
import { yuan } from '../../markup.ts'
import type { BankCore } from '../core.ts'
import type { Conversion } from '../debts/days.ts'
import { INSTALMENT_MONTHS } from '../debts/schedule.ts'
import type { SmsOutbox } from '../sms.ts'
import { spokenDay } from './use-messages.ts'

/** A bill has become instalments: term, yearly rate and repayment day are told (C 二（三）). */
export function tellOfPlan(core: BankCore, outbox: SmsOutbox, { accountNo, plan }: Conversion): void {
  const holder = core.people.findByAgreement(accountNo)
  const first = plan.instalments[0]
  if (!holder || !first) return
  const text =
    `您的“信用就医”账单 ${yuan(plan.principalFen)} 未在免息期内还清，已自动分期：期限 ${INSTALMENT_MONTHS} 个月，` +
    `年利率 ${plan.annualPercent}%，每月 ${plan.repaymentDay} 日还款，首期 ${spokenDay(first.dueDay)}应还 ` +
    `${yuan(first.principalFen + first.interestFen)}。可随时提前结清。`
  outbox.send(startOfDay(plan.startDay), holder.phone, text)
}
