import type { Wire, WireAnswer, WireRequest } from '@paycare/bff/ports/wire.ts'
import { DELAY_HEADER, DROP_STATUS, type Sandbox } from '../sandbox/index.ts'
import type { SimulatedProcess } from './process.ts'
import type { Seeded } from './seeded.ts'
import type { Timeline } from './timeline.ts'

/** How often the network does what. Probabilities of one request. */
export interface NetworkFaults {
  readonly notSent: number
  readonly requestLost: number
  readonly answerLost: number
  /** Arrives up to five minutes late, long after the caller gave up. */
  readonly straggler: number
  /** Every so often the counterparty cannot be reached at all for a while. */
  readonly outage: { readonly everyMs: number; readonly forMs: number } | undefined
}

export const calmNetwork: NetworkFaults = { notSent: 0, requestLost: 0, answerLost: 0, straggler: 0, outage: undefined }

const stragglerMostMs = 5 * 60_000

/** Counts of what happened to calls, by interface and fate. */
export type Fates = Map<string, number>

interface Arrived {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

async function arrived(answer: Response | Promise<Response>): Promise<Arrived> {
  const response = await answer
  return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }
}

/** The interface that a request is for: the bank's logical name, or the hospital's with a mark of its own. */
function nameOf(request: WireRequest): string {
  const { host, pathname } = new URL(request.url)
  const parts = pathname.split('/')
  if (host === 'bank') return parts[3] ?? pathname
  if (pathname.includes('/slots/')) return `${host}:slot`
  return `${host}:${pathname.includes('/registrations/') && request.method === 'GET' ? 'look' : parts.at(-1)}`
}

/** The wire between a simulated process and the other side: real request texts, a network that loses, delays and refuses. */
export class Network {
  faults: NetworkFaults
  readonly fates: Fates = new Map()
  /** Stragglers that have not arrived yet. */
  underWay = 0
  readonly #timeline: Timeline
  readonly #random: Seeded
  readonly #sandbox: Sandbox
  constructor(timeline: Timeline, random: Seeded, sandbox: Sandbox, faults: NetworkFaults) {
    this.#timeline = timeline
    this.#random = random
    this.#sandbox = sandbox
    this.faults = faults
  }

  wireOf(process: SimulatedProcess): Wire {
    return (request) => process.around(() => this.#send(request))
  }

  async #send(request: WireRequest): Promise<WireAnswer> {
    const { deadlineMs } = request
    const name = nameOf(request)
    const u = this.#random.next()
    const { requestLost, answerLost, straggler } = this.faults
    const notSent = this.#isOut() ? 0.8 : this.faults.notSent
    const fate =
      u < notSent
        ? 'notSent'
        : u < notSent + requestLost
          ? 'requestLost'
          : u < notSent + requestLost + answerLost
            ? 'answerLost'
            : u < notSent + requestLost + answerLost + straggler
              ? 'straggler'
              : 'delivered'
    this.fates.set(`${name} ${fate}`, (this.fates.get(`${name} ${fate}`) ?? 0) + 1)
    this.#timeline.trace(`wire ${name} ${fate}`)
    if (fate === 'notSent') return { is: 'notSent', why: 'ECONNREFUSED' }
    if (fate === 'straggler') this.#arriveLate(request)
    if (fate === 'requestLost' || fate === 'straggler') return this.#lost(deadlineMs)
    await this.#timeline.sleep(this.#random.within(5, 60))
    const answer = await this.#arrive(request)
    if (fate === 'answerLost' || answer.status === DROP_STATUS) return this.#lost(deadlineMs)
    await this.#timeline.sleep(this.#random.within(5, 60) + Number(answer.headers[DELAY_HEADER] ?? 0))
    return { is: 'answered', status: answer.status, body: answer.body }
  }

  #isOut(): boolean {
    const { outage } = this.faults
    return outage !== undefined && this.#timeline.now() % outage.everyMs < outage.forMs
  }

  #arriveLate(request: WireRequest): void {
    this.underWay++
    this.#timeline.after(this.#random.within(1_000, stragglerMostMs), () => {
      this.underWay--
      void this.#arrive(request)
    })
  }

  /** What the counterparty does with a request that reaches it. */
  async #arrive(request: WireRequest): Promise<Arrived> {
    const { host, pathname } = new URL(request.url)
    if (host === 'bank') return this.#sandbox.bank.handle({ path: pathname, body: request.body ?? '' })
    const app = host === 'hospital' ? this.#sandbox.hospital.app : this.#sandbox.wechat
    const { method, headers, body } = request
    const init: RequestInit = { method, headers, ...(body === undefined ? {} : { body }) }
    return this.#timeline.native(arrived(app.fetch(new Request(request.url, init))))
  }

  async #lost(deadlineMs: number): Promise<WireAnswer> {
    await this.#timeline.sleep(deadlineMs)
    return { is: 'lost', why: 'TimeoutError' }
  }
}
