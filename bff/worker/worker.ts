import { NEVER, type Engine } from '../engine/index.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'

/** So many subjects of one institution and channel are worked on at a time in this process; requests count, and are never held up. */
const perLane = 8
/** The longest claim: one unit. */
const most = 40
/**
 * Between two looks. A missed signal costs at most the longest; what other processes make due is never signalled here. What is due and could
 * not be claimed is being claimed by another process at this moment: that is no reason to look without a pause.
 */
const pauses = {
  alone: { shortestMs: 0, longestMs: 60_000 },
  shared: { shortestMs: 20, longestMs: 1_000 },
}

/** Wakes what is due: sleeps until the next wake or lease end instead of polling. */
export class Worker {
  readonly #engine: Engine
  readonly #clock: Clock
  readonly #log: Log
  readonly #pauses: { readonly shortestMs: number; readonly longestMs: number }
  #cancel: (() => void) | undefined
  #running = false
  #looking: Promise<void> | undefined
  #again = false

  constructor(engine: Engine, clock: Clock, log: Log, isShared: boolean) {
    this.#engine = engine
    this.#clock = clock
    this.#log = log
    this.#pauses = isShared ? pauses.shared : pauses.alone
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
    const { shortestMs, longestMs } = this.#pauses
    let pauseMs = longestMs
    try {
      let look = { claimed: most, nextDueAtMs: NEVER }
      while (this.#running && look.claimed === most) look = await this.#engine.workOnDue(perLane, most)
      const dueInMs = look.nextDueAtMs - this.#clock.now()
      pauseMs = Math.min(longestMs, Math.max(shortestMs, dueInMs))
    } catch (error) {
      this.#log.error({ error: error instanceof Error ? error.message : 'unknown' }, 'worker could not look')
    }
    if (this.#running) this.#cancel = this.#clock.after(pauseMs, () => this.poke())
  }
}
