import { atMost } from '../ports/clock.ts'
import { advance } from './advance.ts'
import { aim } from './aim.ts'
import type { Actor, EngineContext } from './context.ts'
import { claimDue, nextDueAt } from './leases.ts'
import { open, type NewSubject } from './open.ts'
import type { Goal } from '@paycare/shared/rules'
import type { Lease } from './subject.ts'

export { AimRefused } from './aim.ts'
export type { Actor, EngineContext } from './context.ts'
export { NEVER } from './context.ts'
export { journalOf, replay, type JournalRow } from './journal.ts'
export type { NewSubject } from './open.ts'
export { findSubject, paymentsOfBill } from './read.ts'
export { mutableKeys, type Lease, type Subject } from './subject.ts'

/** How long somebody who waits at a screen or a counter is kept waiting for a counterparty (`bank.md §4.2`). */
const patienceMs = 8_000

/**
 * The one way for every fen to move (`engine.md`). `open` and `aim` are units that a module runs inside its own transaction; `advance` does
 * the rest, in the request, in the worker and after a crash.
 */
export class Engine {
  readonly #x: EngineContext
  readonly #working = new Set<Promise<void>>()
  constructor(x: EngineContext) {
    this.#x = x
  }

  open(n: NewSubject, by: Actor) {
    return open(this.#x, n, by)
  }

  aim(subjectId: string, goal: Goal, by: Actor, captureFen?: number) {
    return aim(this.#x, subjectId, goal, by, captureFen)
  }

  /** Works on the leased subjects and comes back when all are at rest or patience is over; the work goes on behind. */
  async settleSoon(leases: readonly Lease[]): Promise<void> {
    if (leases.length === 0) return
    const work = Promise.all(leases.map((lease) => this.#tracked(lease)))
    await atMost(this.#x.clock, patienceMs, work)
  }

  /** Claims what is due and works on it in the background; answers how many subjects were claimed. */
  async workOnDue(perLane: number, most: number): Promise<number> {
    const leases = await this.#x.store.run(() => claimDue(this.#x.clock.now(), perLane, most))
    for (const lease of leases) void this.#tracked(lease)
    return leases.length
  }

  nextDueAt(): Promise<number> {
    return this.#x.store.read(() => nextDueAt())
  }

  /** Resolves when nothing is being worked on any more: what shutdown waits for. */
  async idle(): Promise<void> {
    while (this.#working.size > 0) await Promise.allSettled(this.#working)
  }

  #tracked(lease: Lease): Promise<void> {
    const work = advance(this.#x, lease)
      .catch((error: unknown) => {
        // The lease runs out and the worker starts again from what is stored.
        this.#x.log.error({ subjectId: lease.subjectId, error: describe(error) }, 'advance failed')
      })
      .finally(() => this.#working.delete(work))
    this.#working.add(work)
    return work
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : 'unknown'
}
