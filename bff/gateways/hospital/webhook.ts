import { Webhook } from 'standardwebhooks'
import type { Wire } from '../../ports/wire.ts'

/** Ends well before a lease does. */
const deadlineMs = 10_000

/** What became of telling: `gone` is the receiver's word that it wants to hear no more of this (410). */
export interface WebhookAnswer {
  readonly is: 'taken' | 'gone' | 'failed'
  /** The answered status, or why there was none. */
  readonly status: string
}

/** Tells the hospital of changes by signed messages (Standard Webhooks 1.0). It repeats nothing by itself. */
export class WebhookClient {
  readonly #signers: ReadonlyMap<string, readonly Webhook[]>
  readonly #wire: Wire
  constructor(secrets: Readonly<Record<string, readonly string[]>>, wire: Wire) {
    this.#signers = new Map(Object.entries(secrets).map(([id, all]) => [id, all.map((one) => new Webhook(one))]))
    this.#wire = wire
  }

  /** Sends one message; while one secret replaces another it carries a signature of each. */
  async send(institution: string, url: string, id: string, atMs: number, body: string): Promise<WebhookAnswer> {
    const signers = this.#signers.get(institution) ?? []
    if (signers.length === 0) return { is: 'failed', status: 'NO_SECRET' }
    const answer = await this.#wire({
      method: 'POST',
      url,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(atMs / 1000)),
        'webhook-signature': signers.map((one) => one.sign(id, new Date(atMs), body)).join(' '),
      },
      body,
      deadlineMs,
    })
    if (answer.is !== 'answered') return { is: 'failed', status: answer.why.slice(0, 64) }
    const status = String(answer.status)
    if (answer.status === 410) return { is: 'gone', status }
    return { is: answer.status >= 200 && answer.status < 300 ? 'taken' : 'failed', status }
  }
}
