import type { Outcome, StepName } from '@paycare/shared/rules'
import type { Clock, Randomness } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import { closed, heard, isAnswer, leaving, type Breaker } from './breaker.ts'

/** A breaker that is open. */
export interface OpenBreaker {
  readonly lane: string
  readonly step: StepName
  readonly failedProbes: number
  readonly probeAtMs: number
}

/**
 * One breaker for each lane and step, in the memory of this process: a lock that nobody answers holds up no confirm, and no other institution.
 * What they know is learned again within seconds after a start.
 */
export class Breakers {
  readonly #clock: Clock
  readonly #random: Randomness
  readonly #log: Log
  readonly #known = new Map<string, { readonly lane: string; readonly step: StepName; breaker: Breaker }>()
  constructor(clock: Clock, random: Randomness, log: Log) {
    this.#clock = clock
    this.#random = random
    this.#log = log
  }

  /** Before this instant no send of the step goes; 0 when none is held up. */
  heldUntil(lane: string, step: StepName): number {
    return this.#of(lane, step).breaker.probeAtMs ?? 0
  }

  /** A send is about to leave; what it hears, or that it did not leave, is told with the answer, which says whether it is a probe. */
  leaving(lane: string, step: StepName): boolean {
    const known = this.#of(lane, step)
    const isProbe = known.breaker.probeAtMs !== null
    known.breaker = leaving(known.breaker, this.#clock.now())
    return isProbe
  }

  /** Answers whether the breaker was closed by it: others may be waiting. */
  heard(lane: string, step: StepName, isProbe: boolean, outcome: Outcome): boolean {
    const known = this.#of(lane, step)
    const { breaker } = known
    known.breaker = heard(breaker, isAnswer(outcome), isProbe, this.#clock.now(), () => this.#jitter())
    const wasOpen = breaker.probeAtMs !== null
    const isOpen = known.breaker.probeAtMs !== null
    if (isOpen && !wasOpen) this.#log.warn({ lane, step }, 'breaker opens')
    if (wasOpen && !isOpen) this.#log.info({ lane, step, failedProbes: breaker.failedProbes }, 'breaker closes')
    return wasOpen && !isOpen
  }

  /** Nothing left after all: the next one is the probe. */
  unused(lane: string, step: StepName, isProbe: boolean): void {
    const known = this.#of(lane, step)
    if (isProbe && known.breaker.probeAtMs !== null) known.breaker = { ...known.breaker, probeAtMs: this.#clock.now() }
  }

  open(): OpenBreaker[] {
    return [...this.#known.values()].flatMap(({ lane, step, breaker: { failedProbes, probeAtMs } }) =>
      probeAtMs === null ? [] : [{ lane, step, failedProbes, probeAtMs }],
    )
  }

  #of(lane: string, step: StepName) {
    const key = `${lane}:${step}`
    let known = this.#known.get(key)
    if (!known) this.#known.set(key, (known = { lane, step, breaker: closed }))
    return known
  }

  #jitter(): number {
    return (this.#random.bytes(1)[0] ?? 0) / 256
  }
}
