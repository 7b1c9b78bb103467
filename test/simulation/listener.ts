import type Database from 'better-sqlite3'
import type { HisPayment } from '@paycare/shared/contract'
import { seedInstitutions, type Sandbox } from '../sandbox/index.ts'

const merPtcId = seedInstitutions.find((one) => one.id === 'jc-first')?.merPtcId ?? ''

/** Compares what HIS is told with both books at that very moment (`bank.md §5.8` 6). */
export class Listener {
  /** Payments that HIS was told about. */
  readonly acknowledged = new Set<string>()
  readonly #sandbox: Sandbox
  readonly #told: string[]
  readonly #stored: Database.Statement
  readonly #serials: Database.Statement
  constructor(connection: Database.Database, sandbox: Sandbox, told: string[]) {
    this.#sandbox = sandbox
    this.#told = told
    this.#stored = connection.prepare('select 1 from payment where id = ?')
    this.#serials = connection.prepare(`select serial from attempt where subject_id = ? and step = 'lock'`).pluck()
  }

  /** What is told is stored, and what is told as failed or gone has no effect at the bank. */
  hear({ id, state }: HisPayment): void {
    if (this.#stored.get(id) === undefined) this.#told.push(`${id}: told before it was stored`)
    this.acknowledged.add(id)
    if (state !== 'declined' && state !== 'released' && state !== 'expired') return
    const { locks } = this.#sandbox.bank.desk().core
    for (const serial of this.#serials.all(id) as string[]) {
      const there = locks.find(merPtcId, serial)?.state
      if (there === 'LOCKED' || there === 'CONFIRMED') this.#told.push(`6 ${id}: told ${state}, bank has ${there}`)
    }
  }
}
