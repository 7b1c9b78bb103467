import type { Wire, WireAnswer, WireRequest } from '@paycare/bff/ports/wire.ts'
import { DELAY_HEADER, DROP_STATUS, type Sandbox } from '../sandbox/index.ts'
import type { Counts } from './counts.ts'
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
  readonly outage: { readonly everyMs: number; readonly forMs: number; readonly fromMs: number } | undefined
}

const stragglerMostMs = 5 * 60_000
/** Beyond this the product itself says that the bank's clock and its own are apart. */
const apartMs = 2_000
/** The longest freeze and the deadline of a call: whoever has not written an answer by then has lost the lease. */
const longestCallMs = 90_000

/** A message to the bank, and when it was given to the network. */
interface OpenCall {
  readonly msgId: string
  readonly name: string
  readonly atMs: number
}

/** What the network does to one request. */
type Fate = 'notSent' | 'requestLost' | 'answerLost' | 'straggler' | 'delivered'

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

/** The bank's message number in a form; undefined for messages to others. */
function msgIdOf(request: WireRequest): string | undefined {
  return /(?:^|&)msg_id=([^&]+)/.exec(request.body ?? '')?.[1]
}

export interface NetworkParts {
  readonly timeline: Timeline
  readonly random: Seeded
  readonly sandbox: Sandbox
  /** Counts every call by interface and fate. */
  readonly counts: Counts
  readonly faults: (counterparty: 'bank' | 'others') => NetworkFaults
  /** Called after every message that reached the bank. */
  readonly reached: (name: string) => void
}

/** The wire between a simulated process and the other side: real request texts, a network that loses, delays and refuses. */
export class Network {
  /** Stragglers that have not arrived yet. */
  underWay = 0
  /** Message numbers that met a fault on their way. */
  readonly harmed = new Set<string>()
  readonly #p: NetworkParts
  readonly #calls = new WeakMap<SimulatedProcess, Map<string, OpenCall>>()
  constructor(parts: NetworkParts) {
    this.#p = parts
  }

  /** The bank's calls that a process has just made; whether it has written their answers only the database tells. */
  openCallsOf(process: SimulatedProcess): OpenCall[] {
    return [...(this.#calls.get(process)?.values() ?? [])]
  }

  wireOf(process: SimulatedProcess): Wire {
    return (request) => process.onWire(() => this.#send(request, process))
  }

  async #send(request: WireRequest, process: SimulatedProcess): Promise<WireAnswer> {
    const { timeline, random } = this.#p
    const { deadlineMs } = request
    const name = nameOf(request)
    const fate = this.#fate(this.#p.faults(name.includes(':') ? 'others' : 'bank'))
    this.#record(name, fate, request, process)
    if (fate === 'notSent') return { is: 'notSent', why: 'ECONNREFUSED' }
    if (fate === 'straggler') this.#arriveLate(name, request)
    if (fate === 'requestLost' || fate === 'straggler') return this.#lost(deadlineMs)
    await timeline.sleep(random.within(5, 60))
    const answer = await this.#arrive(name, request)
    if (fate === 'answerLost' || answer.status === DROP_STATUS) return this.#lost(deadlineMs)
    const delayMs = Number(answer.headers[DELAY_HEADER] ?? 0)
    if (delayMs > 0) this.#harm(request)
    if (delayMs >= deadlineMs) return this.#lost(deadlineMs)
    await timeline.sleep(random.within(5, 60) + delayMs)
    return { is: 'answered', status: answer.status, body: answer.body }
  }

  #fate({ notSent, requestLost, answerLost, straggler, outage }: NetworkFaults): Fate {
    const u = this.#p.random.next()
    let reachedTo = this.#isOut(outage) ? 0.8 : notSent
    if (u < reachedTo) return 'notSent'
    if (u < (reachedTo += requestLost)) return 'requestLost'
    if (u < (reachedTo += answerLost)) return 'answerLost'
    return u < reachedTo + straggler ? 'straggler' : 'delivered'
  }

  #record(name: string, fate: Fate, request: WireRequest, process: SimulatedProcess): void {
    const { counts, timeline, sandbox } = this.#p
    timeline.trace(`wire ${name} ${fate}`)
    counts.add(`call ${name} ${fate}`)
    if (fate !== 'delivered') this.#harm(request)
    const apart = Math.abs(timeline.now() + sandbox.bank.skewMs() - process.clock.now())
    if (!name.includes(':') && apart > apartMs) counts.add(`call ${name} CLOCK_SKEW`)
    const msgId = msgIdOf(request)
    if (msgId !== undefined) this.#remember(process, { msgId, name, atMs: timeline.now() })
  }

  #remember(process: SimulatedProcess, call: OpenCall): void {
    const calls = this.#calls.get(process) ?? new Map<string, OpenCall>()
    this.#calls.set(process, calls)
    for (const old of calls.values()) {
      if (call.atMs - old.atMs <= longestCallMs) break
      calls.delete(old.msgId)
    }
    calls.set(call.msgId, call)
  }

  #harm(request: WireRequest): void {
    const msgId = msgIdOf(request)
    if (msgId !== undefined) this.harmed.add(msgId)
  }

  #isOut(outage: NetworkFaults['outage']): boolean {
    if (outage === undefined) return false
    const { everyMs, forMs, fromMs } = outage
    return (this.#p.timeline.now() - fromMs + everyMs) % everyMs < forMs
  }

  #arriveLate(name: string, request: WireRequest): void {
    const { timeline, random } = this.#p
    this.underWay++
    timeline.after(random.within(1_000, stragglerMostMs), () => {
      this.underWay--
      void this.#arrive(name, request)
    })
  }

  /** What the counterparty does with a request that reaches it. */
  async #arrive(name: string, request: WireRequest): Promise<Arrived> {
    const { timeline, sandbox, reached } = this.#p
    const { host, pathname } = new URL(request.url)
    if (host === 'bank') {
      const answer = sandbox.bank.handle({ path: pathname, body: request.body ?? '' })
      reached(name)
      return answer
    }
    const app = host === 'hospital' ? sandbox.hospital.app : sandbox.wechat
    const { method, headers, body } = request
    const init: RequestInit = { method, headers, ...(body === undefined ? {} : { body }) }
    return timeline.native(arrived(app.fetch(new Request(request.url, init))))
  }

  async #lost(deadlineMs: number): Promise<WireAnswer> {
    await this.#p.timeline.sleep(deadlineMs)
    return { is: 'lost', why: 'TimeoutError' }
  }
}
