import type { Unit } from '../db/unit.ts'
import { atMost } from '../ports/clock.ts'
import { advance, type AdvanceContext, type Consult } from './advance.ts'
import { aim } from './aim.ts'
import { Breakers, type OpenBreaker } from './breakers.ts'
import type { CallIntent } from '../db/intent-log.ts'
import type { Actor, EngineContext } from './context.ts'
import { hint } from './hint.ts'
import { Lanes } from './lanes.ts'
import { claimDue, giveBack, LeaseLost } from './leases.ts'
import { open, type NewSubject } from './open.ts'
import { openRefund, resumeRefund, type NewRefund } from './refund.ts'
import { lostCalls, restore, type Restored } from './restore.ts'
import type { Goal } from '@paycare/shared/rules'
import type { Lease, Refund, Subject } from './subject.ts'
import { raise, type WorkItem } from './work-items.ts'

export { AimRefused } from './aim.ts'
export { afresh, applyToFresh, unlessChanged } from './conflicts.ts'
export type { Actor, EngineContext } from './context.ts'
export { NEVER } from './context.ts'
export { chronicle, journalOf, replay, type Entry, type JournalRow } from './journal.ts'
export { bornLeased, giveBack, keep, takeOrWake } from './leases.ts'
export type { Consult } from './advance.ts'
export type { NewSubject } from './open.ts'
export { attemptsOf, findPayment, findRefund, paymentsOfBill, readPaymentById } from './read.ts'
export type { NewRefund } from './refund.ts'
export {
  mutablePartOf,
  type Attempt,
  type Lease,
  type Payment,
  type Refund,
  type RefundQueue,
  type Subject,
} from './subject.ts'

/** How long somebody who waits at a screen or a counter is kept waiting for a counterparty (`bank.md §4.2`). */
const patienceMs = 8_000

/** How one kind of subject is worked on: does what can be done now, and answers when the subject is due again. */
export type Work = (lease: Lease) => Promise<number>

/**
 * The one way for every fen to move (`engine.md`). `open` and `aim` are units that a module runs inside its own transaction; `advance` does
 * the rest, in the request, in the worker and after a crash. A module with a subject of its own brings the work for it: wakes, leases and
 * crashes are the same for all.
 */
export class Engine {
  #x: AdvanceContext
  readonly #working = new Set<Promise<void>>()
  readonly #lanes = new Lanes()
  readonly #breakers: Breakers
  readonly #works: Map<string, Work>
  #consult: Consult | undefined
  constructor(x: EngineContext) {
    this.#breakers = new Breakers(x.clock, x.random, x.log)
    this.#x = { ...x, breakers: this.#breakers }
    const work: Work = (lease) => advance(this.#x, lease, this.#consult)
    this.#works = new Map([
      ['payment', work],
      ['refund', work],
    ])
  }

  /** From now on subjects of this kind are worked on by `work`. */
  takeOn(kind: string, work: Work): void {
    this.#works.set(kind, work)
  }

  /** From now on the evening sweep asks this way. */
  consultBy(consult: Consult): void {
    this.#consult = consult
  }

  /** From now on this runs in the transaction of every change of a state. */
  tellBy(told: (s: Subject, atMs: number) => Unit<void>): void {
    this.#x = { ...this.#x, told }
  }

  /** From now on this runs in the transaction in which a refund is put off: who tries it again, and when. */
  deferBy(plan: (refund: Refund) => Unit<void>): void {
    this.#x = { ...this.#x, planDeferred: plan }
  }

  /** Whether the channel's clock and ours agree well enough to open something; `open` throws otherwise. */
  mayOpen(channel: string): boolean {
    return !this.#x.lineOf(channel).clock.isAstray
  }

  open(n: NewSubject, by: Actor) {
    return open(this.#x, n, by)
  }

  aim(subjectId: string, goal: Goal, by: Actor, captureFen?: number) {
    return aim(this.#x, subjectId, goal, by, captureFen)
  }

  openRefund(n: NewRefund, by: Actor) {
    return openRefund(this.#x, n, by)
  }

  resumeRefund(id: string, by: Actor) {
    return resumeRefund(this.#x, id, by)
  }

  /** Puts a subject that needs a person on the list. */
  raise(subject: { readonly id: string; readonly institution: string }, kind: WorkItem, evidence: string) {
    return raise(this.#x, subject, kind, evidence)
  }

  /** A counterparty says that something happened to a serial: nothing is believed, the question comes earlier. */
  async hint(institution: string, channel: string, serial: string): Promise<void> {
    await this.#x.store.run(() => hint(this.#x, institution, channel, serial))
    this.#x.poke()
  }

  /** How many calls of the log this database does not know: more than none means that it was put back from a copy. */
  async forgotten(intents: readonly CallIntent[]): Promise<number> {
    return (await lostCalls(this.#x, intents)).length
  }

  /** Makes a database that was put back from a copy fit to be opened. Nobody else may work on it meanwhile. */
  restore(intents: readonly CallIntent[]): Promise<Restored> {
    return restore(this.#x, intents, (lease) => this.work(lease))
  }

  /** Works on the leased subjects and comes back when all are at rest or patience is over; the work goes on behind. */
  async settleSoon(leases: readonly Lease[]): Promise<void> {
    if (leases.length === 0) return
    const work = Promise.all(leases.map((lease) => this.work(lease)))
    await atMost(this.#x.clock, patienceMs, work)
  }

  /**
   * Claims what is due and works on it in the background, `perLane` subjects of a lane at a time, those that requests work on included: a
   * counterparty that does not answer keeps so many of us busy and no more. Answers when to look again; until then only a poke is a reason.
   */
  async workOnDue(perLane: number, most: number): Promise<{ readonly claimed: number; readonly nextDueAtMs: number }> {
    const placesIn = (lane: string): number => perLane - this.#lanes.busy(lane)
    const { leases, nextDueAtMs } = await this.#x.store.run(() => claimDue(this.#x.clock.now(), placesIn, most))
    for (const lease of leases) void this.work(lease)
    return { claimed: leases.length, nextDueAtMs }
  }

  /** The breakers that are open, for whoever watches. */
  openBreakers(): OpenBreaker[] {
    return this.#breakers.open()
  }

  /** Resolves when nothing is being worked on any more: what shutdown waits for. Answers whether anything was. */
  async idle(): Promise<boolean> {
    const wasBusy = this.#working.size > 0
    while (this.#working.size > 0) await Promise.allSettled(this.#working)
    return wasBusy
  }

  /**
   * Works on one leased subject until it rests, and gives the lease back. Never rejects: what failed is done again when the lease runs out.
   * Who does it for another subject and waits for it says so (`within`): meanwhile that one keeps its own counterparty busy with nothing.
   */
  work(lease: Lease, within?: Lease): Promise<void> {
    if (within) this.#leave(within)
    this.#lanes.enter(lease.lane)
    const work = this.#work(lease)
      .catch((error: unknown) => {
        const { subjectId } = lease
        if (error instanceof LeaseLost) this.#x.log.warn({ subjectId }, 'lease lost')
        else this.#x.log.error({ subjectId, error: describe(error) }, 'advance failed')
      })
      .finally(() => {
        this.#working.delete(work)
        if (within) this.#lanes.enter(within.lane)
        this.#leave(lease)
      })
    this.#working.add(work)
    return work
  }

  /** A place is free: somebody may wait for it. */
  #leave({ lane }: Lease): void {
    this.#lanes.leave(lane)
    this.#x.poke()
  }

  async #work(lease: Lease): Promise<void> {
    const work = this.#works.get(lease.kind)
    if (!work) throw new Error(`nobody works on ${lease.kind}`)
    const dueAtMs = await work(lease)
    await this.#x.store.run(() => giveBack(lease, dueAtMs, this.#x.clock.now()))
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : 'unknown'
}
