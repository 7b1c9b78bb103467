import type { SandboxClock, VirtualClock } from '../clock.ts'
import type { SandboxRandom } from '../random.ts'
import { dayBill, billNotice } from './bill/download.ts'
import { clearDays, depositReserve, putMerchant, type Clearing } from './clearing.ts'
import { CODE } from './codes.ts'
import { createCore, type BankCore, type CoreOptions } from './core.ts'
import { DayWatch } from './day-watch.ts'
import type { DeskParts } from './desk/parts.ts'
import { tellOfPlan } from './desk/plan-messages.ts'
import { tellOfUse } from './desk/use-messages.ts'
import { execute } from './execute.ts'
import { expire, expireDue, expiryNotice } from './expiry.ts'
import { Faults } from './faults.ts'
import { CheckChain, type CheckResult, type GatewayOptions, type RawRequest } from './gateway.ts'
import { checkInvariants, type InvariantReport } from './invariants.ts'
import { AuditJournal, type JournalRow } from './journal.ts'
import type { LockOrder } from './lock-orders.ts'
import type { MerchantInput } from './merchants.ts'
import { nextSettleAtMs, settleDue, type BusinessAnswer } from './money-calls.ts'
import { subjectOf } from './money-requests.ts'
import { Notifications, type NotifyParts } from './notify/notifications.ts'
import type { CustomerChange, CustomerInput, FamilyInput } from './people.ts'
import type { CryptoProfile } from './profile.ts'
import { gatewayReply } from './reply.ts'
import type { CheckedRequest } from './requests.ts'
import { SmsOutbox, type Sms } from './sms.ts'
import {
  lockView,
  paymentView,
  refundView,
  type LedgerView,
  type LockView,
  type PaymentView,
  type RefundView,
} from './views.ts'
import { DELAY_HEADER, signedAnswer, spoiltAnswer, unsignedAnswer, type BankAnswer } from './wire-answers.ts'

/** The sandbox bank, usable in the same process; every method is synchronous, only `notifications` sends by itself. */
export interface Bank {
  handle(request: RawRequest): BankAnswer
  addCustomer(input: CustomerInput): void
  changeCustomer(certNo: string, change: CustomerChange): void
  bindFamily(input: FamilyInput): void
  unbindSharer(certNo: string): void
  /** Registers a hospital or changes it; the first reserve is deposited by tier, unless it keeps none (C 二（一）5). */
  putMerchant(merchant: MerchantInput): void
  /** A hospital pays into its 退款预留金额. */
  depositReserve(merPtcId: string, amountFen: number): void
  readonly faults: Faults
  readonly clock: VirtualClock
  readonly notifications: Notifications
  /** How far the bank's own clock is ahead of everybody else's. */
  skewMs(): number
  /** Sets the bank's own clock apart from everybody else's (CLOCK_SKEW of bank.md §6). */
  skew(ms: number): void
  /** Ends every unconfirmed lock now, whatever its time; answers how many (bank.md §6, `end-of-day`). */
  endOfDay(): number
  /** Pays every hospital what it may claim, the running day included (bank.md §6, `settle`). */
  settle(): readonly Clearing[]
  /** Makes the bills of a day ready now and answers their text by merchant (bank.md §6, `bill/:date`). */
  makeBills(day: string): Readonly<Record<string, string>>
  /** What the pages work on; settles what is due before it is handed out. */
  desk(): DeskParts
  /** Messages to residents, oldest first. */
  sms(): readonly Sms[]
  invariants(): InvariantReport
  locks(): LockView[]
  payments(): PaymentView[]
  refunds(): RefundView[]
  ledger(): LedgerView
  journal(): readonly JournalRow[]
  /** Number of money effects of one business serial. */
  effects(serial: string): number
}

/** What a bank is made of. */
export interface BankParts {
  readonly profile: CryptoProfile
  readonly gateway: GatewayOptions
  readonly core: CoreOptions
  readonly sentinels: boolean
  readonly clock: VirtualClock
  readonly random: SandboxRandom
  /** Left out: no notifications. */
  readonly notify?: Pick<NotifyParts, 'appId' | 'baseUrl' | 'institutions' | 'all' | 'fetch'>
}

const NO_NOTIFICATIONS: NonNullable<BankParts['notify']> = {
  appId: '',
  baseUrl: null,
  institutions: new Map(),
  all: false,
  fetch: () => Promise.reject(new Error('no notifications')),
}

/** When the next operation or lock ends by time, or a bill becomes ready; null when nothing does. */
function nextEndAtMs(core: BankCore): number | null {
  const all = [nextSettleAtMs(core), core.locks.nextExpiryAtMs(), core.books.nextReadyAtMs()]
  const ends = all.filter((atMs) => atMs !== null)
  return ends.length === 0 ? null : Math.min(...ends)
}

class SandboxBank implements Bank {
  readonly faults: Faults
  readonly clock: VirtualClock
  readonly notifications: Notifications
  readonly #outbox = new SmsOutbox()
  readonly #profile: CryptoProfile
  readonly #chain: CheckChain
  readonly #core: BankCore
  readonly #clock: SandboxClock
  readonly #days: DayWatch
  readonly #clearings: Clearing[] = []
  #skewMs = 0
  readonly #journal = new AuditJournal()

  constructor(parts: BankParts) {
    this.clock = parts.clock
    const clock = { now: () => parts.clock.now() + this.#skewMs }
    this.#clock = clock
    this.faults = new Faults(parts.random, parts.sentinels)
    this.#profile = parts.profile
    this.#chain = new CheckChain(parts.gateway, parts.profile, clock)
    this.#core = createCore(clock, parts.core)
    this.#days = new DayWatch(clock.now())
    const { profile, random, notify = NO_NOTIFICATIONS } = parts
    const waiting = { settle: () => this.#settle(), nextAtMs: () => nextEndAtMs(this.#core) }
    this.notifications = new Notifications({ ...notify, profile, clock, random, waiting })
    this.#core.listeners.push((operation, moment) => this.notifications.hear(this.#core, operation, moment))
    this.#core.listeners.push((operation) => tellOfUse(this.#core, this.#outbox, operation))
  }

  skewMs(): number {
    return this.#skewMs
  }

  skew(ms: number): void {
    this.#skewMs = ms
  }

  endOfDay(): number {
    this.#settle()
    const open = this.#core.locks.all().filter(({ state, processing }) => state === 'LOCKED' && !processing)
    for (const order of open) expire(this.#core, order, this.#clock.now())
    this.#announceExpired(open)
    return open.length
  }

  /** Brings to its end what ends by time; every entry into the bank starts with it. */
  #settle(): void {
    const change = this.#days.look(this.#core)
    if (change) {
      this.#clearings.push(...change.clearings)
      for (const conversion of change.conversions) tellOfPlan(this.#core, this.#outbox, conversion)
    }
    settleDue(this.#core)
    this.#announceExpired(expireDue(this.#core))
    this.#announceBills()
  }

  #announceBills(): void {
    const nowMs = this.#clock.now()
    for (const { merPtcId, day } of this.#core.books.takeReady(nowMs)) {
      this.notifications.announce(billNotice(merPtcId, day, nowMs))
    }
  }

  settle(): readonly Clearing[] {
    this.#settle()
    const cleared = clearDays(this.#core, true)
    this.#clearings.push(...cleared)
    return cleared
  }

  makeBills(day: string): Readonly<Record<string, string>> {
    this.#core.books.hasten(day)
    this.#settle()
    const merchants = this.#core.merchants.all()
    return Object.fromEntries(
      merchants.map(({ merPtcId }) => [merPtcId, dayBill(this.#core, merPtcId, day).lines.join('')]),
    )
  }

  #announceExpired(orders: readonly LockOrder[]): void {
    for (const order of orders) this.notifications.announce(expiryNotice(order))
  }

  desk(): DeskParts {
    this.#settle()
    return { core: this.#core, outbox: this.#outbox, announce: (notice) => this.notifications.announce(notice) }
  }

  sms(): readonly Sms[] {
    this.#settle()
    return this.#outbox.all()
  }

  handle(request: RawRequest): BankAnswer {
    this.#settle()
    const checked = this.#chain.check(request)
    return checked.code === null ? this.#serve(checked.request, checked) : this.#reject(checked)
  }

  #reject(result: CheckResult & { readonly code: string }): BankAnswer {
    const { api, appId, msgId, code, knownApp } = result
    const nowMs = this.#clock.now()
    const nothing = { merPtcId: null, serial: null, amountFen: null, fault: null }
    this.#journal.append({ atMs: nowMs, api, appId, msgId, code, outcome: knownApp ? 'F' : 'unsigned', ...nothing })
    return knownApp ? signedAnswer(this.#profile, gatewayReply(api, code, nowMs)) : unsignedAnswer(code)
  }

  #serve(request: CheckedRequest, head: CheckResult): BankAnswer {
    const subject = subjectOf(request)
    const plan = this.faults.plan(subject)
    const nowMs = this.#clock.now()
    const business: BusinessAnswer = plan.before
      ? { text: gatewayReply(request.api, CODE.maintenance, nowMs), code: CODE.maintenance, status: 'F' }
      : execute(this.#core, request, plan)
    const fault = plan.before ?? plan.after
    const { merPtcId, serial, amountFen } = subject
    this.#journal.append({
      atMs: nowMs,
      api: request.api,
      appId: head.appId,
      msgId: head.msgId,
      merPtcId,
      serial,
      amountFen,
      code: plan.before ? 'not executed' : business.code,
      outcome: fault ? 'spoiled' : business.status,
      fault: fault?.kind ?? plan.processing?.kind ?? null,
    })
    const answer = fault
      ? spoiltAnswer(this.#profile, nowMs, request.api, business.text, fault)
      : signedAnswer(this.#profile, business.text)
    if (plan.delayMs === 0) return answer
    return { ...answer, headers: { ...answer.headers, [DELAY_HEADER]: String(plan.delayMs) } }
  }

  addCustomer(input: CustomerInput): void {
    this.#core.addCustomer(input)
  }

  changeCustomer(certNo: string, change: CustomerChange): void {
    this.#core.people.change(certNo, change)
  }

  unbindSharer(certNo: string): void {
    this.#core.people.unbindSharer(certNo)
  }

  bindFamily(input: FamilyInput): void {
    this.#core.people.bindFamily(input, this.#clock.now())
  }

  putMerchant(merchant: MerchantInput): void {
    putMerchant(this.#core, merchant)
  }

  depositReserve(merPtcId: string, amountFen: number): void {
    depositReserve(this.#core, merPtcId, amountFen)
  }

  invariants(): InvariantReport {
    this.#settle()
    return checkInvariants(this.#core, this.#journal, this.#clearings)
  }

  locks(): LockView[] {
    this.#settle()
    return this.#core.locks.all().map(lockView)
  }

  payments(): PaymentView[] {
    this.#settle()
    return this.#core.payments.all().map(paymentView)
  }

  refunds(): RefundView[] {
    this.#settle()
    return this.#core.refunds.all().map(refundView)
  }

  ledger(): LedgerView {
    this.#settle()
    const merchants = this.#core.merchants.all().map(({ merPtcId }) => this.#core.ledger.merchant(merPtcId))
    return {
      principals: this.#core.ledger.principals(),
      merchants,
      postings: this.#core.ledger.postings(),
      clearings: this.#clearings,
      debts: this.#core.debts.all(),
    }
  }

  journal(): readonly JournalRow[] {
    return this.#journal.rows()
  }

  effects(serial: string): number {
    this.#settle()
    return this.#core.ledger.effects(serial)
  }
}

/** Builds an empty bank; fixtures come through its methods or the control plane. */
export const createBank = (parts: BankParts): Bank => new SandboxBank(parts)
