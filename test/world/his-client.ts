import { createPrivateKey, randomUUID, type KeyObject } from 'node:crypto'
import type {
  FinishVisit,
  HisOrderAnswer,
  HisVisit,
  OrderItem,
  StartVisit,
  SubmitOrder,
} from '@paycare/shared/contract'
import { SignJWT } from 'jose'
import { seedPeople } from '../sandbox/index.ts'

/** An answer of the BFF as HIS receives it. */
export interface Answer<T> {
  readonly status: number
  readonly body: T
  readonly headers: Headers
}

/** A program that speaks `/his/v1` the way an integrator would. */
export class HisClient {
  readonly #url: string
  readonly institution: string
  readonly #key: KeyObject
  readonly #kid: string
  readonly #clock: { now(): number }
  constructor(url: string, institution: string, keys: { privateKey: string; keyId: string }, clock: { now(): number }) {
    this.#url = url
    this.institution = institution
    this.#key = createPrivateKey(keys.privateKey)
    this.#kid = keys.keyId
    this.#clock = clock
  }

  /** A token; `over` replaces claims, for requests that must be refused. */
  token(over: { issuer?: string; audience?: string; ageS?: number; kid?: string } = {}): Promise<string> {
    const iat = Math.floor(this.#clock.now() / 1000) - (over.ageS ?? 0)
    return new SignJWT({ jti: randomUUID() })
      .setProtectedHeader({ alg: 'ES256', kid: over.kid ?? this.#kid })
      .setIssuer(over.issuer ?? this.institution)
      .setAudience(over.audience ?? 'paycare')
      .setIssuedAt(iat)
      .setExpirationTime(iat + 120)
      .sign(this.#key)
  }

  async call<T>(
    method: string,
    path: string,
    body?: unknown,
    more: { key?: string | null; token?: string; raw?: string } = {},
  ): Promise<Answer<T>> {
    const headers: Record<string, string> = { authorization: `Bearer ${more.token ?? (await this.token())}` }
    if (body !== undefined || more.raw !== undefined) headers['content-type'] = 'application/json'
    if (more.key !== null) headers['idempotency-key'] = more.key ?? randomUUID()
    const init: RequestInit = { method, headers }
    if (more.raw !== undefined || body !== undefined) init.body = more.raw ?? JSON.stringify(body)
    const response = await fetch(`${this.#url}/his/v1${path}`, init)
    return { status: response.status, body: (await response.json()) as T, headers: response.headers }
  }

  start(visitNo: string, patientName: string, more: Partial<StartVisit> = {}): Promise<Answer<HisVisit>> {
    return this.call('POST', '/visits', startOf(visitNo, patientName, this.#clock.now(), more))
  }

  order(
    visitNo: string,
    order: Partial<SubmitOrder> & { orderNo: string; amountFen: number },
    key?: string,
  ): Promise<Answer<HisOrderAnswer>> {
    return this.call('POST', `/visits/${visitNo}/orders`, orderOf(order), key === undefined ? {} : { key })
  }

  cancel(visitNo: string, orderNo: string): Promise<Answer<HisOrderAnswer>> {
    return this.call('POST', `/visits/${visitNo}/orders/${orderNo}/cancel`, {})
  }

  finish(visitNo: string, actual: Readonly<Record<string, number>>): Promise<Answer<HisVisit>> {
    const body: FinishVisit = { orders: Object.entries(actual).map(([orderNo, actualFen]) => ({ orderNo, actualFen })) }
    return this.call('POST', `/visits/${visitNo}/finish`, body)
  }

  visit(visitNo: string): Promise<Answer<HisVisit>> {
    return this.call('GET', `/visits/${visitNo}`)
  }
}

/** A seeded person by name. */
export function personNamed(name: string) {
  const person = seedPeople.find((one) => one.name === name)
  if (!person) throw new Error(`nobody is called ${name}`)
  return person
}

export function startOf(
  visitNo: string,
  patientName: string,
  nowMs: number,
  more: Partial<StartVisit> = {},
): StartVisit {
  const person = personNamed(patientName)
  const seeded = person.visits[0]
  return {
    visitNo,
    patient: { patientNo: seeded?.patientNo ?? 'P1', name: person.name, idType: '01', idNumber: person.idNumber },
    department: seeded?.department ?? '内科',
    doctor: seeded?.doctor ?? '医生',
    startedAt: new Date(nowMs + 8 * 3_600_000).toISOString().replace('Z', '+08:00'),
    useCredit: true,
    ...more,
  }
}

export function orderOf(order: Partial<SubmitOrder> & { orderNo: string; amountFen: number }): SubmitOrder {
  const { amountFen } = order
  const item: OrderItem = {
    itemNo: 'L001',
    name: '血常规（五分类）',
    plainName: '抽血看血细胞，查感染和贫血',
    category: 'lab',
    unit: '次',
    quantity: 1,
    unitPriceFen: amountFen,
    amountFen,
  }
  return { revision: 0, title: '检验', items: [item], ...order }
}
