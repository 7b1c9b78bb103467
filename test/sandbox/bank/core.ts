import type { SandboxClock } from '../clock.ts'
import { date8, dateTime14 } from '../day.ts'
import type { BillFormat } from './bill/bill-file.ts'
import { DayBooks } from './bill/day-books.ts'
import { Debts } from './debts/debts.ts'
import { DEFAULT_TERMS, type CreditTerms } from './debts/terms.ts'
import type { LockExpiry } from './expiry.ts'
import { Ledger } from './ledger.ts'
import { LockOrders } from './lock-orders.ts'
import { MerchantRegister } from './merchants.ts'
import { Operations, type Operation } from './operations.ts'
import { Payments } from './payments.ts'
import { PeopleRegister, type CustomerInput } from './people.ts'
import type { RefundPolicy } from './refund-source.ts'
import { Refunds } from './refunds.ts'

/** Switches of the bank's business side. */
export interface CoreOptions {
  /** BOCOM's weaker promise: a serial may come again on another day (bank.md §6.2). */
  readonly uniquePerDay: boolean
  /** `avail_amount` in the sign-up query; off, because a hospital does not need it (bank.md §3.1). */
  readonly revealAvailable: boolean
  /** When an unconfirmed lock ends; at T 24:00 when left out. */
  readonly lockExpiry?: LockExpiry
  /** SEED_STRICT when left out. */
  readonly refundPolicy?: RefundPolicy
  /** Statement, due day and rate; `DEFAULT_TERMS` when left out. */
  readonly terms?: CreditTerms
  /** How bills are written; UTF-8 and 1,000 rows a part when left out. */
  readonly bill?: Partial<BillFormat>
}

/** Decided in its own answer, left in PROCESSING, or brought from there to its end. */
export type OperationMoment = 'decided' | 'pending' | 'resolved'
/** Hears of every lock, confirm, cancel, payment and refund: messages to residents, notifications to the product. */
export type OperationListener = (operation: Operation, moment: OperationMoment) => void

/** Everything the bank knows. One call changes it from start to end before the next one begins. */
export interface BankCore {
  readonly clock: SandboxClock
  readonly options: CoreOptions
  readonly people: PeopleRegister
  readonly merchants: MerchantRegister
  readonly ledger: Ledger
  readonly locks: LockOrders
  readonly operations: Operations
  readonly payments: Payments
  readonly refunds: Refunds
  readonly books: DayBooks
  readonly debts: Debts
  readonly listeners: OperationListener[]
  /** A 28-digit bank order number: product, time, sequence (bank.md §3.0). */
  nextOrderNo(product: '0509' | '0510' | '0511' | '0512' | '0513'): string
  addCustomer(input: CustomerInput): void
  /** Opens the accounts of a new agreement. */
  openAccount(agreementNo: string, limitFen: number, usedFen: number): void
}

/** An empty bank. */
export function createCore(clock: SandboxClock, options: CoreOptions): BankCore {
  let sequence = 0
  const people = new PeopleRegister()
  const ledger = new Ledger()
  const debts = new Debts(options.terms ?? DEFAULT_TERMS)
  const openAccount = (agreementNo: string, limitFen: number, usedFen: number): void => {
    const atMs = clock.now()
    const origin = { atMs, day: date8(atMs), accountNo: agreementNo, merPtcId: null, serial: null }
    ledger.post('open', { limitFen, usedFen }, origin)
    debts.use(agreementNo, atMs, usedFen)
  }
  return {
    clock,
    options,
    people,
    ledger,
    merchants: new MerchantRegister(),
    locks: new LockOrders(),
    operations: new Operations(options.uniquePerDay),
    payments: new Payments(),
    refunds: new Refunds(),
    books: new DayBooks(),
    debts,
    listeners: [],
    nextOrderNo(product) {
      sequence += 1
      return product + dateTime14(clock.now()) + String(sequence).padStart(10, '0')
    },
    addCustomer(input) {
      const { agreementNo } = people.add(input, clock.now())
      if (agreementNo !== null) openAccount(agreementNo, input.limitFen ?? 0, input.usedFen ?? 0)
    },
    openAccount,
  }
}
