import type { OrderItem, RefundTarget } from '@paycare/shared/contract'
import { groupBy, sumFen, type RefundablePayment } from '@paycare/shared/rules'
import { query, statement, text, type Row, type Unit } from '../../db/unit.ts'
import { attemptsOf, paymentsOfBill, type Payment } from '../../engine/index.ts'
import { findRegistration } from '../registrations/index.ts'
import { findVisitById } from '../visits/index.ts'

const ordersOfVisit = statement(
  `select * from bill where institution = :institution and visit_id = :visitId and kind = 'order'
   order by created_at, his_no, rev`,
)
const byId = statement('select * from bill where id = :id')
const holdVisit = statement('update visit set version = version where id = :id returning id')
const holdRegistration = statement('update registration set version = version where id = :id returning id')

export type TargetPayment = RefundablePayment & Pick<Payment, 'kind'>

/** One order with what was charged for it and how that stands at the bank. The fee of a registration is one order with one item. */
export interface RefundOrder {
  readonly orderNo: string
  readonly title: string
  readonly items: readonly { readonly itemNo: string; readonly name: string; readonly amountFen: number }[]
  readonly payments: readonly TargetPayment[]
}

/** What a refund is about. */
export interface Target {
  readonly target: RefundTarget
  readonly institution: string
  readonly personId: string
  /** HIS's number of the visit, our number of the registration. */
  readonly no: string
  readonly title: string
  readonly orders: readonly RefundOrder[]
}

/**
 * Whoever asks for or decides on a refund of the same visit or registration waits here until this transaction is over: what others got of an item
 * stands in several rows, and two processes must not both read it before either writes.
 */
export function* holdTarget({ kind, id }: RefundTarget): Unit<void> {
  yield* query(kind === 'visit' ? holdVisit : holdRegistration, { id })
}

export function* findTarget(target: RefundTarget): Unit<Target | undefined> {
  return target.kind === 'visit' ? yield* visitTarget(target.id) : yield* registrationTarget(target.id)
}

export function* readTarget(target: RefundTarget): Unit<Target> {
  const found = yield* findTarget(target)
  if (!found) throw new Error(`no ${target.kind} ${target.id}`)
  return found
}

function* visitTarget(id: string): Unit<Target | undefined> {
  const visit = yield* findVisitById(id)
  if (!visit) return undefined
  const { institution, personId, hisNo, department } = visit
  const bills = yield* query(ordersOfVisit, { institution, visitId: id })
  const orders = yield* ordersOf(institution, bills)
  return { target: { kind: 'visit', id }, institution, personId, no: hisNo, title: department, orders }
}

function* registrationTarget(id: string): Unit<Target | undefined> {
  const r = yield* findRegistration(id)
  if (!r) return undefined
  const { institution, personId, department } = r
  const orders = yield* ordersOf(institution, yield* query(byId, { id: r.billId }))
  return { target: { kind: 'registration', id }, institution, personId, no: id, title: department, orders }
}

/** Items are one by order and item number, however many revisions charged for them. */
function* ordersOf(institution: string, bills: readonly Row[]): Unit<RefundOrder[]> {
  const orders: RefundOrder[] = []
  for (const [orderNo, revisions] of groupBy(bills, (bill) => text(bill, 'his_no'))) {
    const payments: TargetPayment[] = []
    for (const bill of revisions) {
      for (const payment of yield* paymentsOfBill(institution, text(bill, 'id'))) {
        const isOpen = (yield* attemptsOf(payment.id)).some((attempt) => attempt.open)
        payments.push({ ...payment, isOpen })
      }
    }
    const lines = revisions.flatMap((bill) => JSON.parse(text(bill, 'lines_json')) as OrderItem[])
    const items = [...groupBy(lines, (line) => line.itemNo)].map(([itemNo, same]) => ({
      itemNo,
      name: same[0]?.name ?? '',
      amountFen: sumFen(same.map((line) => line.amountFen)),
    }))
    orders.push({ orderNo, title: revisions[0] ? text(revisions[0], 'title') : '', items, payments })
  }
  return orders
}
