import { createHash } from 'node:crypto'
import { dayOf, machineOf, timeOnDay, type StepName } from '@paycare/shared/rules'
import { exchangeLeaves } from '../db/exchange.ts'
import { query, statement, type Unit } from '../db/unit.ts'
import type { CallContent } from '../gateways/line.ts'
import { newId, randomHex, randomText } from '../ports/ids.ts'
import type { EngineContext } from './context.ts'
import { move } from './journal.ts'
import { keep } from './leases.ts'
import { takeLost, type LostCall } from './lost-calls.ts'
import { readPaymentById, succeededAttemptsOf } from './read.ts'
import type { Attempt, Lease, Mutable, Payment, Refund, Subject } from './subject.ts'
import { raise } from './work-items.ts'

const insert = statement(
  `insert into attempt (id, institution, channel, subject_id, step, serial, trade_date, amount_fen, content_hash,
     content_sealed, ref_json, state, open, doubt, sends, first_sent_at, last_sent_at, asks, last_ask_at, absent_at,
     code, created_at)
   values (:id, :institution, :channel, :subjectId, :step, :serial, :tradeDate, :amountFen, :contentHash,
     :contentSealed, '{}', 'sent', 1, :doubt, 1, :firstSentAt, :lastSentAt, 0, 0, null, null, :at)`,
)
const markSent = statement(
  `update attempt set state = 'sent', sends = sends + 1, last_sent_at = :at, asks = 0, last_ask_at = 0, absent_at = null
   where id = :id and open = 1 and sends = :sends returning id`,
)
const markAsked = statement(
  'update attempt set asks = asks + 1, last_ask_at = :at where id = :id and open = 1 and asks = :asks returning id',
)
/** A call that is stored and may now leave. */
export interface ReadyCall {
  readonly attempt: Attempt
  readonly content: CallContent
  readonly msgId: string
}

/**
 * Intent before call (architecture rule 4): one transaction stores the attempt with its serial, date, content and content hash, the journal row
 * and the exchange row, before any byte leaves. Nothing leaves when a call that was forgotten is gone on with instead.
 */
export function* begin(x: EngineContext, s: Subject, step: StepName, lease: Lease): Unit<ReadyCall | undefined> {
  const nowMs = x.clock.now()
  yield* keep(lease, nowMs)
  const lost = yield* takeLost(s, step)
  if (lost) return yield* goOn(x, s, lost)
  const content = yield* contentOf(x, s, step)
  const attempt = mint(x, s, step, content.amountFen, nowMs)
  const contentSealed = yield* insertAttempt(x, s, attempt, content)
  const entry = { event: `begin:${step}`, by: 'engine', atMs: nowMs, attempt, amountFen: attempt.amountFen }
  if (s.kind === 'refund') yield* move(x, s, {}, entry)
  else yield* move(x, s, endOf(x, s, step, nowMs), entry)
  const msgId = yield* exchangeBefore(x, s, step, attempt.id)
  return { attempt: { ...attempt, contentSealed }, content, msgId }
}

/**
 * Goes on with a call that this database had forgotten, under its own serial and dates: it is in doubt, so it is asked about, and sent again
 * only when it never arrived. For another amount it is a person's: a second call might take the money twice.
 */
function* goOn(x: EngineContext, s: Subject, lost: LostCall): Unit<undefined> {
  const nowMs = x.clock.now()
  const { step, serial, tradeDate, amountFen, firstSentAtMs, lastSentAtMs } = lost
  const minted = mint(x, s, step, amountFen, nowMs)
  const attempt: Attempt = { ...minted, serial, tradeDate, firstSentAtMs, lastSentAtMs, doubt: true }
  const entry = { event: `found:${step}`, by: 'engine', atMs: nowMs, attempt, amountFen }
  const content = yield* contentOf(x, s, step)
  if (content.amountFen !== amountFen) {
    yield* move(x, s, { state: 'review' }, entry)
    yield* raise(x, s, 'amountDiffers', serial)
    return undefined
  }
  yield* insertAttempt(x, s, attempt, content)
  if (s.kind === 'hold') yield* move(x, s, { ...endOf(x, s, step, firstSentAtMs), recheck: true }, entry)
  else yield* move(x, s, {}, entry)
  return undefined
}

function* insertAttempt(x: EngineContext, s: Subject, attempt: Attempt, content: CallContent): Unit<string> {
  const contentJson = JSON.stringify(content)
  const contentSealed = yield* x.vault.seal(s.personId, `content/${attempt.id}`, contentJson)
  yield* query(insert, {
    id: attempt.id,
    institution: s.institution,
    channel: s.channel,
    subjectId: s.id,
    step: attempt.step,
    serial: attempt.serial,
    tradeDate: attempt.tradeDate,
    amountFen: attempt.amountFen,
    contentHash: createHash('sha256').update(contentJson).digest('base64url'),
    contentSealed,
    doubt: attempt.doubt ? 1 : 0,
    firstSentAt: attempt.firstSentAtMs,
    lastSentAt: attempt.lastSentAtMs,
    at: x.clock.now(),
  })
  return contentSealed
}

/** A hold ends with the counterparty's day in which it is made, until the counterparty itself tells when. */
function endOf(x: EngineContext, s: Payment, step: StepName, nowMs: number): Partial<Mutable> {
  const { rule, clock } = x.lineOf(s.channel)
  if (!rule.dayCut || step !== machineOf(s.kind).recheckStep) return {}
  return { expiresAtMs: timeOnDay(nowMs + clock.offsetMs, 24, 0) }
}

/** The same serial goes once more, with its first content and dates and a new message number. */
export function* mark(x: EngineContext, s: Subject, attempt: Attempt, lease: Lease): Unit<ReadyCall | undefined> {
  const nowMs = x.clock.now()
  yield* keep(lease, nowMs)
  const marked = yield* query(markSent, { id: attempt.id, sends: attempt.sends, at: nowMs })
  if (marked.length === 0) return undefined
  const msgId = yield* exchangeBefore(x, s, attempt.step, attempt.id)
  const sent: Attempt = {
    ...attempt,
    state: 'sent',
    sends: attempt.sends + 1,
    lastSentAtMs: nowMs,
    asks: 0,
    lastAskAtMs: 0,
    absentAtMs: null,
    hintAtMs: null,
  }
  return { attempt: sent, content: yield* storedContent(x, s, attempt), msgId }
}

/** A question about an attempt is counted before it leaves. */
export function* markAsk(x: EngineContext, s: Subject, attempt: Attempt, lease: Lease): Unit<ReadyCall | undefined> {
  const nowMs = x.clock.now()
  yield* keep(lease, nowMs)
  const marked = yield* query(markAsked, { id: attempt.id, asks: attempt.asks, at: nowMs })
  if (marked.length === 0) return undefined
  const msgId = yield* exchangeBefore(x, s, `ask:${attempt.step}`, attempt.id)
  const asked = { ...attempt, asks: attempt.asks + 1, lastAskAtMs: nowMs }
  return { attempt: asked, content: yield* storedContent(x, s, attempt), msgId }
}

/** A question about a call that is already settled: how does the subject stand? */
export function* markRecheck(x: EngineContext, s: Subject, attempt: Attempt, lease: Lease): Unit<ReadyCall> {
  yield* keep(lease, x.clock.now())
  const msgId = yield* exchangeBefore(x, s, `recheck:${attempt.step}`, attempt.id)
  return { attempt, content: yield* storedContent(x, s, attempt), msgId }
}

function* storedContent(x: EngineContext, s: Subject, attempt: Attempt): Unit<CallContent> {
  return JSON.parse(yield* x.vault.open(s.personId, `content/${attempt.id}`, attempt.contentSealed)) as CallContent
}

function* contentOf(x: EngineContext, s: Subject, step: StepName): Unit<CallContent> {
  const terms = s.kind === 'refund' ? yield* termsOfRefund(x, s) : yield* termsOf(x, s)
  const earlier = (yield* succeededAttemptsOf(s.kind === 'refund' ? s.paymentId : s.id)).map((a) => ({
    step: a.step,
    serial: a.serial,
    tradeDate: a.tradeDate,
    ref: a.ref,
  }))
  const isCapture = s.kind !== 'refund' && machineOf(s.kind).lands[step]?.amount === 'captureFen'
  const amountFen = isCapture ? s.captureFen : s.amountFen
  return { institution: s.institution, personId: s.personId, amountFen, terms, earlier }
}

function* termsOf(x: EngineContext, s: Subject): Unit<Record<string, string>> {
  return JSON.parse(yield* x.vault.open(s.personId, `terms/${s.id}`, s.termsSealed)) as Record<string, string>
}

/** Those of the payment, and its own. */
function* termsOfRefund(x: EngineContext, s: Refund): Unit<Record<string, string>> {
  return { ...(yield* termsOf(x, yield* readPaymentById(s.paymentId))), ...(yield* termsOf(x, s)) }
}

/** Kind letter, day, institution and 60 random bits: no sequence, so a restored backup never issues a serial again. */
function mint(x: EngineContext, s: Subject, step: StepName, amountFen: number, nowMs: number): Attempt {
  const tradeDate = dayOf(nowMs)
  const letter = x.lineOf(s.channel).serialLetters[step]
  return {
    id: newId(x.random, 'att'),
    step,
    serial: `${letter}${tradeDate}${x.serialCodeOf(s.institution)}${randomText(x.random, 12)}`,
    tradeDate,
    amountFen,
    contentSealed: '',
    ref: {},
    state: 'sent',
    open: true,
    doubt: false,
    sends: 1,
    firstSentAtMs: nowMs,
    lastSentAtMs: nowMs,
    asks: 0,
    lastAskAtMs: 0,
    absentAtMs: null,
    hintAtMs: null,
  }
}

function* exchangeBefore(x: EngineContext, s: Subject, name: string, attemptId: string): Unit<string> {
  const msgId = randomHex(x.random)
  const at = x.clock.now()
  yield* exchangeLeaves({ msgId, institution: s.institution, channel: s.channel, interface: name, attemptId, at })
  return msgId
}
