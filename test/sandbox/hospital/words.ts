import type { PaymentView } from './views.ts'
import { openRequests, viewOfOrder, type HisOrder, type Visit } from './visit.ts'

/** How a state reads on the doctor's screen; `tone` picks the colour, which is never the only sign. */
export interface StateWords {
  readonly text: string
  readonly tone: 'wait' | 'held' | 'done' | 'off' | 'bad'
}

const SETTLED: Readonly<Record<string, StateWords>> = {
  held: { text: '已锁定', tone: 'held' },
  paid: { text: '已扣除', tone: 'done' },
  released: { text: '已释放', tone: 'off' },
  expired: { text: '锁定已过期，请改其他方式', tone: 'bad' },
  review: { text: '人工核对中', tone: 'wait' },
}

const QUOTA = /QUOTA|INSUFFICIENT|PL0103/i

function declinedWords(payment: PaymentView): StateWords {
  const { reason } = payment
  if (!reason || QUOTA.test(reason.code)) return { text: '额度不足，请改其他方式', tone: 'bad' }
  return { text: `${reason.text}，请改其他方式`, tone: 'bad' }
}

/** The state of one payment of an order in words. */
export function paymentWords(payment: PaymentView): StateWords {
  if (!payment.certain) return { text: '处理中', tone: 'wait' }
  if (payment.state === 'declined') return declinedWords(payment)
  if (payment.doing === 'confirm') return { text: '扣除中', tone: 'wait' }
  if (payment.doing === 'cancel') return { text: '释放中', tone: 'wait' }
  if (payment.state === 'opening') return { text: '锁定中', tone: 'wait' }
  return SETTLED[payment.state] ?? { text: '处理中', tone: 'wait' }
}

/** The state of a whole order: what is uncertain first, then what is bad, then what stands. */
export function orderWords(visit: Visit, order: HisOrder): StateWords {
  if (order.refusal !== null) return { text: '未受理', tone: 'bad' }
  if (openRequests(visit).some((one) => one.orderNo === order.orderNo)) return { text: '处理中', tone: 'wait' }
  const view = viewOfOrder(visit, order.orderNo)
  const words = view?.payments.map(paymentWords) ?? []
  if (words.length === 0) {
    if (order.cancelled) return { text: '已取消', tone: 'off' }
    return {
      text: visit.view?.credit.inUse ? '处理中' : '待收费（其他方式）',
      tone: visit.view?.credit.inUse ? 'wait' : 'off',
    }
  }
  const first = (tone: StateWords['tone']) => words.find((one) => one.tone === tone)
  const partly = first('bad') && (first('held') ?? first('done'))
  if (partly && !first('wait')) return { text: `${partly.text}，加项未锁定`, tone: 'bad' }
  return (
    first('wait') ?? first('held') ?? first('done') ?? first('bad') ?? first('off') ?? { text: '处理中', tone: 'wait' }
  )
}
