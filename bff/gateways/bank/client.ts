import { unknown } from '@paycare/shared/rules'
import type { z } from 'zod'
import type { Clock } from '../../ports/clock.ts'
import type { Wire } from '../../ports/wire.ts'
import type { BankClock } from './bank-clock.ts'
import { catalog, type BankInterface } from './catalog.ts'
import { outcomeOfCode, type UnsuccessfulOutcome } from './codes.ts'
import type { CryptoProfile } from './crypto.ts'
import { openReply, requestBody } from './envelope.ts'
import { Reply } from './messages.ts'

/** 3 s to connect, 10 s in all (`bank.md §2.9`). */
const deadlineMs = 10_000

export interface BankConfig {
  readonly baseUrl: string
  readonly appId: string
  merchantOf(institution: string): string
}

/** The business part of a signed success, or the outcome that ends the reading. */
export type BankAnswer<T> = { readonly is: 'done'; readonly body: T } | UnsuccessfulOutcome

/** One request, one answer. It never repeats anything. */
export class BankClient {
  readonly #config: BankConfig
  readonly #profile: CryptoProfile
  readonly #wire: Wire
  readonly #clock: Clock
  /** What the answers tell of the bank's clock. */
  readonly bankClock: BankClock
  constructor(config: BankConfig, profile: CryptoProfile, wire: Wire, clock: Clock, bankClock: BankClock) {
    this.#config = config
    this.#profile = profile
    this.#wire = wire
    this.#clock = clock
    this.bankClock = bankClock
  }

  /** Seals one identity field. */
  sealField(plain: string): string {
    return this.#profile.identity.seal(plain)
  }

  async call<T>(
    name: BankInterface,
    institution: string,
    msgId: string,
    body: object,
    schema: z.ZodType<T>,
  ): Promise<BankAnswer<T>> {
    const { path, encrypted, fresh } = catalog[name]
    const sentMs = this.#clock.now()
    const form = await requestBody(this.#profile, {
      path,
      encrypted,
      appId: this.#config.appId,
      msgId,
      atMs: sentMs,
      body: { mer_ptc_id: this.#config.merchantOf(institution), ...body },
    })
    const answer = await this.#wire({
      method: 'POST',
      url: `${this.#config.baseUrl}${path}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' },
      body: form,
      deadlineMs,
    })
    if (answer.is === 'notSent') return { is: 'notExecuted', why: answer.why }
    if (answer.is === 'lost') return unknown(answer.why)
    return this.#read(answer.body, schema, (time) => this.bankClock.hear(time, sentMs, this.#clock.now(), fresh))
  }

  async #read<T>(raw: string, schema: z.ZodType<T>, hear: (time: string | undefined) => void): Promise<BankAnswer<T>> {
    const opened = await openReply(this.#profile, raw)
    if (opened.is === 'untrusted') return unknown(opened.why)
    const reply = Reply.safeParse(opened.content)
    if (!reply.success) return unknown('unreadable answer')
    const { biz_state, rsp_code, rsp_head, rsp_body } = reply.data
    hear(rsp_head?.response_time ?? rsp_head?.trans_time)
    const status = rsp_head?.response_status ?? biz_state
    if (biz_state === 'P' || (biz_state === 'S' && status === 'P')) return { is: 'accepted' }
    if (biz_state === 'F' || status === 'F') return failed(rsp_head?.response_code ?? rsp_code)
    const body = schema.safeParse(rsp_body)
    return body.success ? { is: 'done', body: body.data } : unknown('unreadable body')
  }
}

function failed(code: string | undefined): UnsuccessfulOutcome {
  return code === undefined ? unknown('failure without a code') : outcomeOfCode(code)
}
