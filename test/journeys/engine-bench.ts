import {
  unknown,
  type AskAnswer,
  type DayCut,
  type Facts,
  type Goal,
  type LineRule,
  type PaymentKind,
  type StepName,
} from '@paycare/shared/rules'
import { expect } from 'vitest'
import type { IntentLog } from '@paycare/bff/db/intent-log.ts'
import { migrateSqlite } from '@paycare/bff/db/migrate.ts'
import { openSqlite, sqliteStore } from '@paycare/bff/db/sqlite.ts'
import type { Store } from '@paycare/bff/db/store.ts'
import { query, statement, type Row, type Unit } from '@paycare/bff/db/unit.ts'
import type { CallContent, CallMark, Line } from '@paycare/bff/gateways/line.ts'
import { Vault } from '@paycare/bff/identity/vault.ts'
import type { Clock } from '@paycare/bff/ports/clock.ts'
import type { Process } from '@paycare/bff/ports/process.ts'
import { systemRandom } from '@paycare/bff/ports/system.ts'
import {
  Engine,
  findPayment,
  findRefund,
  journalOf,
  mutablePartOf,
  replay,
  type Lease,
  type RefundQueue,
} from '@paycare/bff/engine/index.ts'

export const second = 1_000
export const minute = 60 * second
export const hour = 60 * minute
/** 2026-11-21 10:00 in Shanghai. */
export const morningMs = Date.UTC(2026, 10, 21, 2)
/** What a payment is opened as, where it matters. */
interface Opened {
  readonly kind?: PaymentKind
  readonly institution?: string
  readonly sweptWith?: string
  readonly awaitedBy?: string
}
/** What a scripted line may be given besides. */
export interface BenchOptions {
  readonly dayCut?: DayCut
  /** Where calls are written down before they leave. */
  readonly intents?: IntentLog
}
const basicRule: LineRule = {
  askPlanMs: [2, 5, 10, 30, 60].map((s) => s * second),
  resendAfterMs: 30 * second,
  concludeAfterMs: 10 * minute,
  retryAfterMs: 5 * minute,
}

/** One call as the counterparty's side sees it. */
export interface Call {
  readonly how: 'send' | 'ask'
  readonly step: StepName
  readonly content: CallContent
  readonly mark: CallMark
  readonly atMs: number
}
type Answer = AskAnswer | ((call: Call) => AskAnswer | Promise<AskAnswer>)

export const done = (facts: Partial<Facts> = {}): AskAnswer => ({ is: 'succeeded', facts: { ref: {}, ...facts } })
export const silence = unknown('test')
export const notFound: AskAnswer = { is: 'notFound' }
export const refused: AskAnswer = { is: 'refused', code: 'SBOX0004PL0107' }
export const notExecuted: AskAnswer = { is: 'notExecuted', why: 'ECONNREFUSED' }

/** A migrated SQLite database. */
export function sqliteIn(file: string, process?: Process): Store {
  const connection = openSqlite(file)
  migrateSqlite(connection)
  return sqliteStore(connection, process)
}

/** The engine over a real database, with time that moves by hand and a line that answers as told. */
export class Bench {
  nowMs = morningMs
  readonly calls: Call[] = []
  readonly openAtCall: number[] = []
  /** What somebody else commits between the engine's reading and its next commits, one by one. */
  readonly beforeCommits: (() => Promise<unknown>)[] = []
  readonly warnings: string[] = []
  /** What was logged with each of them. */
  readonly logged: unknown[] = []
  #script: Answer[] = []
  #timers: { atMs: number; callback: () => void }[] = []
  readonly store: Store
  readonly vault
  engine: Engine
  /** What the engine pokes: nobody, until a test says so. */
  poke: () => void = () => undefined
  #bills = 0
  readonly payments: string[] = []
  /** The counterparty's clock as the line has learned it. */
  readonly clock = { offsetMs: 0, isAstray: false }
  readonly #rule: LineRule
  readonly #intents: IntentLog | undefined

  constructor(store = sqliteIn(':memory:'), { intents, ...rule }: BenchOptions = {}) {
    this.#rule = { ...basicRule, ...rule }
    this.#intents = intents
    this.store = store
    const key = (fill: number): Uint8Array => new Uint8Array(32).fill(fill)
    this.vault = new Vault({ masterKey: key(1), masterKeyId: 'm', hashKey: key(2) }, systemRandom)
    this.engine = this.restart()
  }

  /** Time as the engine has it. */
  readonly time: Clock = {
    now: () => this.nowMs,
    after: (ms, callback) => {
      const timer = { atMs: this.nowMs + ms, callback }
      this.#timers.push(timer)
      return () => {
        this.#timers = this.#timers.filter((one) => one !== timer)
      }
    },
  }

  /** A new engine over what is stored: the old process is gone. */
  restart(): Engine {
    const warn = (about: unknown, message: string): void => {
      this.warnings.push(message)
      this.logged.push(about)
    }
    this.engine = new Engine({
      store: { ...this.store, run: (unit) => this.#run(unit) },
      clock: this.time,
      random: systemRandom,
      vault: this.vault,
      log: { info: warn, warn, error: warn },
      lineOf: () => this.#line(),
      intents: this.#intents,
      serialCodeOf: () => 'JC01',
      poke: () => this.poke(),
    })
    return this.engine
  }

  async #run<T>(unit: () => Unit<T>): Promise<T> {
    await this.beforeCommits.shift()?.()
    return this.store.run(unit)
  }

  #line(): Line {
    return {
      rule: this.#rule,
      clock: this.clock,
      serialLetters: { lock: 'L', confirm: 'C', cancel: 'X', pay: 'P', refund: 'R' },
      send: async (step, content, mark) => {
        const answer = await this.#answer({ how: 'send', step, content, mark, atMs: this.nowMs })
        if (answer.is === 'notFound') throw new Error('a send is never answered notFound')
        return answer
      },
      ask: (step, content, mark) => this.#answer({ how: 'ask', step, content, mark, atMs: this.nowMs }),
    }
  }

  async #answer(call: Call): Promise<AskAnswer> {
    this.calls.push(call)
    const ofSubject = `subject_id = (select subject_id from attempt where serial = '${call.mark.serial}')`
    this.openAtCall.push((await this.rows(`select id from attempt where open = 1 and ${ofSubject}`)).length)
    const next = this.#script.shift() ?? silence
    return typeof next === 'function' ? next(call) : next
  }

  /** Answers to the next calls, in order; afterwards the counterparty is silent. */
  answers(...script: Answer[]): void {
    this.#script = script
  }

  rows(sql: string): Promise<Row[]> {
    return this.store.read(() => query(statement(sql), {}))
  }

  async exec(sql: string): Promise<void> {
    await this.store.run(() => query(statement(sql), {}))
  }

  /** Stores a bill and opens a payment of it; nothing is sent yet. */
  async stored(goal: Goal = 'hold', amountFen = 1_000, about: Opened = {}): Promise<{ id: string; lease: Lease }> {
    const billId = `bill_${this.#bills++}`
    const insert = statement(
      `insert into bill (id, institution, kind, his_no, rev, title, amount_fen, lines_json, body_hash, created_at)
       values (:id, :institution, 'order', :id, 0, 't', :amountFen, '[]', 'h', 0)`,
    )
    await this.store.run(() => query(insert, { id: billId, institution: about.institution ?? 'a', amountFen }))
    return this.opened(billId, goal, amountFen, about)
  }

  async opened(
    billId: string,
    goal: Goal = 'hold',
    amountFen = 1_000,
    { kind = 'hold', institution = 'a', ...more }: Opened = {},
  ): Promise<{ id: string; lease: Lease }> {
    const { engine, vault, nowMs } = this
    const person = { name: '陈静', idNumber: '990101198803120020' }
    const { subject, lease } = await this.store.run(function* () {
      const personId = yield* vault.personOf(person, nowMs)
      const about = { institution, billId, channel: 'credit', kind, goal, personId, role: 'own' } as const
      return yield* engine.open({ ...about, ...more, amountFen, terms: { agreementNo: 'CM1' } }, 'his')
    })
    this.payments.push(subject.id)
    return { id: subject.id, lease }
  }

  /** Opens a payment and lets the engine work on it. */
  async payment(goal: Goal = 'hold', amountFen = 1_000): Promise<string> {
    const { id, lease } = await this.stored(goal, amountFen)
    await this.engine.settleSoon([lease])
    return id
  }

  /** Pays at once, without a hold. */
  async direct(amountFen = 1_000): Promise<string> {
    const { id, lease } = await this.stored('paid', amountFen, { kind: 'direct' })
    await this.engine.settleSoon([lease])
    return id
  }

  /** Opens a refund of a payment and lets the engine work on it. */
  async refund(paymentId: string, amountFen: number, queue: RefundQueue = 'manual'): Promise<string> {
    const about = { paymentId, amountFen, queue, terms: { requestNo: 'RR1' } }
    const { refund, lease } = await this.store.run(() => this.engine.openRefund(about, 'staff'))
    await this.engine.settleSoon([lease])
    return refund.id
  }

  async resume(id: string): Promise<void> {
    const lease = await this.store.run(() => this.engine.resumeRefund(id, 'staff'))
    if (lease) await this.engine.settleSoon([lease])
  }

  async refundOf(id: string) {
    const refund = await this.store.read(() => findRefund(id))
    if (!refund) throw new Error('no such refund')
    return refund
  }

  async aim(id: string, goal: Goal, captureFen?: number): Promise<void> {
    const { lease } = await this.store.run(() => this.engine.aim(id, goal, 'his', captureFen))
    if (lease) await this.engine.settleSoon([lease])
  }

  /** Lets time pass: everything that is due in between is worked on at its time. */
  async pass(ms: number): Promise<void> {
    const untilMs = this.nowMs + ms
    for (;;) {
      const { claimed, nextDueAtMs } = await this.engine.workOnDue(8, 40)
      await this.engine.idle()
      if (claimed > 0) continue
      if (nextDueAtMs > untilMs) break
      this.nowMs = Math.max(this.nowMs, nextDueAtMs)
    }
    this.nowMs = untilMs
  }

  fireTimers(ms: number): void {
    this.nowMs += ms
    const due = this.#timers.filter((one) => one.atMs <= this.nowMs)
    this.#timers = this.#timers.filter((one) => !due.includes(one))
    for (const timer of due) timer.callback()
  }

  async subject(id: string) {
    const subject = await this.store.read(() => findPayment(id))
    if (!subject) throw new Error('no such subject')
    return subject
  }

  state = async (id: string): Promise<string> => (await this.subject(id)).state
  events = async (id: string): Promise<unknown[]> =>
    (await this.store.read(() => journalOf(id))).map((row) => row.event)
  items = async (): Promise<unknown[]> =>
    (await this.rows('select kind from work_item order by raised_at')).map((row) => row['kind'])
  told = (): string[] => this.calls.map((call) => `${call.how} ${call.step}`)
  sends = (step: StepName): Call[] => this.calls.filter((call) => call.how === 'send' && call.step === step)

  /** Ends a scenario; two things hold after each. */
  async end(): Promise<void> {
    const refunds = await this.rows('select id from refund')
    const ids = [...this.payments, ...refunds.map((row) => String(row['id']))]
    for (const id of ids) {
      const subject = await (id.startsWith('ref') ? this.refundOf(id) : this.subject(id))
      const { version, mutable } = replay(await this.store.read(() => journalOf(id)))
      expect({ version, ...mutable }, 'replay(journal) = row').toEqual({
        version: subject.version,
        ...mutablePartOf(subject),
      })
    }
    for (const open of this.openAtCall) expect(open, 'open attempts during a call').toBeLessThanOrEqual(1)
    await this.store.close()
  }
}
