import { createPrivateKey, randomUUID, sign, type KeyObject } from 'node:crypto'
import type { HisOrderAnswer, HisPayment, HisVisit, SubmitOrder } from '@paycare/shared/contract'
import type { VisitAmounts } from '../sandbox/index.ts'
import type { Resident } from './people.ts'
import type { Seeded } from './seeded.ts'
import type { Timeline } from './timeline.ts'

const answerWithinMs = 15_000
const retryAfterMs = 2_000
/** HIS signs a token once and uses it for so long; it lives for twice as long. */
const tokenMs = 60_000

/** What HIS wanted of one order in the end; the checks compare it with both books. */
export interface OrderWish {
  readonly visitNo: string
  readonly orderNo: string
  readonly amountsFen: number[]
  /** `silent`: HIS never says what was used. */
  wish: 'held' | 'cancelled' | 'finished' | 'silent'
  actualFen: number
  /** Whether HIS ended the visit itself, or only answered the sweep. */
  by: 'message' | 'sweep'
  /** When HIS had said what was used. */
  endedAtMs: number
  /** HIS calls the visit open in the evening: its amounts count in the last pass. */
  isOpen: boolean
}

/**
 * How a visit ends: by HIS's message after a while or at a set time; not at all, so that the sweep finds it finished, still open, or HIS without
 * an answer; or by the sweep and a late message, whichever is first.
 */
export type Ending =
  | { readonly is: 'soon' }
  | { readonly is: 'at'; readonly atMs: number }
  | { readonly is: 'left'; readonly as: 'finished' | 'open' | 'silent' }
  | { readonly is: 'late'; readonly atMs: number }

/** What has been written in one visit so far. */
interface Written {
  readonly wishes: OrderWish[]
  /** Cancellations and revisions that must be answered before the visit can end. */
  readonly changes: Promise<void>[]
  closing: boolean
}

/** How HIS reaches whatever process lives now; undefined when none does. */
export type Reach = (request: Request) => Promise<Response> | undefined

export interface HisParts {
  readonly timeline: Pick<Timeline, 'now' | 'sleep' | 'trace'>
  readonly random: Seeded
  readonly institution: string
  readonly keys: { readonly privateKey: string; readonly keyId: string }
  readonly reach: Reach
  /** Sees every payment that HIS is told about, at the moment it is told. */
  readonly told: (payment: HisPayment) => void
  /** Whether an order has been stored: whoever watches the screen sees that as it happens. */
  readonly isKnown: (orderNo: string) => boolean
  /** What HIS will answer when it is asked for the amounts of a visit. */
  readonly state: (visitNo: string, amounts: VisitAmounts) => void
}

/**
 * The hospital as the product meets it: writes orders, doubles requests, loses patience, repeats with the same key, cancels, makes dearer and
 * ends visits. It repeats a request until it is answered.
 */
export class HisActor {
  readonly wishes: OrderWish[] = []
  /** Visits of patients who said no. */
  readonly withoutCredit: string[] = []
  /** Visits whose story is over. */
  done = 0
  unexpected: string[] = []
  readonly #p: HisParts
  readonly #key: KeyObject
  #token = { text: '', untilMs: 0 }
  constructor(parts: HisParts) {
    this.#p = parts
    this.#key = createPrivateKey(parts.keys.privateKey)
  }

  /** One visit from the first order to the end, about `orders` payments. A hurried one leaves no pause between anything. */
  async visit(visitNo: string, resident: Resident, orders: number, ending: Ending): Promise<void> {
    const { random, timeline } = this.#p
    const patient = { patientNo: resident.patientNo, name: resident.name, idType: '01', idNumber: resident.idNumber }
    const startedAt = new Date(timeline.now() + 8 * 3_600_000).toISOString().replace('Z', '+08:00')
    const useCredit = random.chance(0.96)
    const start = { visitNo, patient, department: '内科', doctor: '医生', startedAt, useCredit }
    await this.#post<HisVisit>('/visits', start)
    if (!useCredit) return this.#otherwise(visitNo)
    const hurried = random.chance(0.35)
    const mine: Written = { wishes: [], changes: [], closing: false }
    const written: Promise<void>[] = []
    for (let at = 0; at < orders; at++) {
      const order = this.#order(visitNo, `${visitNo}-${at}`, mine)
      written.push(order)
      if (hurried) await this.#untilKnown(`${visitNo}-${at}`)
      else await order
      await timeline.sleep(hurried ? random.within(0, 100) : random.within(0, 90_000))
    }
    const pauseMs = hurried ? random.within(0, 400) : random.within(0, 600_000)
    await timeline.sleep(ending.is === 'at' ? Math.max(pauseMs, ending.atMs - timeline.now()) : pauseMs)
    mine.closing = true
    await Promise.all(mine.changes)
    await this.#end(visitNo, mine.wishes, ending)
    await Promise.all(written)
    this.done++
  }

  /** The patient does not want “信用就医” today, so HIS keeps the orders to itself. */
  #otherwise(visitNo: string): void {
    this.withoutCredit.push(visitNo)
    this.done++
  }

  async #order(visitNo: string, orderNo: string, mine: Written): Promise<void> {
    const { random, timeline } = this.#p
    const wish: OrderWish = {
      visitNo,
      orderNo,
      amountsFen: [random.within(1, 9_000)],
      wish: 'held',
      actualFen: 0,
      by: 'message',
      endedAtMs: 0,
      isOpen: false,
    }
    mine.wishes.push(wish)
    this.wishes.push(wish)
    const sent = this.#submit(visitNo, wish, 0)
    // Doctors change their mind while the answer is still under way, and more so when it does not come.
    if (random.chance(0.18)) {
      wish.wish = 'cancelled'
      const pauseMs = random.chance(0.5) ? random.within(0, 150) : random.within(0, 20_000)
      mine.changes.push(timeline.sleep(pauseMs).then(() => this.#cancel(visitNo, orderNo)))
    }
    const answer = await sent
    if (mine.closing || wish.wish !== 'held') return
    const uncertain = answer.order?.payments.some((one) => !one.certain) === true
    if (uncertain && random.chance(0.4)) {
      wish.wish = 'cancelled'
      mine.changes.push(this.#cancel(visitNo, orderNo))
    } else if (random.chance(0.15)) {
      wish.amountsFen.push(random.within(1, 5_000))
      mine.changes.push(this.#submit(visitNo, wish, 1).then(() => undefined))
    }
    await Promise.all(mine.changes)
  }

  async #cancel(visitNo: string, orderNo: string): Promise<void> {
    await this.#untilKnown(orderNo)
    await this.#post<HisOrderAnswer>(`/visits/${visitNo}/orders/${orderNo}/cancel`, {})
  }

  /** Half of the time the request goes out twice, as networks and impatient people do. */
  async #submit(visitNo: string, wish: OrderWish, revision: number): Promise<Partial<HisOrderAnswer>> {
    const amountFen = wish.amountsFen[revision] ?? 0
    const item = {
      itemNo: 'L1',
      name: '检验',
      category: 'lab',
      unit: '次',
      quantity: 1,
      unitPriceFen: amountFen,
      amountFen,
    }
    const body = { orderNo: wish.orderNo, revision, title: '检验', amountFen, items: [item] }
    const key = this.#newKey()
    const path = `/visits/${visitNo}/orders`
    const first = this.#post<HisOrderAnswer>(path, body as unknown as SubmitOrder, key)
    if (this.#p.random.chance(0.3)) await this.#post<HisOrderAnswer>(path, body, key)
    return first
  }

  async #untilKnown(orderNo: string): Promise<void> {
    const { timeline, random, isKnown } = this.#p
    // Watched closely at first, so that what follows meets the order while it is being worked on.
    for (let looks = 1; !isKnown(orderNo); looks++) await timeline.sleep(random.within(5, 40) * Math.min(looks, 40))
  }

  async #end(visitNo: string, mine: readonly OrderWish[], ending: Ending): Promise<void> {
    if (ending.is === 'soon' || ending.is === 'at') return this.#finish(visitNo, mine)
    await this.#untilCertain(visitNo)
    const standing = mine.filter((wish) => wish.wish === 'held')
    const isSilent = ending.is === 'left' && ending.as === 'silent'
    const orders = isSilent ? [] : this.#used(await this.#get(visitNo), mine)
    for (const wish of standing) {
      wish.wish = isSilent ? 'silent' : 'finished'
      wish.by = 'sweep'
      wish.isOpen = ending.is === 'left' && ending.as === 'open'
      wish.endedAtMs = this.#p.timeline.now()
    }
    if (isSilent) return
    const state = ending.is === 'left' && ending.as === 'open' ? 'open' : 'finished'
    this.#p.state(visitNo, { state, orders })
    if (ending.is !== 'late') return
    await this.#p.timeline.sleep(Math.max(0, ending.atMs - this.#p.timeline.now()))
    await this.#post<HisVisit>(`/visits/${visitNo}/finish`, { orders })
  }

  /** Who leaves a visit alone knows at least what became of its orders. */
  async #untilCertain(visitNo: string): Promise<void> {
    for (;;) {
      const { orders } = await this.#get(visitNo)
      if (orders.every((order) => order.payments.every((one) => one.certain))) return
      await this.#p.timeline.sleep(30_000)
    }
  }

  /** What was really used of each order: nothing, a part, or all of it. */
  #used(visit: HisVisit, mine: readonly OrderWish[]): { orderNo: string; actualFen: number }[] {
    const { random } = this.#p
    return mine
      .filter((wish) => wish.wish === 'held')
      .map((wish) => {
        const payments = visit.orders.find((order) => order.orderNo === wish.orderNo)?.payments ?? []
        const standing = payments.filter((one) => one.state === 'opening' || one.state === 'held')
        const mostFen = standing.reduce((sum, one) => sum + one.amountFen, 0)
        const u = random.next()
        wish.actualFen = u < 0.1 ? 0 : u < 0.4 ? random.within(0, mostFen) : mostFen
        return { orderNo: wish.orderNo, actualFen: wish.actualFen }
      })
  }

  async #finish(visitNo: string, mine: readonly OrderWish[]): Promise<void> {
    const orders = this.#used(await this.#get(visitNo), mine)
    const answer = await this.#post<HisVisit & { code?: string }>(`/visits/${visitNo}/finish`, { orders })
    // A lock was refused between the look and the end: look again.
    if (answer.code === 'FINISH_OVER_LOCK') return this.#finish(visitNo, mine)
    for (const wish of mine) {
      if (wish.wish !== 'held') continue
      wish.wish = 'finished'
      wish.endedAtMs = this.#p.timeline.now()
    }
  }

  async #get(visitNo: string): Promise<HisVisit> {
    return this.#ask<HisVisit>('GET', `/visits/${visitNo}`)
  }

  #post<T extends HisVisit | HisOrderAnswer>(path: string, body: unknown, key = this.#newKey()): Promise<T> {
    return this.#ask<T>('POST', path, JSON.stringify(body), key)
  }

  /** Repeats the same request with the same key until something answers for good. */
  async #ask<T extends HisVisit | HisOrderAnswer>(
    method: string,
    path: string,
    body?: string,
    key?: string,
  ): Promise<T> {
    for (;;) {
      const headers: Record<string, string> = { authorization: `Bearer ${this.token()}` }
      if (body !== undefined) headers['content-type'] = 'application/json'
      if (key !== undefined) headers['idempotency-key'] = key
      const init: RequestInit = { method, headers, ...(body === undefined ? {} : { body }) }
      const response = await this.#patiently(this.#p.reach(new Request(`http://bff/his/v1${path}`, init)))
      if (response && response.status < 500) {
        const answer = (await response.json()) as T & { code?: string }
        this.#p.timeline.trace(`his ${method} ${path} ${response.status} ${summary(answer)}`)
        if (response.status !== 200 && answer.code !== 'FINISH_OVER_LOCK')
          this.unexpected.push(`${method} ${path}: ${response.status} ${answer.code ?? ''}`)
        for (const payment of paymentsOf(answer)) this.#p.told(payment)
        return answer
      }
      await this.#p.timeline.sleep(retryAfterMs)
    }
  }

  #patiently(response: Promise<Response> | undefined): Promise<Response | undefined> {
    const silence = this.#p.timeline.sleep(answerWithinMs).then(() => undefined)
    return Promise.race([response ?? silence, silence])
  }

  #newKey(): string {
    return this.#p.random.bytes(12).toString('hex')
  }

  /** A token as it goes with each request. */
  token(): string {
    const { timeline, institution, keys } = this.#p
    if (timeline.now() < this.#token.untilMs) return this.#token.text
    const iat = Math.floor(timeline.now() / 1000)
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const claims = { iss: institution, aud: 'paycare', iat, exp: iat + (2 * tokenMs) / 1000, jti: randomUUID() }
    const text = `${part({ alg: 'ES256', kid: keys.keyId })}.${part(claims)}`
    const signature = sign('sha256', Buffer.from(text), { key: this.#key, dsaEncoding: 'ieee-p1363' })
    this.#token = { text: `${text}.${signature.toString('base64url')}`, untilMs: timeline.now() + tokenMs }
    return this.#token.text
  }
}

function paymentsOf(answer: Partial<HisVisit & HisOrderAnswer>): HisPayment[] {
  const orders = answer.order ? [answer.order] : (answer.orders ?? [])
  return orders.flatMap((order) => order.payments)
}

function summary(answer: Partial<HisVisit & HisOrderAnswer>): string {
  return paymentsOf(answer)
    .map((one) => `${one.id}:${one.state}:${one.doing ?? ''}:${one.paidFen}`)
    .join(',')
}
