/** Kinds of account; `RECV` exists once per merchant and day, the others once per owner (bank.md §5.4). */
export type AccountKind =
  | 'LIMIT'
  | 'AVAILABLE'
  | 'PENDING'
  | 'LOCKED'
  | 'USED'
  | 'OVERPAID'
  | 'ADVANCED'
  | 'RECV'
  | 'RESERVE'
  | 'SETTLED'

/** Accounts whose balance grows on the debit side; all others grow on the credit side. */
export const DEBIT_ACCOUNTS: ReadonlySet<AccountKind> = new Set<AccountKind>([
  'AVAILABLE',
  'PENDING',
  'LOCKED',
  'USED',
  'ADVANCED',
])

/** Amounts that a posting rule may need; a rule ignores what it has no use for. */
export interface PostingFacts {
  readonly limitFen?: number
  /** Owed before the posting. */
  readonly usedFen?: number
  readonly lockFen?: number
  readonly confirmFen?: number
  readonly repayFen?: number
  /** Credit balance of the patient before the posting. */
  readonly overpaidFen?: number
}

/** One side of a posting. */
export interface Move {
  readonly account: AccountKind
  readonly side: 'debit' | 'credit'
  readonly amountFen: number
}

/** What a posting moves, and whether it is the money effect of a business serial (bank.md §5.8 no. 4). */
export interface PostingRule {
  readonly effect: boolean
  readonly moves: (facts: PostingFacts) => readonly Move[]
}

const debit = (account: AccountKind, amountFen = 0): Move => ({ account, side: 'debit', amountFen })
const credit = (account: AccountKind, amountFen = 0): Move => ({ account, side: 'credit', amountFen })

const transfer =
  (from: AccountKind, to: AccountKind): PostingRule['moves'] =>
  ({ lockFen }) => [debit(to, lockFen), credit(from, lockFen)]

function confirmMoves({ lockFen = 0, confirmFen = 0, overpaidFen = 0 }: PostingFacts): Move[] {
  const fromOverpaid = Math.min(confirmFen, overpaidFen)
  return [
    credit('LOCKED', lockFen),
    debit('OVERPAID', fromOverpaid),
    debit('USED', confirmFen - fromOverpaid),
    debit('AVAILABLE', lockFen - confirmFen),
    debit('ADVANCED', confirmFen),
    credit('RECV', confirmFen),
  ]
}

function repayMoves({ repayFen = 0, usedFen = 0 }: PostingFacts): Move[] {
  const owed = Math.min(repayFen, usedFen)
  return [debit('AVAILABLE', repayFen), credit('USED', owed), credit('OVERPAID', repayFen - owed)]
}

/**
 * The posting table of bank.md §5.4; pay, refund, clearing and reserve become further rows.
 * PENDING is the quota that a lock still in PROCESSING keeps back; it is no money effect yet.
 */
export const POSTING_RULES = {
  open: {
    effect: false,
    moves: ({ limitFen = 0, usedFen = 0 }) => [
      debit('AVAILABLE', limitFen - usedFen),
      debit('USED', usedFen),
      credit('LIMIT', limitFen),
    ],
  },
  lock: { effect: true, moves: transfer('AVAILABLE', 'LOCKED') },
  keepBack: { effect: false, moves: transfer('AVAILABLE', 'PENDING') },
  lockKeptBack: { effect: true, moves: transfer('PENDING', 'LOCKED') },
  giveBack: { effect: false, moves: transfer('PENDING', 'AVAILABLE') },
  confirm: { effect: true, moves: confirmMoves },
  cancel: { effect: true, moves: transfer('LOCKED', 'AVAILABLE') },
  /** The end of a lock by time: nobody asked for it, so it is the effect of no serial. */
  expire: { effect: false, moves: transfer('LOCKED', 'AVAILABLE') },
  repay: { effect: true, moves: repayMoves },
  close: { effect: false, moves: ({ limitFen = 0 }) => [debit('LIMIT', limitFen), credit('AVAILABLE', limitFen)] },
} as const satisfies Record<string, PostingRule>

/** Name of a row of the posting table. */
export type LedgerEvent = keyof typeof POSTING_RULES
