import type { IntentLog } from '../db/intent-log.ts'
import type { Store } from '../db/store.ts'
import type { Unit } from '../db/unit.ts'
import type { Line } from '../gateways/line.ts'
import type { Vault } from '../identity/vault.ts'
import type { Clock, Randomness } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { Refund, Subject } from './subject.ts'

/** What the engine works with. Which channels exist is data to it. */
export interface EngineContext {
  readonly store: Store
  readonly clock: Clock
  readonly random: Randomness
  readonly vault: Vault
  readonly log: Log
  /** Where calls are written down outside the database; left out, they are not. */
  readonly intents?: IntentLog | undefined
  lineOf(channel: string): Line
  /** Four characters that stand for the institution inside a serial. */
  serialCodeOf(institution: string): string
  /** Runs in the transaction in which the state of a subject changes: who must hear of it. Left out: nobody. */
  told?(s: Subject, atMs: number): Unit<void>
  /** Who tries a refund again that was put off, and when; left out, a person alone does. */
  planDeferred?(refund: Refund): Unit<void>
  /** Called after a commit that made work due, so that the worker looks at once. */
  poke(): void
}

/** Who changed something, for the journal; never a person's name. */
export type Actor = string

/** A lease outlives the longest call (3 s to connect, 10 s in all) and the commit after it. */
export const leaseMs = 30_000
export const NEVER = Number.MAX_SAFE_INTEGER
