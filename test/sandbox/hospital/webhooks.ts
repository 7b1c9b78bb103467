import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { SandboxClock } from '../clock.ts'

/** A message older or younger than this is a replay or a wrong clock (Standard Webhooks 1.0). */
const TOLERANCE_S = 300

const message = z.object({
  type: z.string(),
  timestamp: z.string(),
  data: z.looseObject({ version: z.int() }),
})

/** What the product told, once per number however often it came. */
export interface Received {
  readonly id: string
  readonly atMs: number
  readonly type: string
  readonly version: number
  readonly body: string
  readonly data: Readonly<Record<string, unknown>>
  /** How often it came after the first time. */
  repeats: number
}

/** The three headers of a message. */
export interface WebhookHeaders {
  readonly id: string | undefined
  readonly timestamp: string | undefined
  readonly signature: string | undefined
}

/** What the hospital was told by webhook: verified by its own hand, kept once. */
export class WebhookInbox {
  readonly #key: Buffer | null
  readonly #clock: SandboxClock
  readonly #received = new Map<string, Received>()

  constructor(secret: string, clock: SandboxClock) {
    this.#key = secret === '' ? null : Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
    this.#clock = clock
  }

  /** Takes a message in; false when it is not surely the product's and fresh. */
  take({ id, timestamp, signature }: WebhookHeaders, body: string): boolean {
    if (!id || !timestamp || !signature || !this.#isSigned(`${id}.${timestamp}.${body}`, signature)) return false
    if (Math.abs(this.#clock.now() / 1000 - Number(timestamp)) > TOLERANCE_S) return false
    const known = this.#received.get(id)
    if (known) {
      known.repeats += 1
      return known.body === body
    }
    const { type, data } = message.parse(JSON.parse(body))
    this.#received.set(id, { id, atMs: this.#clock.now(), type, version: data.version, body, data, repeats: 0 })
    return true
  }

  /** Oldest first. */
  list(): Received[] {
    return [...this.#received.values()]
  }

  #isSigned(text: string, signatures: string): boolean {
    if (!this.#key) return false
    const wanted = createHmac('sha256', this.#key).update(text).digest()
    return signatures.split(' ').some((one) => {
      const given = Buffer.from(one.replace(/^v1,/, ''), 'base64')
      return one.startsWith('v1,') && given.length === wanted.length && timingSafeEqual(given, wanted)
    })
  }
}
