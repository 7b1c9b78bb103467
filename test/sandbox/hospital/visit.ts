import type { FeeCategory } from './catalogue.ts'
import type { ProductRequest } from './product-client.ts'
import type { Registration } from './registration.ts'
import type { CreditStatus, OrderView, VisitView } from './views.ts'

/** A patient in the hospital's own index. */
export interface Patient {
  readonly patientNo: string
  readonly name: string
  readonly sex: '男' | '女'
  readonly idNumber: string
  readonly phone: string
}

/** One line of an order. */
export interface OrderLine {
  readonly itemNo: string
  readonly name: string
  readonly plainName: string
  readonly category: FeeCategory
  readonly unit: string
  readonly quantity: number
  readonly unitPriceFen: number
  readonly amountFen: number
}

/** What was added to an order in one go; revision 0 is the order as first written. */
export interface OrderRevision {
  readonly revision: number
  readonly amountFen: number
  readonly lines: readonly OrderLine[]
}

/** An order in the hospital's own books. */
export interface HisOrder {
  readonly orderNo: string
  readonly title: string
  readonly revisions: OrderRevision[]
  cancelled: boolean
  /** Why the product would not take the order at all. */
  refusal: string | null
  /** The sentence that the product asks the doctor's screen to show. */
  prompt: string | null
  /** What was used in the end, from the doctor's last form. */
  actualFen: number | null
}

/** A stored call to the product. It is written before it is sent and repeated as it is. */
export interface StoredRequest {
  readonly kind: 'start' | 'order' | 'cancel' | 'finish'
  readonly orderNo: string | null
  readonly request: ProductRequest
  state: 'open' | 'answered' | 'refused'
  attempts: number
}

/** A visit of today, or of the day for which it was booked. */
export interface Visit {
  readonly visitNo: string
  readonly patient: Patient
  /** The registration made online; null for a patient who registered at the window. */
  readonly booking: Registration | null
  /** A vaccination is registered at its own desk, and its bill opens the door of the room (C 二（一）7). */
  readonly kind: 'outpatient' | 'vaccination'
  readonly queueNo: string
  readonly department: string
  readonly doctor: string
  readonly complaint: string
  state: 'waiting' | 'open' | 'finished'
  credit: CreditStatus | null
  readonly orders: HisOrder[]
  readonly requests: StoredRequest[]
  view: VisitView | null
  /** The last thing that the doctor must be told about the visit itself. */
  message: string | null
}

/** Where the sign-up is asked for. */
export const sceneOf = ({ kind }: Visit): string => (kind === 'vaccination' ? 'VACC' : 'OUTP_WINDOW')

/** The order as the product knows it. */
export const viewOfOrder = (visit: Visit, orderNo: string): OrderView | null =>
  visit.view?.orders.find((order) => order.orderNo === orderNo) ?? null

/** Calls without an answer, oldest first. */
export const openRequests = (visit: Visit): StoredRequest[] =>
  visit.requests.filter((request) => request.state === 'open')

/** The amount of an order with everything added to it. */
export const orderAmount = (order: HisOrder): number =>
  order.revisions.reduce((sum, revision) => sum + revision.amountFen, 0)

const GONE = new Set(['declined', 'released', 'expired'])

/** What of an order is held or paid by the quota. */
export function coveredFen(view: OrderView | null): number {
  if (!view) return 0
  return view.payments.reduce((sum, one) => sum + (GONE.has(one.state) ? 0 : one.amountFen), 0)
}

/** True while something is on its way and the page has to look again. */
export function isUncertain(visit: Visit): boolean {
  if (openRequests(visit).length > 0) return true
  const payments = visit.view?.orders.flatMap((order) => order.payments) ?? []
  return payments.some((one) => !one.certain || one.state === 'opening' || (one.doing ?? null) !== null)
}
