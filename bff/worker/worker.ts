import { NEVER, type Engine } from '../engine/index.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'

const perLane = 8
const most = 40
/** A missed signal costs at most this much time. What other processes make due is never signalled here. */
const longestPauseMs = { alone: 60_000, shared: 1_000 }

/** Wakes what is due: sleeps until the next wake or lease end instead of polling. */
export class Worker {
  readonly #engine: Engine
  readonly #clock: Clock
  readonly #log: Log
  readonly #longestPauseMs: number
  #cancel: (() => void) | undefined
  #running = false
  #looking: Promise<void> | undefined
  #again = false

  constructor(engine: Engine, clock: Clock, log: Log, isShared: boolean) {
    this.#engine = engine
    this.#clock = clock
    this.#log = log
    this.#longestPauseMs = isShared ? longestPauseMs.shared : longestPauseMs.alone
  }

  start(): void {
    this.#running = true
    this.poke()
  }

  /** Looks at once, or again right after the look that is under way. */
  poke(): void {
    if (!this.#running) return
    if (this.#looking) {
      this.#again = true
      return
    }
    this.#cancel?.()
    this.#looking = this.#look().finally(() => {
      this.#looking = undefined
      if (!this.#again) return
      this.#again = false
      this.poke()
    })
  }

  /** Claims nothing more; work under way goes on. */
  async stop(): Promise<void> {
    this.#running = false
    this.#cancel?.()
    await this.quiet()
  }

  /** Resolves when no look is under way. */
  async quiet(): Promise<void> {
    while (this.#looking) await this.#looking
  }

  async #look(): Promise<void> {
    let pauseMs = this.#longestPauseMs
    try {
      while (this.#running && (await this.#engine.workOnDue(perLane, most)) === most);
      const dueAtMs = await this.#engine.nextDueAt()
      if (dueAtMs < NEVER) pauseMs = Math.min(pauseMs, Math.max(0, dueAtMs - this.#clock.now()))
    } catch (error) {
      this.#log.error({ error: error instanceof Error ? error.message : 'unknown' }, 'worker could not look')
    }
    if (this.#running) this.#cancel = this.#clock.after(pauseMs, () => this.poke())
  }
}
