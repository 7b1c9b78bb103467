import { setTimeout as sleep } from 'node:timers/promises'
import { SubmitOrder } from '@paycare/shared/contract'
import { groupBy } from '@paycare/shared/rules'
import { HisActor } from '../simulation/his-actor.ts'
import type { Resident } from '../simulation/people.ts'
import type { Seeded } from '../simulation/seeded.ts'
import type { House } from './house.ts'

/** HIS takes its time in minutes; here everything of it is this much quicker, and no pause is longer or shorter than these. */
const quicker = 5
const pauseMs = { least: 20, most: 3_000 }

/** A request of HIS that changes something, as it was first sent and would be sent again. */
export interface Sent {
  readonly atMs: number
  readonly path: string
  readonly key: string | null
  readonly body: string
  isAcknowledged: boolean
}

/**
 * HIS of a house under load: the hospital of the simulation over real HTTP. It keeps a number of visits going and repeats whatever was not
 * answered, with the same key, until it is.
 */
export class HisLoad {
  readonly actor: HisActor
  /** Payments that HIS was told about. */
  readonly told = new Set<string>()
  /** Orders that were answered. */
  readonly #answered = new Set<string>()
  /** In the order in which they were first sent. */
  readonly #sent = new Map<string, Sent>()
  readonly #house: House
  readonly #residents: readonly Resident[]
  readonly #random: Seeded
  readonly #going = new Set<Promise<void>>()
  #visits = 0
  #wanted = 0
  /** Closed while HIS is told to wait. */
  #gate: Promise<void> = Promise.resolve()

  constructor(house: House, residents: readonly Resident[], random: Seeded) {
    this.#house = house
    this.#residents = residents
    this.#random = random
    this.actor = new HisActor({
      timeline: {
        now: () => house.now(),
        sleep: (ms) => sleep(Math.min(pauseMs.most, Math.max(pauseMs.least, ms / quicker))),
        trace: () => undefined,
      },
      random,
      institution: 'jc-first',
      keys: house.keys.institutions['jc-first'],
      reach: (request) => this.#reach(request),
      told: ({ id }) => void this.told.add(id),
      isKnown: (orderNo) => this.#isKnown(orderNo),
      state: () => undefined,
    })
  }

  /** From now on so many visits are under way at any time; 0 lets those come to their end. */
  keep(visits: number): void {
    this.#wanted = visits
    while (this.#going.size < this.#wanted) this.#begin()
  }

  get underWay(): number {
    return this.#going.size
  }

  /** HIS sends nothing until the answer is called. */
  hold(): () => void {
    let open = (): void => undefined
    this.#gate = new Promise((resolve) => (open = resolve))
    return open
  }

  /** HIS itself sees an order once it is answered; before that only the bank does, when it is asked for the lock. */
  #isKnown(orderNo: string): boolean {
    return this.#answered.has(orderNo) || this.#house.sandbox.bank.locks().some((lock) => lock.orderNo === orderNo)
  }

  get acknowledged(): number {
    return [...this.#sent.values()].filter((one) => one.isAcknowledged).length
  }

  /** What was first sent from then on. */
  sentSince(atMs: number): Sent[] {
    return [...this.#sent.values()].filter((one) => one.atMs >= atMs)
  }

  /** Sends requests once more, those of a visit one after the other; answers which that had succeeded did not do so again. */
  async repeat(requests: readonly Sent[]): Promise<string[]> {
    const failed: string[] = []
    const byVisit = groupBy(requests, visitOf)
    const queue = [...byVisit.values()]
    const one = async (): Promise<void> => {
      for (let mine = queue.shift(); mine; mine = queue.shift()) {
        for (const request of mine) {
          const { status, text } = await this.#send(request)
          if (status !== 200 && request.isAcknowledged) failed.push(`${request.path}: ${status} ${text}`)
        }
      }
    }
    await Promise.all(Array.from({ length: 8 }, one))
    return failed
  }

  #begin(): void {
    const at = this.#visits++
    const resident = this.#residents[at % this.#residents.length]
    if (!resident) return
    const visit = this.actor.visit(`V${at}`, resident, this.#random.within(1, 3), { is: 'soon' }).then(() => {
      this.#going.delete(visit)
      if (this.#going.size < this.#wanted) this.#begin()
    })
    this.#going.add(visit)
  }

  #note(path: string, key: string | null, body: string): Sent {
    const id = `${path} ${key ?? body}`
    const known = this.#sent.get(id)
    const sent = known ?? { atMs: this.#house.now(), path, key, body, isAcknowledged: false }
    this.#sent.set(id, sent)
    return sent
  }

  /** Nobody there, or gone in the middle of it: to HIS both are no answer. */
  async #reach(request: Request): Promise<Response> {
    await this.#gate
    const { pathname } = new URL(request.url)
    const body = request.method === 'GET' ? undefined : await request.text()
    const { method, headers } = request
    const sent = body === undefined ? undefined : this.#note(pathname, headers.get('idempotency-key'), body)
    try {
      const response = await fetch(`${this.#house.url}${pathname}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body }),
      })
      const text = await response.text()
      if (sent && response.status === 200) {
        sent.isAcknowledged = true
        if (pathname.endsWith('/orders')) this.#answered.add(SubmitOrder.parse(JSON.parse(sent.body)).orderNo)
      }
      return new Response(text, { status: response.status })
    } catch {
      return new Response('no answer', { status: 503 })
    }
  }

  async #send({ path, key, body }: Sent): Promise<{ status: number; text: string }> {
    const headers: Record<string, string> = {
      authorization: `Bearer ${this.actor.token()}`,
      'content-type': 'application/json',
    }
    if (key !== null) headers['idempotency-key'] = key
    const response = await fetch(`${this.#house.url}${path}`, { method: 'POST', headers, body })
    return { status: response.status, text: await response.text() }
  }
}

function visitOf({ path, body }: Sent): string {
  const [, inPath] = /^\/his\/v1\/visits\/([^/]+)/.exec(path) ?? []
  return inPath ?? String((JSON.parse(body) as { visitNo?: string }).visitNo)
}
