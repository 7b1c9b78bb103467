import type { SandboxClock, VirtualClock } from '../clock.ts'
import type { SandboxRandom } from '../random.ts'
import { ADAPTER_MESSAGES, CODE, type AdapterCode } from './codes.ts'
import { createCore, type BankCore, type CoreOptions } from './core.ts'
import type { DeskParts } from './desk/parts.ts'
import { tellOfUse } from './desk/use-messages.ts'
import { sealReply } from './envelope.ts'
import { expire, expireDue, expiryNotice } from './expiry.ts'
import { Faults, type FaultPlan, type FaultRule, type FaultSubject } from './faults.ts'
import { CheckChain, type CheckedRequest, type CheckResult, type GatewayOptions, type RawRequest } from './gateway.ts'
import { maskIdentity } from './identity.ts'
import { checkInvariants, type InvariantReport } from './invariants.ts'
import { AuditJournal, type JournalRow } from './journal.ts'
import type { MerchantBalance, Posting, PrincipalBalance } from './ledger.ts'
import type { LockOrder, LockState } from './lock-orders.ts'
import type { Merchant } from './merchants.ts'
import { moneyCall, nextSettleAtMs, settleDue, type BusinessAnswer } from './money-calls.ts'
import { Notifications, type NotifyParts } from './notify/notifications.ts'
import type { CustomerChange, CustomerInput, FamilyInput } from './people.ts'
import type { CryptoProfile } from './profile.ts'
import { postPayQuery, querySign } from './queries.ts'
import { gatewayReply } from './reply.ts'
import { SmsOutbox, type Sms } from './sms.ts'
import { signedByAnother } from './wrong-key.ts'

/** HTTP status of an answer that never comes; `serve.ts` turns it into a destroyed socket. */
export const DROP_STATUS = 444
/** Marks a dropped answer beside `DROP_STATUS`, so that a real 444 of a proxy is not taken for one. */
export const DROP_HEADER = 'x-sandbox-drop'
/** How long the answer is late; `serve.ts` waits, an in-process caller moves its virtual time. */
export const DELAY_HEADER = 'x-sandbox-delay-ms'

/** An answer of the data plane before it becomes an HTTP response. */
export interface BankAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** One row of `bank.locks()`. */
export interface LockView {
  readonly merPtcId: string
  readonly serial: string
  readonly lockNo: string
  readonly state: LockState
  readonly amountFen: number
  readonly confirmedFen: number
  readonly confirmSerial: string | null
  readonly cancelSerial: string | null
  readonly processing: boolean
  readonly visitNo: string
  readonly orderNo: string
  readonly bizScene: string
  readonly accountNo: string
  readonly agreementNo: string
  readonly identity: string
  readonly createdAtMs: number
  readonly expiresAtMs: number | null
  readonly finalAtMs: number | null
  readonly acctDate: string | null
}

/** The ledger as the control plane shows it. */
export interface LedgerView {
  readonly principals: readonly PrincipalBalance[]
  readonly merchants: readonly MerchantBalance[]
  readonly postings: readonly Posting[]
}

/** The sandbox bank, usable in the same process; every method is synchronous, only `notifications` sends by itself. */
export interface Bank {
  handle(request: RawRequest): BankAnswer
  addCustomer(input: CustomerInput): void
  changeCustomer(certNo: string, change: CustomerChange): void
  bindFamily(input: FamilyInput): void
  unbindSharer(certNo: string): void
  putMerchant(merchant: Merchant): void
  readonly faults: Faults
  readonly clock: VirtualClock
  readonly notifications: Notifications
  /** How far the bank's own clock is ahead of everybody else's. */
  skewMs(): number
  /** Sets the bank's own clock apart from everybody else's (CLOCK_SKEW of bank.md §6). */
  skew(ms: number): void
  /** Ends every unconfirmed lock now, whatever its time; answers how many (bank.md §6, `end-of-day`). */
  endOfDay(): number
  /** What the pages work on; settles what is due before it is handed out. */
  desk(): DeskParts
  /** Messages to residents, oldest first. */
  sms(): readonly Sms[]
  invariants(): InvariantReport
  locks(): LockView[]
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

const JSON_TYPE = { 'content-type': 'application/json; charset=UTF-8' }
const UNSIGNED_STATUS: Readonly<Record<string, number>> = {
  [CODE.noSuchApi]: 404,
  [CODE.rateLimited]: 429,
  [CODE.appUnknown]: 401,
}
const BAD_GATEWAY =
  '<html><head><title>502 Bad Gateway</title></head><body><center>502 Bad Gateway</center></body></html>'

const isAdapterCode = (code: string): code is AdapterCode => code in ADAPTER_MESSAGES

function execute(core: BankCore, request: CheckedRequest, plan: Readonly<FaultPlan>): BusinessAnswer {
  switch (request.api) {
    case 'querySign':
      return querySign(core, request.identity)
    case 'postPayQuery':
      return postPayQuery(core, request.body, plan.lagMs)
    case 'lock':
      return moneyCall(core, { group: 'lock', body: request.body, identity: request.identity, raw: request.raw, plan })
    case 'confirm':
      return moneyCall(core, {
        group: 'confirm',
        body: request.body,
        identity: request.identity,
        raw: request.raw,
        plan,
      })
    case 'cancel':
      return moneyCall(core, { group: 'cancel', body: request.body, identity: null, raw: request.raw, plan })
  }
}

function subjectOf(request: CheckedRequest): FaultSubject {
  const { api, merPtcId } = request
  if (request.api === 'querySign') return { api, merPtcId, serial: null, amountFen: null }
  const serial = request.body.mer_tran_no
  if (request.api === 'lock') return { api, merPtcId, serial, amountFen: request.body.lock_amount }
  const amountFen = request.api === 'confirm' ? request.body.confirm_amount : null
  return { api, merPtcId, serial, amountFen }
}

/** When the next operation or lock ends by time; null when none does. */
function nextEndAtMs(core: BankCore): number | null {
  const ends = [nextSettleAtMs(core), core.locks.nextExpiryAtMs()].filter((atMs) => atMs !== null)
  return ends.length === 0 ? null : Math.min(...ends)
}

const signed = (profile: CryptoProfile, content: string): BankAnswer => ({
  status: 200,
  headers: JSON_TYPE,
  body: sealReply(content, profile.signReply(content)),
})

const badSign = (profile: CryptoProfile, text: string): string =>
  profile.name === 'NONE' ? 'bad' : profile.signReply(`${text} `)

/** Spoils an answer as a fault says (step 15 of bank.md §6.1). */
function spoil(profile: CryptoProfile, nowMs: number, api: string, text: string, fault: FaultRule): BankAnswer {
  switch (fault.kind) {
    case 'DROP_BEFORE':
    case 'EXECUTE_THEN_DROP':
      return { status: DROP_STATUS, headers: { [DROP_HEADER]: '1' }, body: '' }
    case 'HTTP_502_HTML':
      return { status: 502, headers: { 'content-type': 'text/html' }, body: BAD_GATEWAY }
    case 'BAD_SIGN':
      return { status: 200, headers: JSON_TYPE, body: sealReply(text, badSign(profile, text)) }
    case 'WRONG_KEY_ID':
      return { status: 200, headers: JSON_TYPE, body: sealReply(text, signedByAnother(profile, text)) }
    case 'RATE_LIMIT':
      return signed(profile, gatewayReply(api, CODE.rateLimited, nowMs))
    case 'TRUNCATED_JSON': {
      const { body, ...rest } = signed(profile, text)
      return { ...rest, body: body.slice(0, Math.floor(body.length / 2)) }
    }
    default: {
      const code = fault.kind.replace('_', '')
      return signed(profile, isAdapterCode(code) ? gatewayReply(api, code, nowMs) : text)
    }
  }
}

function viewOf(order: LockOrder): LockView {
  const { merPtcId, serial, lockNo, state, amountFen, confirmedFen, confirmSerial, cancelSerial, processing } = order
  const { visitNo, orderNo, bizScene, accountNo, agreementNo, createdAtMs, expiresAtMs, finalAtMs, acctDate } = order
  return {
    merPtcId,
    serial,
    lockNo,
    state,
    amountFen,
    confirmedFen,
    confirmSerial,
    cancelSerial,
    processing,
    visitNo,
    orderNo,
    bizScene,
    accountNo,
    agreementNo,
    createdAtMs,
    expiresAtMs,
    finalAtMs,
    acctDate,
    identity: maskIdentity(order.identity),
  }
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
    const { profile, random, notify = NO_NOTIFICATIONS } = parts
    const waiting = { settle: () => this.#settle(), nextAtMs: () => nextEndAtMs(this.#core) }
    this.notifications = new Notifications({ ...notify, profile, clock, random, waiting })
    this.#core.listeners.push((operation, moment) => this.notifications.hear(operation, moment))
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
    settleDue(this.#core)
    this.#announceExpired(expireDue(this.#core))
  }

  #announceExpired(orders: readonly LockOrder[]): void {
    for (const order of orders) this.notifications.announce(expiryNotice(order))
  }

  desk(): DeskParts {
    this.#settle()
    return { core: this.#core, outbox: this.#outbox, announce: (notice) => this.notifications.announce(notice) }
  }

  sms(): readonly Sms[] {
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
    if (knownApp) return signed(this.#profile, gatewayReply(api, code, nowMs))
    return { status: UNSIGNED_STATUS[code] ?? 400, headers: { 'content-type': 'text/plain' }, body: code }
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
      ? spoil(this.#profile, nowMs, request.api, business.text, fault)
      : signed(this.#profile, business.text)
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

  putMerchant(merchant: Merchant): void {
    this.#core.merchants.put(merchant)
  }

  invariants(): InvariantReport {
    this.#settle()
    return checkInvariants(this.#core, this.#journal)
  }

  locks(): LockView[] {
    this.#settle()
    return this.#core.locks.all().map(viewOf)
  }

  ledger(): LedgerView {
    this.#settle()
    const merchants = this.#core.merchants.all().map(({ merPtcId }) => this.#core.ledger.merchant(merPtcId))
    return { principals: this.#core.ledger.principals(), merchants, postings: this.#core.ledger.postings() }
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
