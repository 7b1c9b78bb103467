import type { SandboxClock } from '../clock.ts'
import { dateTime14 } from '../day.ts'
import { Ledger } from './ledger.ts'
import { LockOrders } from './lock-orders.ts'
import { MerchantRegister } from './merchants.ts'
import { Operations } from './operations.ts'
import { PeopleRegister, type CustomerInput } from './people.ts'
import { date8 } from '../day.ts'

/** Switches of the bank's business side. */
export interface CoreOptions {
  /** BOCOM's weaker promise: a serial may come again on another day (bank.md §6.2). */
  readonly uniquePerDay: boolean
  /** `avail_amount` in the sign-up query; off, because a hospital does not need it (bank.md §3.1). */
  readonly revealAvailable: boolean
}

/** Everything the bank knows. One call changes it from start to end before the next one begins. */
export interface BankCore {
  readonly clock: SandboxClock
  readonly options: CoreOptions
  readonly people: PeopleRegister
  readonly merchants: MerchantRegister
  readonly ledger: Ledger
  readonly locks: LockOrders
  readonly operations: Operations
  /** A 28-digit bank order number: product, time, sequence (bank.md §3.0). */
  nextOrderNo(product: '0509' | '0510'): string
  addCustomer(input: CustomerInput): void
}

/** An empty bank. */
export function createCore(clock: SandboxClock, options: CoreOptions): BankCore {
  let sequence = 0
  const people = new PeopleRegister()
  const ledger = new Ledger()
  return {
    clock,
    options,
    people,
    ledger,
    merchants: new MerchantRegister(),
    locks: new LockOrders(),
    operations: new Operations(options.uniquePerDay),
    nextOrderNo(product) {
      sequence += 1
      return product + dateTime14(clock.now()) + String(sequence).padStart(10, '0')
    },
    addCustomer(input) {
      const nowMs = clock.now()
      const { agreementNo } = people.add(input, nowMs)
      if (agreementNo === null) return
      const facts = { limitFen: input.limitFen ?? 0, usedFen: input.usedFen ?? 0 }
      ledger.post('open', facts, {
        atMs: nowMs,
        day: date8(nowMs),
        accountNo: agreementNo,
        merPtcId: null,
        serial: null,
      })
    },
  }
}
