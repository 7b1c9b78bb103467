/** What a counterparty said of money that moved or was set aside. */
export interface Facts {
  /** Numbers of the counterparty that later calls need (lock number, order number). No identity. */
  readonly ref: Readonly<Record<string, string>>
  /** The amount the counterparty says it moved, in fen; compared with what was asked. */
  readonly amountFen?: number
  /** The bank's accounting day (`acct_date`), yyyyMMdd. */
  readonly acctDate?: string
  /** The day by which the resident repays, yyyyMMdd. */
  readonly repayBy?: string
  /** When a lock ends by itself. */
  readonly expiresAtMs?: number
  /** Asked about an earlier step: the state in which the counterparty has the subject now. */
  readonly stands?: 'held' | 'paid' | 'released' | 'expired'
}

/**
 * The six outcomes of a call (`engine.md §2`). `unknown` is the default: whatever is not proved to be one of the other five is unknown, so a
 * time-out cannot become a failure.
 */
export type Outcome =
  | { readonly is: 'succeeded'; readonly facts: Facts }
  /** This serial is dead. `alarm`: it should not have happened, a person must look. */
  | { readonly is: 'refused'; readonly code: string; readonly alarm?: boolean }
  /** This serial is dead; the subject may try later with a new one. */
  | { readonly is: 'deferred'; readonly code: string }
  /** They have it and will decide: ask, never resend. */
  | { readonly is: 'accepted' }
  /** Proved that it never reached business: the same serial may go again. */
  | { readonly is: 'notExecuted'; readonly why: string }
  | { readonly is: 'unknown'; readonly why: string }

/** The answer to a question about an attempt: an outcome, or “never saw it”. */
export type AskAnswer = Outcome | { readonly is: 'notFound' }

export function unknown(why: string): Extract<Outcome, { is: 'unknown' }> {
  return { is: 'unknown', why }
}
