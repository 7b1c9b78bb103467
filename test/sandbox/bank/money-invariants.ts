import type { Clearing } from './clearing.ts'
import type { BankCore } from './core.ts'
import type { BookRow } from './bill/day-books.ts'
import { owedFen, payableNow } from './debts/debts.ts'
import type { Posting } from './ledger.ts'
import type { LedgerEvent } from './posting-rules.ts'

const add = (sums: Map<string, number>, key: string, fen: number): Map<string, number> =>
  sums.set(key, (sums.get(key) ?? 0) + fen)

/** No. 3: what was given back of a payment is what its refunds say, never more than the payment. */
export function* refundViolations(core: BankCore): Generator<string> {
  const done = new Map<string, number>()
  const open = new Map<string, number>()
  for (const { payment, amountFen, state } of core.refunds.all()) {
    if (state === 'SUCCESS') add(done, payment.sysOrderNo, amountFen)
    if (state === 'PROCESSING') add(open, payment.sysOrderNo, amountFen)
  }
  for (const { sysOrderNo, serial, amountFen, refundedFen, openRefundFen } of core.payments.all()) {
    if (refundedFen !== (done.get(sysOrderNo) ?? 0)) yield `3: ${serial}: refunded differs from its refunds`
    if (openRefundFen !== (open.get(sysOrderNo) ?? 0)) yield `3: ${serial}: open refunds differ`
    if (refundedFen + openRefundFen > amountFen) yield `3: ${serial}: refunded more than paid`
  }
}

/** What the bank has advanced to hospitals by a posting, or got back. */
function advancedFen({ moves }: Posting): number {
  return moves.filter(({ account }) => account === 'ADVANCED').reduce((sum, { amountFen }) => sum + amountFen, 0)
}

/** No. 5: nothing a hospital owns is negative; what was cleared of a day, is still claimed and is set aside is what came in less refunds from it. */
export function* merchantViolations(core: BankCore, clearings: readonly Clearing[]): Generator<string> {
  const due = new Map<string, number>()
  for (const { merPtcId, acctDate, amountFen } of core.payments.all()) add(due, `${merPtcId}/${acctDate}`, amountFen)
  for (const refund of core.refunds.all()) {
    if (refund.source === 'RESERVE' || refund.state === 'FAIL') continue
    add(due, `${refund.merPtcId}/${refund.acctDate ?? refund.fundDay}`, -refund.amountFen)
  }
  for (const { merPtcId, day, amountFen } of clearings) add(due, `${merPtcId}/${day}`, -amountFen)
  for (const { merPtcId } of core.merchants.all()) {
    const { receivableFen, reserveFen, refundingFen, settledFen } = core.ledger.merchant(merPtcId)
    if (Math.min(0, reserveFen, refundingFen, settledFen, ...Object.values(receivableFen)) < 0)
      yield `5: ${merPtcId}: a balance is negative`
    for (const [day, fen] of Object.entries(receivableFen)) add(due, `${merPtcId}/${day}`, -fen)
    const paidOut = clearings.filter((one) => one.merPtcId === merPtcId).reduce((sum, one) => sum + one.amountFen, 0)
    if (paidOut !== settledFen) yield `5: ${merPtcId}: cleared ${paidOut}, settled ${settledFen}`
    const held = core.refunds.all().filter((one) => one.merPtcId === merPtcId && one.state === 'PROCESSING')
    if (held.reduce((sum, one) => sum + one.amountFen, 0) !== refundingFen)
      yield `5: ${merPtcId}: what is set aside differs from the open refunds`
  }
  for (const [key, fen] of due) if (fen !== 0) yield `5: ${key}: receivable and clearing are off by ${fen}`
}

/** What a posting other than the clearing has done to the receivable of its day. */
function receivedFen({ event, moves }: Posting): number {
  if (event === 'clear') return 0
  return moves
    .filter(({ account }) => account === 'RECV')
    .reduce((sum, { side, amountFen }) => sum + (side === 'credit' ? amountFen : -amountFen), 0)
}

/** No. 7: what the bill of a day nets is what the day has brought to the receivable, open refunds aside. */
export function* netViolations(core: BankCore): Generator<string> {
  const sums = new Map<string, number>()
  for (const posting of core.ledger.postings()) {
    add(sums, `${posting.merPtcId ?? ''}/${posting.day}`, receivedFen(posting))
  }
  for (const { merPtcId, fundDay, amountFen, source, state } of core.refunds.all()) {
    if (state === 'PROCESSING' && source !== 'RESERVE') add(sums, `${merPtcId}/${fundDay}`, amountFen)
  }
  for (const [key, fen] of sums) {
    const [merPtcId = '', day = ''] = key.split('/')
    const netFen = core.books.rows(merPtcId, day).reduce((sum, row) => sum + row.netFen, 0)
    if (netFen !== fen) yield `7: ${key}: the bill nets ${netFen}, the day brought ${fen}`
  }
}

const BOOKED: Partial<Record<LedgerEvent, BookRow['type']>> = {
  confirm: 'CONFIRM',
  pay: 'PAY',
  payKeptBack: 'PAY',
  refundReceivable: 'REFUND',
  refundReserve: 'REFUND',
  refundHeld: 'REFUND',
}

/** No. 7: the bill of a day has the rows that the ledger has, with the same amounts. */
export function* billViolations(core: BankCore): Generator<string> {
  const sums = new Map<string, number>()
  const refunds = core.refunds.all()
  const doneOn = new Map(refunds.map((one) => [`${one.merPtcId}/${one.serial}/${one.fundDay}`, one.acctDate]))
  for (const posting of core.ledger.postings()) {
    const type = BOOKED[posting.event]
    if (!type) continue
    const { merPtcId, serial } = posting
    const day = doneOn.get(`${merPtcId ?? ''}/${serial ?? ''}/${posting.day}`) ?? posting.day
    const key = `${merPtcId ?? ''} ${day} ${type} ${serial ?? ''}`
    add(sums, key, advancedFen(posting))
    add(sums, `${key} rows`, 1)
  }
  const days = new Set([
    ...core.ledger.postings().map((posting) => posting.day),
    ...refunds.map(({ acctDate }) => acctDate ?? ''),
  ])
  for (const { merPtcId } of core.merchants.all()) {
    for (const day of days) {
      for (const row of core.books.rows(merPtcId, day)) {
        const key = `${merPtcId} ${day} ${row.type} ${row.serial}`
        add(sums, key, -row.amountFen)
        add(sums, `${key} rows`, -1)
      }
    }
  }
  for (const [key, difference] of sums) if (difference !== 0) yield `7: ${key}: bill and ledger differ by ${difference}`
}

/** What residents owe by bill and plan is what the quota accounts say. */
export function* debtViolations(core: BankCore): Generator<string> {
  for (const account of core.debts.all()) {
    const usedFen = core.ledger.balance('USED', account.accountNo)
    if (owedFen(account) !== usedFen) yield `debts: ${account.accountNo}: owed ${owedFen(account)}, used ${usedFen}`
    const interestFen = core.ledger.balance('INTEREST', account.accountNo)
    const due = payableNow(account).interestFen
    if (due !== interestFen) yield `debts: ${account.accountNo}: interest ${due}, booked ${interestFen}`
    const parts = account.plans.flatMap(({ instalments }) => instalments)
    if (parts.some((row) => row.principalFen < row.paidPrincipalFen || row.interestFen < row.paidInterestFen))
      yield `debts: ${account.accountNo}: more paid of a month than it came to`
  }
}
