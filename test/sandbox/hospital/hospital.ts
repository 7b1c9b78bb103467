import type { SandboxClock } from '../clock.ts'
import type { InstitutionId } from '../seed/people.ts'
import { HospitalFaults } from './api-faults.ts'
import { priceItem } from './catalogue.ts'
import { departmentsOf } from './departments.ts'
import { HospitalError } from './hospital-error.ts'
import { isoInstant } from './moment.ts'
import type { OrderContent } from './order-content.ts'
import type { ProductAnswer, ProductClient, ProductRequest } from './product-client.ts'
import { Refunds } from './refunds.ts'
import { Registrations } from './registrations.ts'
import { SlotBook } from './slot-book.ts'
import { creditStatus, orderAnswer, visitView, type OrderView } from './views.ts'
import {
  coveredFen,
  openRequests,
  sceneOf,
  viewOfOrder,
  type HisOrder,
  type OrderLine,
  type OrderRevision,
  type Patient,
  type StoredRequest,
  type Visit,
} from './visit.ts'
import { VisitList, type NewVisit } from './visit-list.ts'
import { WebhookInbox } from './webhooks.ts'

/** What an institution tells about itself. */
export interface InstitutionInfo {
  readonly id: InstitutionId
  readonly name: string
  readonly tier: string
  readonly phone: string
  readonly hours: string
}

/** What the hospital states about the amounts of a visit. */
export interface VisitAmounts {
  readonly state: 'open' | 'finished'
  readonly orders: readonly { readonly orderNo: string; readonly actualFen: number }[]
}

const nothingToPay = new Set(['declined', 'released', 'expired'])

function orderLines(content: OrderContent): OrderLine[] {
  if ('amountFen' in content) {
    const { amountFen, title } = content
    const line = {
      itemNo: 'O900',
      name: title,
      plainName: '医生填写的合计金额',
      category: 'other',
      unit: '次',
    } as const
    return [{ ...line, quantity: 1, unitPriceFen: amountFen, amountFen }]
  }
  return content.lines.map(([itemNo, quantity]) => {
    const item = priceItem(itemNo)
    if (!item) throw new HospitalError(`没有项目 ${itemNo}`)
    return { ...item, quantity, amountFen: item.unitPriceFen * quantity }
  })
}

function revisionOf(revision: number, content: OrderContent): OrderRevision {
  const lines = orderLines(content)
  const amountFen = lines.reduce((sum, line) => sum + line.amountFen, 0)
  if (!Number.isSafeInteger(amountFen) || amountFen <= 0) throw new HospitalError('医嘱金额必须大于零')
  return { revision, lines, amountFen }
}

/** One institution's own system: patients, visits, registrations, orders, and the stored calls to the product. */
export class Hospital {
  readonly info: InstitutionInfo
  readonly slots: SlotBook
  readonly registrations: Registrations
  readonly refunds: Refunds
  readonly faults = new HospitalFaults()
  readonly webhooks: WebhookInbox
  readonly #client: ProductClient
  readonly #clock: SandboxClock
  readonly #visits: VisitList
  readonly #stated = new Map<string, VisitAmounts>()

  constructor(info: InstitutionInfo, client: ProductClient, clock: SandboxClock, webhookSecret = '') {
    this.info = info
    this.webhooks = new WebhookInbox(webhookSecret, clock)
    this.#client = client
    this.#clock = clock
    this.#visits = new VisitList(info.id, clock)
    this.slots = new SlotBook(departmentsOf[info.id], clock)
    this.refunds = new Refunds(clock, client)
    const mayCancelPaid = (no: string): boolean => this.refunds.isAcceptedFor(no)
    this.registrations = new Registrations(this.slots, this.#visits, clock, () => client.newKey(), mayCancelPaid)
  }

  now(): number {
    return this.#clock.now()
  }

  addPatient(patient: Patient): void {
    this.#visits.addPatient(patient)
  }

  patients(): Patient[] {
    return this.#visits.patients()
  }

  patient(patientNo: string): Patient | null {
    return this.#visits.patient(patientNo)
  }

  match(name: string, idNumber: string): Patient | null {
    return this.#visits.match(name, idNumber)
  }

  addVisit(input: NewVisit): Visit {
    return this.#visits.add(input)
  }

  /** Everybody of today, with those who booked online. */
  visits(): Visit[] {
    return this.#visits.today()
  }

  /** Bookings of later days. */
  laterVisits(): Visit[] {
    return this.#visits.later()
  }

  visit(visitNo: string): Visit {
    return this.#visits.visit(visitNo)
  }

  /** The visit of a registration once its consultation has begun. */
  startedVisitNo(registrationNo: string): string | null {
    return this.#visits.startedVisitNo(registrationNo)
  }

  /** What was really used of each order of a visit, as the product asks in the evening; null for a visit that nobody knows. */
  amounts(visitNo: string): VisitAmounts | null {
    const stated = this.#stated.get(visitNo)
    if (stated) return stated
    const visit = this.#visits.find(visitNo)
    if (!visit || visit.state === 'waiting') return null
    const isEnding = openRequests(visit).some(({ kind }) => kind === 'finish')
    const orders = this.billable(visit).map(({ orderNo, actualFen }) => ({
      orderNo,
      actualFen: actualFen ?? coveredFen(viewOfOrder(visit, orderNo)),
    }))
    return { state: visit.state === 'finished' || isEnding ? 'finished' : 'open', orders }
  }

  /** Lets the hospital state these amounts of a visit, its own or one that only a test knows; null takes them back. */
  stateAmounts(visitNo: string, amounts: VisitAmounts | null): void {
    if (amounts) this.#stated.set(visitNo, amounts)
    else this.#stated.delete(visitNo)
  }

  /** What an item of an order is called; the fee of a registration is one of its own. */
  itemName(visitNo: string, orderNo: string, itemNo: string): string {
    const lines = this.#visits.find(visitNo)?.orders.find((one) => one.orderNo === orderNo)?.revisions ?? []
    return lines.flatMap((one) => one.lines).find((one) => one.itemNo === itemNo)?.name ?? '挂号费'
  }

  /** A page of the desk leads back to the product and nowhere else. */
  mayReturnTo(url: string): boolean {
    return this.#client.owns(url)
  }

  /** Asks at the window (C 三（三）); the answer is for this screen only. */
  async askCredit(visitNo: string): Promise<Visit> {
    const visit = this.visit(visitNo)
    const { name, idNumber } = visit.patient
    const body = JSON.stringify({ patient: { name, idType: '01', idNumber }, scene: sceneOf(visit) })
    const answer = await this.#client.send({ method: 'POST', path: '/credit-status', body, idempotencyKey: null })
    visit.credit = answer.kind === 'answered' ? (creditStatus.safeParse(answer.body).data ?? null) : null
    return visit
  }

  /** Starts the consultation of a patient who was asked at the window. */
  async startVisit(visitNo: string, useCredit: boolean): Promise<Visit> {
    const visit = this.visit(visitNo)
    if (visit.booking) throw new HospitalError('该患者已在网上预约，请从预约开始就诊')
    return this.#start(visit, { useCredit })
  }

  /** Starts the consultation of a booking, whatever its day: the choice made online holds for the visit. */
  async startRegistered(registrationNo: string): Promise<Visit> {
    const visit = this.#visits.ofRegistration(registrationNo)
    if (!visit) throw new HospitalError(`没有预约 ${registrationNo}`)
    return this.#start(visit, { registrationNo })
  }

  async #start(visit: Visit, choice: { useCredit: boolean } | { registrationNo: string }): Promise<Visit> {
    if (visit.state !== 'waiting' || openRequests(visit).length > 0) throw new HospitalError('该患者已经开始就诊')
    const { visitNo, department, doctor } = visit
    const { patientNo, name, idNumber } = visit.patient
    const patient = { patientNo, name, idType: '01', idNumber }
    const startedAt = isoInstant(this.now())
    const kind = visit.kind === 'vaccination' ? { kind: visit.kind } : {}
    const body = JSON.stringify({ visitNo, patient, ...choice, ...kind, startedAt, department, doctor })
    await this.#store(visit, 'start', null, { method: 'POST', path: '/visits', body, idempotencyKey: null })
    return visit
  }

  /** 开单: every order is sent at once, so that its amount is locked at once (C 三（四）). */
  async order(visitNo: string, content: OrderContent): Promise<HisOrder> {
    const visit = this.#openVisit(visitNo)
    const order: HisOrder = {
      orderNo: `${visitNo}D${String(visit.orders.length + 1).padStart(2, '0')}`,
      title: content.title,
      revisions: [revisionOf(0, content)],
      cancelled: false,
      refusal: null,
      prompt: null,
      actualFen: null,
    }
    visit.orders.push(order)
    await this.#sendOrder(visit, order)
    return order
  }

  /** 加项: the same order, the next revision, only the difference. */
  async raise(visitNo: string, orderNo: string, content: OrderContent): Promise<HisOrder> {
    const visit = this.#openVisit(visitNo)
    const order = this.#order(visit, orderNo)
    if (order.cancelled || order.refusal !== null) throw new HospitalError('这张医嘱已经取消或未受理')
    order.revisions.push(revisionOf(order.revisions.length, content))
    await this.#sendOrder(visit, order)
    return order
  }

  async #sendOrder(visit: Visit, order: HisOrder): Promise<void> {
    const last = order.revisions.at(-1)
    const items = last?.lines ?? []
    const { orderNo, title } = order
    const body = JSON.stringify({
      orderNo,
      revision: last?.revision ?? 0,
      title,
      amountFen: last?.amountFen ?? 0,
      items,
    })
    await this.#store(visit, 'order', orderNo, this.#money(`/visits/${visit.visitNo}/orders`, body))
  }

  async cancel(visitNo: string, orderNo: string, reason = '医生取消医嘱'): Promise<HisOrder> {
    const visit = this.#openVisit(visitNo)
    const order = this.#order(visit, orderNo)
    if (order.cancelled) return order
    order.cancelled = true
    const path = `/visits/${visitNo}/orders/${orderNo}/cancel`
    await this.#store(visit, 'cancel', orderNo, this.#money(path, JSON.stringify({ reason })))
    return order
  }

  /** Orders that the end of the visit has to name: all that were neither refused nor cancelled. */
  billable(visit: Visit): HisOrder[] {
    return visit.orders.filter((order) => {
      if (order.cancelled || order.refusal !== null) return false
      const payments = viewOfOrder(visit, order.orderNo)?.payments ?? []
      return payments.length === 0 || payments.some((one) => !nothingToPay.has(one.state))
    })
  }

  /** The end of the visit with what was really used; less than the lock is fine, more is not. */
  async finish(visitNo: string, actual: Readonly<Record<string, number>> = {}): Promise<Visit> {
    const visit = this.#openVisit(visitNo)
    await this.retry(visitNo)
    if (openRequests(visit).length > 0) throw new HospitalError('还有请求没有收到回答，请先“再发一次”')
    const orders = this.billable(visit).map((order) => {
      const covered = coveredFen(viewOfOrder(visit, order.orderNo))
      const actualFen = actual[order.orderNo] ?? covered
      if (!Number.isSafeInteger(actualFen) || actualFen < 0) throw new HospitalError('实际金额不正确')
      if (visit.view?.credit.inUse && actualFen > covered)
        throw new HospitalError('实际金额不能大于已锁定金额，请先“加项”')
      return { order, actualFen }
    })
    for (const { order, actualFen } of orders) order.actualFen = actualFen
    const body = JSON.stringify({
      orders: orders.map(({ order, actualFen }) => ({ orderNo: order.orderNo, actualFen })),
    })
    await this.#store(visit, 'finish', null, this.#money(`/visits/${visitNo}/finish`, body))
    return visit
  }

  /** Sends every unanswered call as it was stored, in order; what follows an unanswered call about the same order waits. */
  async retry(visitNo: string): Promise<Visit> {
    const visit = this.visit(visitNo)
    const stuck = new Set<string | null>()
    for (const stored of openRequests(visit)) {
      if (stuck.has(stored.orderNo)) continue
      await this.#send(visit, stored)
      if (stored.state === 'open') stuck.add(stored.orderNo)
    }
    return visit
  }

  /** Looks how the visit stands; a missing answer leaves what is known. */
  async refresh(visitNo: string): Promise<Visit> {
    const visit = this.visit(visitNo)
    if (visit.state === 'waiting') return visit
    const answer = await this.#client.send({
      method: 'GET',
      path: `/visits/${visitNo}`,
      body: null,
      idempotencyKey: null,
    })
    if (answer.kind === 'answered') this.#takeVisit(visit, answer.body)
    return visit
  }

  #money(path: string, body: string): ProductRequest {
    return { method: 'POST', path, body, idempotencyKey: this.#client.newKey() }
  }

  async #store(
    visit: Visit,
    kind: StoredRequest['kind'],
    orderNo: string | null,
    request: ProductRequest,
  ): Promise<void> {
    const stored: StoredRequest = { kind, orderNo, request, state: 'open', attempts: 0 }
    visit.requests.push(stored)
    visit.message = null
    await this.retry(visit.visitNo)
  }

  async #send(visit: Visit, stored: StoredRequest): Promise<void> {
    stored.attempts += 1
    const answer = await this.#client.send(stored.request)
    if (stored.state !== 'open') return
    if (answer.kind === 'refused') this.#takeRefusal(visit, stored, answer)
    if (answer.kind === 'answered' && this.#takeAnswer(visit, stored, answer.body)) stored.state = 'answered'
  }

  #takeAnswer(visit: Visit, stored: StoredRequest, body: unknown): boolean {
    if (stored.kind === 'start' || stored.kind === 'finish') {
      if (!this.#takeVisit(visit, body)) return false
      visit.state = stored.kind === 'start' ? 'open' : 'finished'
      return true
    }
    const parsed = orderAnswer.safeParse(body)
    if (!parsed.success || !visit.view) return false
    this.#takeOrder(visit, parsed.data.order)
    const order = this.#order(visit, parsed.data.order.orderNo)
    if (stored.kind === 'order') order.prompt = parsed.data.prompt ?? null
    return true
  }

  #takeRefusal(visit: Visit, stored: StoredRequest, answer: ProductAnswer & { kind: 'refused' }): void {
    stored.state = 'refused'
    const text = `${answer.text}（${answer.code}）`
    const order = visit.orders.find((one) => one.orderNo === stored.orderNo)
    if (stored.kind === 'order' && order?.revisions.length === 1) order.refusal = text
    if (stored.kind === 'order' && order && order.revisions.length > 1) order.revisions.pop()
    if (stored.kind === 'cancel' && order) order.cancelled = false
    visit.message = text
  }

  #takeVisit(visit: Visit, body: unknown): boolean {
    const parsed = visitView.safeParse(body)
    if (!parsed.success) return false
    visit.view = parsed.data
    return true
  }

  #takeOrder(visit: Visit, order: OrderView): void {
    if (!visit.view) return
    const others = visit.view.orders.filter((one) => one.orderNo !== order.orderNo)
    visit.view = { ...visit.view, orders: [...others, order] }
  }

  #openVisit(visitNo: string): Visit {
    const visit = this.visit(visitNo)
    if (visit.state !== 'open') throw new HospitalError('该就诊不在进行中')
    return visit
  }

  #order(visit: Visit, orderNo: string): HisOrder {
    const order = visit.orders.find((one) => one.orderNo === orderNo)
    if (!order) throw new HospitalError(`没有医嘱 ${orderNo}`)
    return order
  }
}
