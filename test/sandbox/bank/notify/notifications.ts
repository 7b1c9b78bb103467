import type { SandboxClock } from '../../clock.ts'
import type { BankCore, OperationMoment } from '../core.ts'
import type { Operation } from '../operations.ts'
import { isAck, notifyMessage, type MessageParts } from './message.ts'
import { noticeText, operationNotice, type Notice, type NoticeType } from './notice.ts'
import { NotifySwitches } from './switches.ts'

/** How the bank posts to the product; deadline and transport belong to whoever injects it. */
export type NotifyFetch = (url: string, init: RequestInit) => Promise<Response>

/** Where notifications go and who sends them. */
export interface NotifyParts extends MessageParts {
  readonly clock: SandboxClock
  /** `{baseUrl}/bank/v1/notify/{institutionId}`; null sends nothing and keeps nothing. */
  readonly baseUrl: string | null
  /** Institution by merchant number, as registered. */
  readonly institutions: ReadonlyMap<string, string>
  /** Also for operations that were decided in their own answer. */
  readonly all: boolean
  readonly fetch: NotifyFetch
  /** Operations in PROCESSING that end by time: brings the due ones to their end, tells when the next one is due. */
  readonly waiting: { settle(): void; nextAtMs(): number | null }
}

/** A notification that waits. */
export interface PendingNotice {
  readonly notifyId: string
  readonly type: NoticeType
  readonly merPtcId: string
  readonly attempts: number
  readonly dueAtMs: number
}

/** What became of one attempt; `dropped` and `gaveUp` end a notification without an acknowledgement. */
export interface NotifyLogRow {
  readonly atMs: number
  readonly notifyId: string
  readonly type: NoticeType
  readonly attempt: number
  readonly outcome: 'acked' | 'notAcked' | 'unreachable' | 'dropped' | 'gaveUp'
  readonly status: number | null
  readonly forged: boolean
}

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** Waiting times after the first attempt and each later one; then it is over (bank.md §3.15). */
export const RETRY_PLAN_MS: readonly number[] = [
  15 * SECOND,
  30 * SECOND,
  3 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  6 * HOUR,
  12 * HOUR,
]

interface Entry {
  readonly seq: number
  readonly notifyId: string
  readonly type: NoticeType
  readonly merPtcId: string
  readonly url: string
  readonly text: string
  readonly isPersonal: boolean
  attempts: number
  dueAtMs: number
  /** REORDER: until a later one has gone out. */
  held: boolean
}

/** The outbox of notifications: numbered once, sent on the plan until acknowledged. */
export class Notifications {
  readonly switches = new NotifySwitches()
  /** Also for operations that were decided in their own answer; may be turned while running. */
  all: boolean
  readonly #parts: NotifyParts
  readonly #entries = new Set<Entry>()
  readonly #known = new Map<string, Entry>()
  readonly #told = new WeakSet<Operation>()
  readonly #log: NotifyLogRow[] = []
  #sequence = 0
  #run: Promise<void> = Promise.resolve()

  constructor(parts: NotifyParts) {
    this.#parts = parts
    this.all = parts.all
  }

  isOn(): boolean {
    return this.#parts.baseUrl !== null
  }

  /** Puts a notice into the outbox; it is sent by the next `deliverDue`. */
  announce(notice: Notice): void {
    const { baseUrl, institutions, profile, clock, random } = this.#parts
    const institution = institutions.get(notice.merPtcId)
    if (baseUrl === null || institution === undefined) return
    const nowMs = clock.now()
    const notifyId = `N${random.bytes(12).toString('hex')}`
    const url = `${baseUrl.replace(/\/$/, '')}/bank/v1/notify/${institution}`
    const text = noticeText(profile, notice, notifyId, nowMs)
    this.#enter({ ...notice, notifyId, url, text, isPersonal: notice.identity !== null }, nowMs)
  }

  /** Hears of every operation (`BankCore.listeners`). */
  hear(core: BankCore, operation: Operation, moment: OperationMoment): void {
    if (!this.isOn() || this.#told.has(operation)) return
    const notice = operationNotice(core, operation, this.#parts.clock.now())
    const early = moment === 'pending' && this.switches.take('EARLY', notice.type) !== null
    if (!early && moment !== 'resolved' && !(this.all && moment === 'decided')) return
    this.#told.add(operation)
    this.announce(notice)
    if (early) void this.deliverDue()
  }

  /** Sends a notification again under its number, acknowledged or not. */
  replay(notifyId: string): void {
    const known = this.#known.get(notifyId)
    if (!known) throw new Error('no such notification')
    this.#push({ ...known, attempts: 0, held: false }, this.#parts.clock.now())
  }

  pending(): PendingNotice[] {
    return [...this.#entries].map(({ notifyId, type, merPtcId, attempts, dueAtMs }) => ({
      notifyId,
      type,
      merPtcId,
      attempts,
      dueAtMs,
    }))
  }

  /** When `deliverDue` has something to do next, or null when nothing waits. */
  nextDueAt(): number | null {
    if (!this.isOn()) return null
    const settles = this.#parts.waiting.nextAtMs()
    const due = [...[...this.#entries].map((one) => one.dueAtMs), ...(settles === null ? [] : [settles])]
    return due.length === 0 ? null : Math.min(...due)
  }

  log(): readonly NotifyLogRow[] {
    return this.#log
  }

  /** Sends what is due, one after the other, until nothing is; never rejects. */
  deliverDue(): Promise<void> {
    this.#run = this.#run.then(() => {
      this.#parts.waiting.settle()
      return this.#deliver()
    })
    return this.#run
  }

  /** Resolves when every delivery under way has come to its end. */
  async idle(): Promise<void> {
    let seen: Promise<void> | null = null
    while (seen !== this.#run) {
      seen = this.#run
      await seen
    }
  }

  #enter(notice: Pick<Entry, 'notifyId' | 'type' | 'merPtcId' | 'url' | 'text' | 'isPersonal'>, nowMs: number): void {
    const { notifyId, type, merPtcId, url, text, isPersonal } = notice
    const held = this.switches.take('REORDER', type)
    const late = this.switches.take('DELAY', type)
    const dueAtMs = nowMs + (held?.delayMs ?? 0) + (late?.delayMs ?? 0)
    const entry = { notifyId, type, merPtcId, url, text, isPersonal, attempts: 0, held: held !== null }
    const first = this.#push(entry, dueAtMs)
    this.#known.set(notifyId, first)
    if (this.switches.take('DROP', type)) {
      this.#entries.delete(first)
      this.#record(first, 'dropped', null, false)
      return
    }
    const copies = this.switches.take('DUPLICATE', type)?.copies ?? 0
    for (let copy = 0; copy < copies; copy += 1) this.#push(entry, dueAtMs)
  }

  #push(entry: Omit<Entry, 'seq' | 'dueAtMs'>, dueAtMs: number): Entry {
    this.#sequence += 1
    const queued = { ...entry, seq: this.#sequence, dueAtMs }
    this.#entries.add(queued)
    return queued
  }

  #nextDue(): Entry | null {
    const nowMs = this.#parts.clock.now()
    const due = [...this.#entries].filter((one) => one.dueAtMs <= nowMs)
    return due.sort((left, right) => left.dueAtMs - right.dueAtMs || left.seq - right.seq)[0] ?? null
  }

  async #deliver(): Promise<void> {
    for (let entry = this.#nextDue(); entry; entry = this.#nextDue()) await this.#attempt(entry)
  }

  async #attempt(entry: Entry): Promise<void> {
    const atMs = this.#parts.clock.now()
    const forged = this.switches.take('FORGE', entry.type) !== null
    entry.attempts += 1
    entry.held = false
    const status = await this.#send(entry, atMs, forged)
    this.#record(entry, status.outcome, status.status, forged)
    const waitMs = RETRY_PLAN_MS[entry.attempts - 1]
    if (status.outcome === 'acked') this.#entries.delete(entry)
    else if (waitMs === undefined) {
      this.#entries.delete(entry)
      this.#record(entry, 'gaveUp', null, forged)
    } else entry.dueAtMs = atMs + waitMs
    this.#letGo(entry)
  }

  /** What was held back behind this one may go now. */
  #letGo(sent: Entry): void {
    for (const entry of this.#entries) {
      if (!entry.held || entry.seq > sent.seq) continue
      entry.held = false
      entry.dueAtMs = this.#parts.clock.now()
    }
  }

  async #send(entry: Entry, atMs: number, forged: boolean): Promise<Pick<NotifyLogRow, 'outcome' | 'status'>> {
    const body = notifyMessage(this.#parts, entry.text, entry.isPersonal, atMs, forged)
    const headers = { 'content-type': 'application/json; charset=UTF-8' }
    try {
      const response = await this.#parts.fetch(entry.url, { method: 'POST', headers, body })
      const acked = isAck(this.#parts, response.status, await response.text(), entry.notifyId)
      return { outcome: acked ? 'acked' : 'notAcked', status: response.status }
    } catch {
      return { outcome: 'unreachable', status: null }
    }
  }

  #record(entry: Entry, outcome: NotifyLogRow['outcome'], status: number | null, forged: boolean): void {
    const { notifyId, type, attempts } = entry
    this.#log.push({ atMs: this.#parts.clock.now(), notifyId, type, attempt: attempts, outcome, status, forged })
  }
}
