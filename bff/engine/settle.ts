import { machineOf, type AskAnswer, type Facts, type LineRule, type State } from '@paycare/shared/rules'
import { Conflict } from '../db/store.ts'
import { exchangeAnswered } from '../db/exchange.ts'
import { query, statement, type Unit } from '../db/unit.ts'
import type { ReadyCall } from './attempts.ts'
import { NEVER, type EngineContext } from './context.ts'
import { move, type Entry } from './journal.ts'
import { keep } from './leases.ts'
import { releaseReserve } from './refund.ts'
import type { Attempt, Lease, Mutable, Payment, RefundMutable, Subject } from './subject.ts'
import { raise } from './work-items.ts'

const close = statement(
  'update attempt set state = :state, open = 0, code = :code, ref_json = :ref where id = :id and open = 1 returning id',
)
const setState = statement('update attempt set state = :state, doubt = :doubt where id = :id and open = 1 returning id')
const setAbsent = statement('update attempt set absent_at = :at, doubt = 1 where id = :id and open = 1 returning id')
/** Applies the answer to a call or a question: attempt, subject, journal and exchange in one transaction. */
export function* settle(
  x: EngineContext,
  s: Subject,
  call: ReadyCall,
  answer: AskAnswer,
  lease: Lease,
  rule: LineRule,
): Unit<void> {
  yield* keep(lease, x.clock.now())
  yield* answered(x, call.msgId, answer)
  const { attempt } = call
  switch (answer.is) {
    case 'unknown':
      yield* keepOpen(attempt, attempt.state === 'accepted' ? 'accepted' : 'sent', true)
      // The first missing answer is part of the history; the others are in the exchanges.
      if (!attempt.doubt) yield* move(x, s, {}, entryOf(x, 'doubt', attempt))
      return
    case 'notFound':
      return yield* absent(x, attempt)
    case 'notExecuted':
      // The proof covers this one send. If an earlier send of the serial is in doubt, the attempt stays in doubt.
      return yield* keepOpen(attempt, attempt.doubt ? 'sent' : 'ready', attempt.doubt)
    case 'accepted':
      yield* keepOpen(attempt, 'accepted', true)
      if (attempt.state !== 'accepted') yield* move(x, s, {}, entryOf(x, 'accepted', attempt))
      return
    case 'deferred':
    case 'refused':
      return yield* refused(x, s, attempt, answer, rule)
    case 'succeeded':
      return yield* succeeded(x, s, attempt, answer.facts)
  }
}

/** Ends an attempt that is proved not executed, or that stayed absent past the conclude time, and that nobody wants any more. */
export function* drop(x: EngineContext, s: Subject, attempt: Attempt, lease: Lease): Unit<void> {
  yield* keep(lease, x.clock.now())
  yield* closeAttempt(attempt, 'dropped', null, {})
  yield* move(x, s, notExecutedOf(s, attempt), entryOf(x, `drop:${attempt.step}`, attempt))
}

/** A call that goes once only ends its subject when it is proved not executed and is still wanted: whoever pays decides what next. */
function notExecutedOf(s: Subject, attempt: Attempt): { state?: State; reasonCode?: string } {
  const state = machineOf(s.kind).lands[attempt.step]?.notExecuted
  return state === undefined || s.goal === 'gone' ? {} : { state, reasonCode: 'NOT_EXECUTED' }
}

/** Stores when and how a wire call was answered. */
export function* answered(x: EngineContext, msgId: string, answer: AskAnswer): Unit<void> {
  const code = 'code' in answer ? answer.code : 'why' in answer ? answer.why : null
  yield* exchangeAnswered(msgId, x.clock.now(), answer.is, code)
}

function* keepOpen(attempt: Attempt, state: 'ready' | 'sent' | 'accepted', doubt: boolean): Unit<void> {
  if (state === attempt.state && doubt === attempt.doubt) return
  const rows = yield* query(setState, { id: attempt.id, state, doubt: doubt || attempt.doubt ? 1 : 0 })
  if (rows.length === 0) throw new Conflict(attempt.id)
}

function* absent(x: EngineContext, attempt: Attempt): Unit<void> {
  if (attempt.state !== 'sent') return
  const rows = yield* query(setAbsent, { id: attempt.id, at: x.clock.now() })
  if (rows.length === 0) throw new Conflict(attempt.id)
}

function* closeAttempt(
  attempt: Attempt,
  state: 'succeeded' | 'refused' | 'deferred' | 'dropped',
  code: string | null,
  ref: Readonly<Record<string, string>>,
): Unit<void> {
  const rows = yield* query(close, { id: attempt.id, state, code, ref: JSON.stringify(ref) })
  if (rows.length === 0) throw new Conflict(attempt.id)
}

function* refused(
  x: EngineContext,
  s: Subject,
  attempt: Attempt,
  answer: { is: 'refused' | 'deferred'; code: string; alarm?: boolean },
  rule: LineRule,
): Unit<void> {
  yield* closeAttempt(attempt, answer.is, answer.code, {})
  const lands = machineOf(s.kind).lands[attempt.step]
  const reasonCode = answer.code
  const refusals = s.refusals + 1
  const entry = entryOf(x, `${answer.is}:${attempt.step}`, attempt)
  if (answer.is === 'deferred' && lands?.deferred !== undefined) {
    yield* land(x, s, { state: lands.deferred, notBeforeMs: NEVER, reasonCode }, entry)
    yield* raise(x, s, 'refundDeferred', attempt.id)
    if (s.kind === 'refund' && x.planDeferred) yield* x.planDeferred(s)
  } else if (answer.is === 'deferred') {
    yield* land(x, s, { refusals, notBeforeMs: x.clock.now() + rule.retryAfterMs, reasonCode }, entry)
  } else if (lands === undefined || lands.refused === 'recheck') {
    yield* land(x, s, { refusals, recheck: true, reasonCode }, entry)
  } else {
    yield* land(x, s, { state: lands.refused, reasonCode, recheck: false }, entry)
    if (s.kind === 'refund') yield* raise(x, s, 'refundRefused', attempt.id)
  }
  if (answer.alarm) yield* raise(x, s, 'refusedAgain', `${attempt.id}:${answer.code}`)
}

/** Changes a subject by what a counterparty answered; a refund that is decided gives its reservation up with it. */
function* land(x: EngineContext, s: Subject, changes: Partial<RefundMutable>, entry: Entry): Unit<void> {
  yield* move(x, s, changes, entry)
  if (s.kind === 'refund' && changes.state !== undefined) yield* releaseReserve(x, s, changes.state, entry)
}

function* succeeded(x: EngineContext, s: Subject, attempt: Attempt, facts: Facts): Unit<void> {
  yield* closeAttempt(attempt, 'succeeded', null, facts.ref)
  const entry = { ...entryOf(x, `done:${attempt.step}`, attempt), amountFen: facts.amountFen ?? attempt.amountFen }
  const lands = machineOf(s.kind).lands[attempt.step]
  const asAsked = facts.amountFen === undefined || facts.amountFen === attempt.amountFen
  // The database was put back from a copy: what has been done since is taken over.
  if (s.kind !== 'refund' && s.recheck && facts.stands === 'paid') return yield* takeOverPaid(x, s, facts, entry)
  // Paid, though this call did not ask for it and no other one was made: nobody here knows why.
  if (!lands || !asAsked || facts.stands === 'paid') {
    yield* land(x, s, { state: 'review' }, entry)
    yield* raise(x, s, 'amountDiffers', attempt.id)
    return
  }
  // An answer that comes late may tell of more than the call did: the lock was made and is over already.
  const state = facts.stands ?? lands.succeeded
  const as = state === lands.succeeded ? entry : { ...entry, event: 'observed' }
  const known = { state, refusals: 0, reasonCode: null, recheck: false }
  if (s.kind === 'refund') return yield* land(x, s, { ...known, ...acctDateOf(facts) }, as)
  const paid = lands.succeeded === 'paid' ? { paidFen: attempt.amountFen } : {}
  yield* move(x, s, { ...known, ...paid, ...learned(facts) }, as)
}

/** The counterparty has taken money by a call that is not this one. What it says is what happened; a person is told when it is not what was wanted. */
export function* takeOverPaid(x: EngineContext, s: Payment, facts: Facts, entry: Entry): Unit<void> {
  const known = paidAs(s, facts.amountFen)
  const amountFen = known.paidFen ?? s.amountFen
  yield* move(
    x,
    s,
    { recheck: false, notBeforeMs: 0, ...known, ...learned(facts) },
    { ...entry, event: 'observed', amountFen },
  )
  const isOther = s.goal === 'paid' && known.paidFen !== s.captureFen
  if (known.state === 'review' || isOther) yield* raise(x, s, 'amountDiffers', entry.attempt?.id ?? s.id)
}

function paidAs(s: Payment, amountFen: number | undefined): Partial<Mutable> {
  if (amountFen === undefined || amountFen > s.amountFen || amountFen <= 0) return { state: 'review' }
  // Nobody here has wanted it yet: whoever says so afterwards finds it done, to the fen.
  const wanted = s.goal === 'hold' ? { goal: 'paid' as const, captureFen: amountFen } : {}
  return { state: 'paid', paidFen: amountFen, ...wanted }
}

/** Facts that a payment keeps: accounting day, repayment day, end of a lock. */
export function learned(facts: Facts): Partial<Mutable> {
  return {
    ...acctDateOf(facts),
    ...(facts.repayBy === undefined ? {} : { repayBy: facts.repayBy }),
    ...(facts.expiresAtMs === undefined ? {} : { expiresAtMs: facts.expiresAtMs }),
  }
}

function acctDateOf(facts: Facts): { acctDate?: string } {
  return facts.acctDate === undefined ? {} : { acctDate: facts.acctDate }
}

function entryOf(x: EngineContext, event: string, attempt: Attempt) {
  return { event, by: 'engine', atMs: x.clock.now(), attempt, amountFen: attempt.amountFen }
}
