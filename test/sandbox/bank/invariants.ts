import type { Clearing } from './clearing.ts'
import type { BankCore } from './core.ts'
import { firstBrokenRow, type AuditJournal } from './journal.ts'
import type { LockOrder } from './lock-orders.ts'
import {
  billViolations,
  debtViolations,
  merchantViolations,
  netViolations,
  refundViolations,
} from './money-invariants.ts'
import { POSTING_RULES, type LedgerEvent } from './posting-rules.ts'

/** Outcome of the checks of bank.md §5.8 that the bank can make alone. */
export interface InvariantReport {
  readonly ok: boolean
  readonly violations: readonly string[]
}

/** No. 1: AVAILABLE + PENDING + LOCKED + USED − OVERPAID = LIMIT, none negative. */
function* quotaViolations(core: BankCore): Generator<string> {
  for (const one of core.ledger.principals()) {
    const sum = one.availableFen + one.pendingFen + one.lockedFen + one.usedFen - one.overpaidFen
    if (sum !== one.limitFen) yield `1: ${one.accountNo}: accounts sum to ${sum}, limit is ${one.limitFen}`
    const { availableFen, pendingFen, lockedFen, usedFen, overpaidFen, interestFen } = one
    const lowest = Math.min(availableFen, pendingFen, lockedFen, usedFen, overpaidFen, interestFen)
    if (lowest < 0) yield `1: ${one.accountNo}: an account is negative`
  }
}

function heldFen(order: LockOrder, state: 'LOCKED' | 'PROCESSING'): number {
  return order.state === state ? order.amountFen : 0
}

/** No. 2: every lock is in one state, never above its amount, and the open ones are exactly what the accounts hold back. */
function* lockViolations(core: BankCore): Generator<string> {
  const locked = new Map<string, number>()
  const pending = new Map<string, number>()
  for (const order of core.locks.all()) {
    const { accountNo } = order
    locked.set(accountNo, (locked.get(accountNo) ?? 0) + heldFen(order, 'LOCKED'))
    pending.set(accountNo, (pending.get(accountNo) ?? 0) + heldFen(order, 'PROCESSING'))
    if (order.confirmedFen > order.amountFen) yield `2: ${order.serial}: confirmed more than locked`
    if (order.confirmSerial !== null && order.cancelSerial !== null) yield `2: ${order.serial}: confirmed and cancelled`
    if (order.state === 'EXPIRED' && (order.confirmSerial !== null || order.confirmedFen > 0))
      yield `2: ${order.serial}: confirmed and expired`
    if (order.state === 'LOCKED' && !order.processing && (order.expiresAtMs ?? Infinity) <= core.clock.now())
      yield `2: ${order.serial}: locked beyond its time`
    if ((order.state === 'CONFIRMED') !== order.confirmedFen > 0) yield `2: ${order.serial}: state and amount disagree`
  }
  for (const one of core.ledger.principals()) {
    if (one.lockedFen !== (locked.get(one.accountNo) ?? 0))
      yield `2: ${one.accountNo}: LOCKED differs from the open locks`
    if (one.pendingFen < (pending.get(one.accountNo) ?? 0))
      yield `2: ${one.accountNo}: PENDING is below the locks in PROCESSING`
  }
}

/** What is kept back in all is what locks and payments in PROCESSING ask for. */
function* pendingViolations(core: BankCore): Generator<string> {
  const waiting = [...core.operations.pending()].filter(({ group }) => group === 'lock' || group === 'pay')
  const askedFen = waiting.reduce((sum, { amountFen }) => sum + (amountFen ?? 0), 0)
  const keptFen = core.ledger.principals().reduce((sum, { pendingFen }) => sum + pendingFen, 0)
  if (askedFen !== keptFen) yield `2: PENDING is ${keptFen}, operations in PROCESSING ask for ${askedFen}`
}

/** No. 2: the quota comes back by time exactly once for each lock that expired, and for no other. */
function* expiryViolations(core: BankCore): Generator<string> {
  const owed = new Map<string, number>()
  const count = (serial: string, by: number): Map<string, number> => owed.set(serial, (owed.get(serial) ?? 0) + by)
  for (const { serial, state } of core.locks.all()) if (state === 'EXPIRED') count(serial, 1)
  for (const { event, serial } of core.ledger.postings()) if (event === 'expire') count(serial ?? '', -1)
  for (const [serial, times] of owed) if (times !== 0) yield `2: ${serial}: expired and released ${times} times apart`
}

/** Ways to the same effect. */
const EFFECT_OF: Partial<Record<LedgerEvent, string>> = {
  lockKeptBack: 'lock',
  payKeptBack: 'pay',
  refundReceivable: 'refund',
  refundReserve: 'refund',
  refundHeld: 'refund',
}

/** No. 4: one business serial has at most one money effect (per day, where serials are only unique per day). */
function* effectViolations(core: BankCore): Generator<string> {
  const seen = new Set<string>()
  for (const posting of core.ledger.postings()) {
    if (!POSTING_RULES[posting.event].effect || posting.serial === null) continue
    const group = EFFECT_OF[posting.event] ?? posting.event
    const day = core.options.uniquePerDay ? posting.day : ''
    const key = `${posting.merPtcId ?? ''}/${group}/${posting.serial}/${day}`
    if (seen.has(key)) yield `4: ${posting.serial}: more than one ${group}`
    seen.add(key)
  }
}

/** Debits equal credits for each posting and overall. */
function* balanceViolations(core: BankCore): Generator<string> {
  let total = 0
  for (const posting of core.ledger.postings()) {
    let difference = 0
    for (const move of posting.moves) difference += move.side === 'debit' ? move.amountFen : -move.amountFen
    if (difference !== 0) yield `balance: posting ${posting.seq} is off by ${difference}`
    total += difference
  }
  if (total !== 0) yield `balance: the ledger is off by ${total}`
}

/** Runs every check; the journal's chain belongs to them, since a broken one makes the rest worthless. */
export function checkInvariants(
  core: BankCore,
  journal: AuditJournal,
  clearings: readonly Clearing[],
): InvariantReport {
  const broken = firstBrokenRow(journal.rows())
  const violations = [
    ...quotaViolations(core),
    ...lockViolations(core),
    ...pendingViolations(core),
    ...expiryViolations(core),
    ...effectViolations(core),
    ...refundViolations(core),
    ...merchantViolations(core, clearings),
    ...billViolations(core),
    ...netViolations(core),
    ...debtViolations(core),
    ...balanceViolations(core),
    ...(broken === null ? [] : [`journal: chain broken at row ${broken}`]),
  ]
  return { ok: violations.length === 0, violations }
}
