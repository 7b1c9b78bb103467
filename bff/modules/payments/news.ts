import type { HisNews } from '@paycare/shared/contract'
import type { AppContext } from '../../context.ts'
import type { Unit } from '../../db/unit.ts'
import { findPayment, type Payment, type Refund, type Subject } from '../../engine/index.ts'
import { findBill, reasonOf } from '../bills/index.ts'
import { tell } from '../messages/index.ts'
import { findVisitOfBill } from '../visits/index.ts'

/** HIS is told of every change of the state of a payment or a refund, in the transaction of the change. */
export function moneyNews(x: AppContext): (s: Subject, atMs: number) => Unit<void> {
  return function* (s, atMs) {
    if (s.kind === 'refund') yield* tell(x, s, 'refund', yield* refundChanged(s), atMs)
    else yield* tell(x, s, 'payment', yield* paymentChanged(s), atMs)
  }
}

type News<T extends HisNews['type']> = Omit<Extract<HisNews, { type: T }>, 'timestamp'>

/** The call that brought the change is over, so nothing is under way at this moment. */
function* paymentChanged(s: Payment): Unit<News<'payment.changed'>> {
  const { revision, ...about } = yield* belongsTo(s.billId)
  const payment = {
    id: s.id,
    revision,
    state: s.state,
    doing: null,
    certain: s.state !== 'opening' && (s.state !== 'held' || s.goal === 'hold'),
    amountFen: s.amountFen,
    paidFen: s.paidFen,
    reason: s.reasonCode === null ? null : reasonOf(s.reasonCode),
  }
  return { type: 'payment.changed', data: { version: s.version, ...about, payment } }
}

function* refundChanged(s: Refund): Unit<News<'refund.changed'>> {
  const payment = yield* findPayment(s.paymentId)
  if (!payment) throw new Error(`no payment ${s.paymentId}`)
  const { revision: _, ...about } = yield* belongsTo(payment.billId)
  const refund = {
    id: s.id,
    paymentId: s.paymentId,
    state: s.state,
    certain: s.state !== 'opening',
    amountFen: s.amountFen,
    acctDate: s.acctDate,
    reason: s.reasonCode === null ? null : reasonOf(s.reasonCode),
  }
  return { type: 'refund.changed', data: { version: s.version, ...about, refund } }
}

function* belongsTo(billId: string) {
  const { kind, hisNo, rev } = yield* findBill(billId)
  const visit = yield* findVisitOfBill(billId)
  return {
    revision: rev,
    visitNo: visit?.hisNo ?? null,
    orderNo: kind === 'order' ? hisNo : null,
    registrationNo: kind === 'registration' ? hisNo : null,
    windowRegistrationNo: kind === 'windowRegistration' ? hisNo : null,
  }
}
