import { z } from 'zod'
import type { SandboxClock } from '../clock.ts'
import { HospitalError } from './hospital-error.ts'
import type { ProductAnswer, ProductClient } from './product-client.ts'

export const refundItem = z.object({ orderNo: z.string(), itemNo: z.string(), amountFen: z.int().positive() })
/** What the product asks, under its own number of the request. */
export const refundWish = z
  .object({
    visitNo: z.string().optional(),
    registrationNo: z.string().optional(),
    items: z.array(refundItem).min(1),
    amountFen: z.int().positive(),
    cause: z.string(),
    note: z.string().nullish(),
  })
  .refine((one) => (one.visitNo === undefined) !== (one.registrationNo === undefined))

export type RefundItem = z.infer<typeof refundItem>
export type RefundWish = z.infer<typeof refundWish>

/** A request as the hospital has it; everything but `pending` is final. */
export interface RefundRequest {
  readonly requestNo: string
  readonly wish: RefundWish | null
  readonly askedAtMs: number
  state: 'pending' | 'accepted' | 'declined' | 'withdrawn'
  items: readonly RefundItem[] | null
  text: string | null
  decidedBy: string | null
}

/** What the registrar says on the page, or a test without it. */
export type RefundWord =
  | { readonly is: 'accepted'; readonly items?: readonly RefundItem[]; readonly text?: string; readonly by: string }
  | { readonly is: 'declined'; readonly text: string; readonly by: string }

/** A refund as the product tells it, read leniently. */
export const productRefund = z.object({
  refundNo: z.string(),
  state: z.string(),
  acceptedFen: z.int().nullable(),
  decidedBy: z.string().nullish(),
  legs: z.array(
    z.object({
      amountFen: z.int(),
      state: z.string(),
      tries: z.int(),
      ageDays: z.int(),
      canResend: z.boolean(),
      notice: z.string().nullable(),
    }),
  ),
})
export type ProductRefund = z.infer<typeof productRefund>

/** Up to this amount a request is accepted at once by rule; 0: staff decide on all of them. */
const RULE_FEN = 20_000

/** Requests for refunds: decided by a rule or on the page “退费审批”, and told to the product at once or when it asks. */
export class Refunds {
  readonly #known = new Map<string, RefundRequest>()
  readonly #clock: SandboxClock
  readonly #client: ProductClient
  ruleUpToFen = RULE_FEN

  constructor(clock: SandboxClock, client: ProductClient) {
    this.#clock = clock
    this.#client = client
  }

  list(): RefundRequest[] {
    return [...this.#known.values()]
  }

  find(requestNo: string): RefundRequest | null {
    return this.#known.get(requestNo) ?? null
  }

  /** Asked any number of times it is one request; taken back before it came, it stays taken back. */
  ask(requestNo: string, wish: RefundWish): RefundRequest {
    const known = this.#known.get(requestNo)
    if (known) return known
    const request = this.#born(requestNo, wish, 'pending')
    if (wish.amountFen <= this.ruleUpToFen) this.#settle(request, { is: 'accepted', by: 'rule' })
    return request
  }

  withdraw(requestNo: string): RefundRequest {
    const known = this.#known.get(requestNo) ?? this.#born(requestNo, null, 'withdrawn')
    if (known.state === 'pending') known.state = 'withdrawn'
    return known
  }

  /** The registrar decides; the product is told at once, and would ask anyway. */
  async decide(requestNo: string, word: RefundWord): Promise<ProductAnswer> {
    const request = this.#pending(requestNo)
    this.#settle(request, word)
    const { state, items, text, decidedBy } = request
    const said = { decision: state, decidedBy, ...(text === null ? {} : { text }) }
    return this.#post(`/refunds/${requestNo}/decision`, state === 'accepted' ? { ...said, items } : said)
  }

  approve(refundNo: string, approvedBy: string): Promise<ProductAnswer> {
    return this.#post(`/refunds/${refundNo}/approval`, { approvedBy })
  }

  resend(refundNo: string, by: string): Promise<ProductAnswer> {
    return this.#post(`/refunds/${refundNo}/resend`, { by })
  }

  /** What the product still has to do, as it says itself; empty when it does not answer. */
  async atProduct(): Promise<ProductRefund[]> {
    const request = { method: 'GET', path: '/refunds?state=open', body: null, idempotencyKey: null } as const
    const answer = await this.#client.send(request)
    const parsed = z.object({ refunds: z.array(productRefund) }).safeParse(answer.kind === 'answered' && answer.body)
    return parsed.success ? parsed.data.refunds : []
  }

  /** Whether the fee of a registration may go back, so that its cancellation is granted. */
  isAcceptedFor(registrationNo: string): boolean {
    return this.list().some(({ state, wish }) => state === 'accepted' && wish?.registrationNo === registrationNo)
  }

  /** The hospital itself gives a fee back. */
  grant(requestNo: string, wish: RefundWish, by: string): void {
    this.#settle(this.#born(requestNo, wish, 'pending'), { is: 'accepted', by })
  }

  #post(path: string, body: object): Promise<ProductAnswer> {
    const idempotencyKey = this.#client.newKey()
    return this.#client.send({ method: 'POST', path, body: JSON.stringify(body), idempotencyKey })
  }

  #born(requestNo: string, wish: RefundWish | null, state: RefundRequest['state']): RefundRequest {
    const askedAtMs = this.#clock.now()
    const request = { requestNo, wish, askedAtMs, state, items: null, text: null, decidedBy: null }
    this.#known.set(requestNo, request)
    return request
  }

  #pending(requestNo: string): RefundRequest {
    const request = this.#known.get(requestNo)
    if (request?.state !== 'pending') throw new HospitalError('这笔退费申请不在等待审批')
    return request
  }

  #settle(request: RefundRequest, word: RefundWord): void {
    request.state = word.is
    request.decidedBy = word.by
    request.text = word.text ?? null
    request.items = word.is === 'accepted' ? (word.items ?? request.wish?.items ?? []) : null
  }
}
