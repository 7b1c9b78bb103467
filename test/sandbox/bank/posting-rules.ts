/**
 * Kinds of account; `RECV` exists once per merchant and day, the others once per owner (bank.md §5.4).
 * REFUNDING is what a refund still in PROCESSING has taken out of its source; DEPOSITED is money that hospitals have paid in as reserve.
 * INTEREST is what a resident owes for instalments beside USED, EARNED and COLLECTED are the bank's side of it.
 */
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
  | 'REFUNDING'
  | 'DEPOSITED'
  | 'INTEREST'
  | 'EARNED'
  | 'COLLECTED'

/** Accounts whose balance grows on the debit side; all others grow on the credit side. */
export const DEBIT_ACCOUNTS: ReadonlySet<AccountKind> = new Set<AccountKind>([
  'AVAILABLE',
  'PENDING',
  'LOCKED',
  'USED',
  'ADVANCED',
  'DEPOSITED',
  'INTEREST',
  'COLLECTED',
])

/** Amounts that a posting rule may need; a rule ignores what it has no use for. */
export interface PostingFacts {
  readonly limitFen?: number
  /** Owed before the posting. */
  readonly usedFen?: number
  readonly lockFen?: number
  readonly confirmFen?: number
  readonly payFen?: number
  readonly refundFen?: number
  readonly repayFen?: number
  readonly interestFen?: number
  /** What moves between the accounts of a merchant. */
  readonly fundFen?: number
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

const payMoves =
  (from: 'AVAILABLE' | 'PENDING'): PostingRule['moves'] =>
  ({ payFen = 0, overpaidFen = 0 }) => {
    const fromOverpaid = Math.min(payFen, overpaidFen)
    return [
      credit(from, payFen),
      debit('OVERPAID', fromOverpaid),
      debit('USED', payFen - fromOverpaid),
      debit('ADVANCED', payFen),
      credit('RECV', payFen),
    ]
  }

/** The quota comes back whole; what the patient has repaid already becomes a credit balance (bank.md §5.4). */
const refundMoves =
  (from: 'RECV' | 'RESERVE' | 'REFUNDING'): PostingRule['moves'] =>
  ({ refundFen = 0, usedFen = 0 }) => {
    const owed = Math.min(refundFen, usedFen)
    return [
      debit(from, refundFen),
      credit('ADVANCED', refundFen),
      credit('USED', owed),
      credit('OVERPAID', refundFen - owed),
      debit('AVAILABLE', refundFen),
    ]
  }

const fund =
  (from: AccountKind, to: AccountKind): PostingRule['moves'] =>
  ({ fundFen }) => [debit(from, fundFen), credit(to, fundFen)]

function repayMoves({ repayFen = 0, usedFen = 0 }: PostingFacts): Move[] {
  const owed = Math.min(repayFen, usedFen)
  return [debit('AVAILABLE', repayFen), credit('USED', owed), credit('OVERPAID', repayFen - owed)]
}

/**
 * The posting table of bank.md §5.4. PENDING is the quota that a lock or payment still in PROCESSING keeps back;
 * that, and what a refund in PROCESSING has taken out of its source, is no money effect yet.
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
  pay: { effect: true, moves: payMoves('AVAILABLE') },
  payKeptBack: { effect: true, moves: payMoves('PENDING') },
  refundReceivable: { effect: true, moves: refundMoves('RECV') },
  refundReserve: { effect: true, moves: refundMoves('RESERVE') },
  refundHeld: { effect: true, moves: refundMoves('REFUNDING') },
  holdReceivable: { effect: false, moves: fund('RECV', 'REFUNDING') },
  holdReserve: { effect: false, moves: fund('RESERVE', 'REFUNDING') },
  freeReceivable: { effect: false, moves: fund('REFUNDING', 'RECV') },
  freeReserve: { effect: false, moves: fund('REFUNDING', 'RESERVE') },
  depositReserve: { effect: false, moves: fund('DEPOSITED', 'RESERVE') },
  /** T+1: what is left of a day, refunds taken off, goes to the hospital (C 二（一）4, 二（四）1（4）). */
  clear: { effect: false, moves: fund('RECV', 'SETTLED') },
  /** Interest of a month that has fallen due, or to date at an early settlement (C 二（三）). */
  interest: {
    effect: false,
    moves: ({ interestFen }) => [debit('INTEREST', interestFen), credit('EARNED', interestFen)],
  },
  payInterest: {
    effect: false,
    moves: ({ interestFen }) => [debit('COLLECTED', interestFen), credit('INTEREST', interestFen)],
  },
  repay: { effect: true, moves: repayMoves },
  close: { effect: false, moves: ({ limitFen = 0 }) => [debit('LIMIT', limitFen), credit('AVAILABLE', limitFen)] },
} as const satisfies Record<string, PostingRule>

/** Name of a row of the posting table. */
export type LedgerEvent = keyof typeof POSTING_RULES
