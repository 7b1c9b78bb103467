import { createHash } from 'node:crypto'

/** What is written down about one request; it holds no identity. */
export interface JournalEntry {
  readonly atMs: number
  readonly api: string
  readonly appId: string | null
  readonly msgId: string | null
  readonly merPtcId: string | null
  readonly serial: string | null
  readonly amountFen: number | null
  /** The code answered, or meant to be answered when a fault swallowed it. */
  readonly code: string
  /** S, F, P as answered, or what the wire showed instead. */
  readonly outcome: string
  readonly fault: string | null
}

/** An entry in its place in the chain. */
export interface JournalRow extends JournalEntry {
  readonly seq: number
  readonly previousHash: string
  readonly hash: string
}

const GENESIS = '0'.repeat(64)

function chainHash(previousHash: string, seq: number, entry: JournalEntry): string {
  const { atMs, api, appId, msgId, merPtcId, serial, amountFen, code, outcome, fault } = entry
  const row = [previousHash, seq, atMs, api, appId, msgId, merPtcId, serial, amountFen, code, outcome, fault]
  return createHash('sha256').update(JSON.stringify(row)).digest('hex')
}

/** Append-only audit journal; each row carries the SHA-256 of its predecessor (bank.md §6). */
export class AuditJournal {
  readonly #rows: JournalRow[] = []

  append(entry: JournalEntry): void {
    const seq = this.#rows.length + 1
    const previousHash = this.#rows.at(-1)?.hash ?? GENESIS
    this.#rows.push({ ...entry, seq, previousHash, hash: chainHash(previousHash, seq, entry) })
  }

  rows(): readonly JournalRow[] {
    return this.#rows
  }
}

/** The number of the first row that does not fit its chain, or null. */
export function firstBrokenRow(rows: readonly JournalRow[]): number | null {
  let previousHash = GENESIS
  for (const [at, row] of rows.entries()) {
    const intact = row.seq === at + 1 && row.previousHash === previousHash
    if (!intact || row.hash !== chainHash(previousHash, row.seq, row)) return at + 1
    previousHash = row.hash
  }
  return null
}
