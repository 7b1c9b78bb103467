import type { Store } from '@paycare/bff/db/store.ts'
import type { Clock } from '@paycare/bff/ports/clock.ts'
import type { Process } from '@paycare/bff/ports/process.ts'
import type { Seeded } from './seeded.ts'
import type { Timeline } from './timeline.ts'

/** Never settles: what a dead process was waiting for. */
const never = new Promise<never>(() => undefined)

/**
 * One life of the BFF. Every port call is a place where other work may come first and where the process may die: nothing of a dead process
 * ever goes on.
 */
export class SimulatedProcess {
  alive = true
  readonly #timeline: Timeline
  readonly #random: Seeded
  readonly #crashProbability: () => number
  readonly #onCrash: () => void
  constructor(timeline: Timeline, random: Seeded, crashProbability: () => number, onCrash: () => void) {
    this.#timeline = timeline
    this.#random = random
    this.#crashProbability = crashProbability
    this.#onCrash = onCrash
  }

  /** A place between two steps: others go first, and the process may die here. */
  async place(): Promise<void> {
    await this.#timeline.sleep(this.#random.within(0, 12))
    if (!this.alive) return never
    if (this.#random.chance(this.#crashProbability())) {
      this.alive = false
      this.#onCrash()
      return never
    }
  }

  /** A call of the outside world with a place before and after it. */
  async around<T>(call: () => Promise<T>): Promise<T> {
    await this.place()
    let result: T
    try {
      result = await call()
    } catch (error) {
      await this.place()
      throw error
    }
    await this.place()
    return result
  }

  /** Native work (signing, tokens) is counted by the timeline, and the process may die right after it. */
  readonly native = async <T>(work: Promise<T>): Promise<T> => {
    const result = await this.#timeline.native(work)
    await this.place()
    return result
  }

  readonly clock: Clock = {
    now: () => this.#timeline.now(),
    after: (ms, callback) => {
      let wanted = true
      this.#timeline.after(ms, () => {
        if (this.alive && wanted) callback()
      })
      return () => {
        wanted = false
      }
    },
  }

  /** What is queued for one commit is lost with the process that queued it. */
  turns(exit: (error: Error) => void): Process {
    return { soon: (callback) => void this.clock.after(0, callback), exit }
  }

  store(inner: Store): Store {
    return {
      isShared: inner.isShared,
      run: (unit) => this.around(() => inner.run(unit)),
      read: (unit) => this.around(() => inner.read(unit)),
      select: (sql, params) => this.around(() => inner.select(sql, params)),
      close: () => inner.close(),
    }
  }
}
