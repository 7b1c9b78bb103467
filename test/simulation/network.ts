import type { Wire, WireAnswer } from '@paycare/bff/ports/wire.ts'
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

/** The wire between a simulated process and the bank: real request texts, a network that loses, delays and refuses. */
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
    return (request) =>
      process.around(() => {
        const path = new URL(request.url).pathname
        return this.#send(path, request.body ?? '', request.deadlineMs)
      })
  }

  async #send(path: string, body: string, deadlineMs: number): Promise<WireAnswer> {
    const name = path.split('/')[3] ?? path
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
    if (fate === 'straggler') this.#arriveLate(path, body)
    if (fate === 'requestLost' || fate === 'straggler') return this.#lost(deadlineMs)
    await this.#timeline.sleep(this.#random.within(5, 60))
    const answer = this.#sandbox.bank.handle({ path, body })
    if (fate === 'answerLost' || answer.status === DROP_STATUS) return this.#lost(deadlineMs)
    await this.#timeline.sleep(this.#random.within(5, 60) + Number(answer.headers[DELAY_HEADER] ?? 0))
    return { is: 'answered', status: answer.status, body: answer.body }
  }

  #isOut(): boolean {
    const { outage } = this.faults
    return outage !== undefined && this.#timeline.now() % outage.everyMs < outage.forMs
  }

  #arriveLate(path: string, body: string): void {
    this.underWay++
    this.#timeline.after(this.#random.within(1_000, stragglerMostMs), () => {
      this.underWay--
      this.#sandbox.bank.handle({ path, body })
    })
  }

  async #lost(deadlineMs: number): Promise<WireAnswer> {
    await this.#timeline.sleep(deadlineMs)
    return { is: 'lost', why: 'TimeoutError' }
  }
}
