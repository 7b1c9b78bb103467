import type { Store } from '@paycare/bff/db/store.ts'
import type { Clock } from '@paycare/bff/ports/clock.ts'
import type { Process } from '@paycare/bff/ports/process.ts'
import type { Seeded } from './seeded.ts'
import type { Timeline } from './timeline.ts'

/** Never settles: what a dead process was waiting for. */
const never = new Promise<never>(() => undefined)

/** How long the worker of a process on a shared store sleeps when it knows of nothing (`bff/worker/worker.ts`). */
const pollMs = 1_000
/** A freeze outlives every lease (30 s). */
const freezeMs = { least: 31_000, most: 75_000 }

/** How likely it is at one place, or after one answer from outside, that the process dies or stands still. */
export interface Troubles {
  readonly crash: number
  readonly freeze: number
}

export interface ProcessParts {
  readonly timeline: Timeline
  readonly random: Seeded
  /** How far this machine's clock is ahead of the true time. */
  readonly skewMs: number
  readonly troubles: () => Troubles
  readonly onCrash: () => void
  readonly onFreeze: () => void
}

/**
 * One life of one BFF process. Every port call is a place where other work may come first and where the process may die: nothing of a dead
 * process ever goes on. It may also stand still for longer than a lease, and go on as if nothing had happened.
 */
export class SimulatedProcess {
  alive = true
  readonly #p: ProcessParts
  #frozenUntilMs = 0
  constructor(parts: ProcessParts) {
    this.#p = parts
  }

  /** A place between two steps: others go first, and the process may die here. */
  async place(): Promise<void> {
    const { timeline, random } = this.#p
    await timeline.sleep(random.within(0, 12))
    while (this.alive && timeline.now() < this.#frozenUntilMs)
      await timeline.sleep(this.#frozenUntilMs - timeline.now() + random.within(0, 40))
    return this.#survive()
  }

  /** A call of the outside world: others go first, and the process may die before it, or after it without having heard the answer. */
  async around<T>(call: () => Promise<T>): Promise<T> {
    await this.place()
    let result: T
    try {
      result = await call()
    } catch (error) {
      await this.#survive()
      throw error
    }
    await this.#survive()
    return result
  }

  /** A call over the wire: the process may stand still with the answer in its hands. */
  async onWire<T>(call: () => Promise<T>): Promise<T> {
    const result = await this.around(call)
    const { timeline, random, troubles, onFreeze } = this.#p
    if (random.chance(troubles().freeze)) {
      this.#frozenUntilMs = timeline.now() + random.within(freezeMs.least, freezeMs.most)
      onFreeze()
    }
    await this.place()
    return result
  }

  /** Native work (signing, tokens) is counted by the timeline, and the process may die right after it. */
  readonly native = async <T>(work: Promise<T>): Promise<T> => {
    const result = await this.#p.timeline.native(work)
    await this.place()
    return result
  }

  readonly clock: Clock = {
    now: () => this.#p.timeline.now() + this.#p.skewMs,
    after: (ms, callback) => {
      let wanted = true
      const fire = (): void => {
        if (!this.alive || !wanted) return
        const leftMs = this.#frozenUntilMs - this.#p.timeline.now()
        if (leftMs > 0) this.#p.timeline.after(leftMs, fire)
        else callback()
      }
      if (ms === pollMs) this.#p.timeline.poll(ms, fire)
      else this.#p.timeline.after(ms, fire)
      return () => {
        wanted = false
      }
    },
  }

  /** What is queued for one commit is lost with the process that queued it. */
  turns(exit: (error: Error) => void): Process {
    return { soon: (callback) => void this.clock.after(0, callback), exit }
  }

  /** Whoever reads goes on to write, and others go first there: a read needs no place of its own. */
  store(inner: Store): Store {
    return {
      isShared: inner.isShared,
      run: (unit) => this.around(() => inner.run(unit)),
      read: async (unit) => this.#heard(await inner.read(unit)),
      select: async (sql, params) => this.#heard(await inner.select(sql, params)),
      close: () => inner.close(),
    }
  }

  async #heard<T>(answer: T): Promise<T> {
    await this.#survive()
    return answer
  }

  async #survive(): Promise<void> {
    if (!this.alive) return never
    if (!this.#p.random.chance(this.#p.troubles().crash)) return
    this.alive = false
    this.#p.onCrash()
    return never
  }
}
