import {
  nextStep,
  unknown,
  type AskAnswer,
  type Outcome,
  type Step,
  type StepName,
  type SubjectFacts,
} from '@paycare/shared/rules'
import type { Unit } from '../db/unit.ts'
import type { Line } from '../gateways/line.ts'
import { longestPauseMs } from './breaker.ts'
import type { Breakers } from './breakers.ts'
import { begin, mark, markAsk, markRecheck, type ReadyCall } from './attempts.ts'
import { applyToFresh, unlessChanged } from './conflicts.ts'
import { NEVER, type EngineContext } from './context.ts'
import { move } from './journal.ts'
import { noteIntent } from './intents.ts'
import { giveBack, keep, wakeLane } from './leases.ts'
import { observe } from './observe.ts'
import { openAttemptOf, readLeased, readPaymentById, succeededAttemptsOf } from './read.ts'
import { openRefund } from './refund.ts'
import { drop, settle } from './settle.ts'
import type { Lease, OpenAttempt, Payment, Subject } from './subject.ts'
import { raise } from './work-items.ts'

/** Far more turns than any walk needs; a subject that uses them up is looked at again a little later. */
const turnsMost = 40
const laterMs = 1_000

/**
 * Asks whoever knows for the real amounts of a hold that nobody has ended, and aims what they say; `isLastPass`: those of an open visit count
 * too. Answers when to ask again, or nothing when the goal may have changed.
 */
export type Consult = (s: Payment, isLastPass: boolean, untilMs: number, lease: Lease) => Promise<number | undefined>

/** What `advance` works with besides the ports. */
export interface AdvanceContext extends EngineContext {
  readonly breakers: Breakers
}

interface View {
  readonly subject: Subject
  readonly open: OpenAttempt | undefined
}

/**
 * Does what `nextStep` says until there is nothing to do now; answers when the payment is due again. The same function serves the request,
 * the worker and the recovery after a crash.
 */
export async function advance(x: AdvanceContext, lease: Lease, consult?: Consult): Promise<number> {
  for (let turn = 0; turn < turnsMost; turn++) {
    const view = await x.store.read(() => look(lease))
    const line = x.lineOf(view.subject.channel)
    const held = (what: StepName): number => x.breakers.heldUntil(lease.lane, what)
    const step = nextStep(factsOf(view.subject, line), view.open, x.clock.now(), line.rule, held)
    if (step.do === 'consult' && view.subject.kind !== 'refund') {
      const dueAtMs = await consult?.(view.subject, step.isLastPass, step.untilMs, lease)
      if (consult && dueAtMs === undefined) continue
      return Math.min(dueAtMs ?? step.untilMs, step.untilMs)
    }
    const dueAtMs = await perform(x, line, view, step, lease)
    if (dueAtMs !== undefined) return dueAtMs
  }
  return x.clock.now() + laterMs
}

/** The counterparty keeps its own time: its end of the hold, on our clock. */
function factsOf(s: Subject, line: Line): SubjectFacts {
  if (s.kind === 'refund') return { ...s, deadlineMs: null, sweepJitterMs: null, refundableFen: 0 }
  const deadlineMs = s.expiresAtMs === null ? null : s.expiresAtMs - line.clock.offsetMs
  return { ...s, deadlineMs, refundableFen: s.paidFen - s.refundingFen - s.refundedFen }
}

function* look(lease: Lease): Unit<View> {
  return { subject: yield* readLeased(lease), open: yield* openAttemptOf(lease.subjectId) }
}

/** Carries out one step; answers when the subject is due again once nothing can be done now. */
async function perform(
  x: AdvanceContext,
  line: Line,
  view: View,
  step: Step,
  lease: Lease,
): Promise<number | undefined> {
  const { subject: s, open } = view
  switch (step.do) {
    case 'rest':
    case 'consult':
      return NEVER
    case 'wait':
      return step.untilMs
    case 'raise':
      await x.store.run(() => raise(x, s, step.item, open?.id ?? s.reasonCode ?? step.item))
      return step.untilMs
    case 'end':
      await unlessChanged(x.store, () => end(x, s, step.state, lease))
      return undefined
    case 'refundAll':
      return await refundAll(x, s, lease)
    case 'begin':
      await send(x, line, step.step, lease, () => unlessChanged(x.store, () => begin(x, s, step.step, lease)))
      return undefined
    case 'recheck':
      return s.kind === 'refund' ? NEVER : await recheck(x, line, s, step.step, lease)
    default:
      return open ? await withOpen(x, line, s, open, step.do, lease) : NEVER
  }
}

async function withOpen(
  x: AdvanceContext,
  line: Line,
  s: Subject,
  open: OpenAttempt,
  what: 'send' | 'ask' | 'drop',
  lease: Lease,
): Promise<undefined> {
  if (what === 'drop') {
    await unlessChanged(x.store, () => drop(x, s, open, lease))
  } else if (what === 'send') {
    await send(x, line, open.step, lease, () => x.store.run(() => mark(x, s, open, lease)))
  } else {
    const call = await x.store.run(() => markAsk(x, s, open, lease))
    if (call) await ask(x, line, call, lease)
  }
  return undefined
}

/** Stores a send and lets it leave; the breaker of its step learns what came of it. */
async function send(
  x: AdvanceContext,
  line: Line,
  step: StepName,
  lease: Lease,
  store: () => Promise<ReadyCall | undefined>,
): Promise<void> {
  const { lane } = lease
  const isProbe = x.breakers.leaving(lane, step)
  const call = await store()
  if (!call) return x.breakers.unused(lane, step, isProbe)
  const unsent = await noteIntent(x, lease, call.attempt)
  const outcome = unsent ?? (await answerOf(x, () => line.send(step, call.content, markOf(call))))
  const hasClosed = x.breakers.heard(lane, step, isProbe, outcome)
  await apply(x, lease, (s) => settle(x, s, call, outcome, lease, line.rule))
  if (hasClosed) await x.store.run(() => wakeLane(lane, x.clock.now(), longestPauseMs))
}

async function ask(x: EngineContext, line: Line, call: ReadyCall, lease: Lease): Promise<void> {
  const answer = await answerOf(x, () => line.ask(call.attempt.step, call.content, markOf(call)))
  // A question that did not get through proves nothing about the attempt.
  const meant: AskAnswer = answer.is === 'notExecuted' ? unknown(answer.why) : answer
  await apply(x, lease, (s) => settle(x, s, call, meant, lease, line.rule))
}

async function recheck(
  x: EngineContext,
  line: Line,
  s: Payment,
  step: string,
  lease: Lease,
): Promise<number | undefined> {
  const settled = (await x.store.read(() => succeededAttemptsOf(s.id))).find((a) => a.step === step)
  if (!settled) {
    await unlessChanged(x.store, () => stopAsking(x, s, lease))
    return undefined
  }
  const call = await x.store.run(() => markRecheck(x, s, settled, lease))
  const answer = await answerOf(x, () => line.ask(settled.step, call.content, markOf(call)))
  await applyToFresh(
    x.store,
    () => readPaymentById(s.id),
    (now) => observe(x, now, call, answer, lease, line.rule),
  )
  return undefined
}

/** Taken, though nobody wants it any more: all that is left of it goes back, and this payment is at rest. */
async function refundAll(x: EngineContext, s: Subject, lease: Lease): Promise<number | undefined> {
  if (s.kind === 'refund') return NEVER
  await unlessChanged(x.store, function* () {
    yield* keep(lease, x.clock.now())
    const amountFen = s.paidFen - s.refundingFen - s.refundedFen
    const queue = s.kind === 'direct' ? 'daily' : 'manual'
    const { lease: born } = yield* openRefund(x, { paymentId: s.id, amountFen, queue, terms: {} }, 'engine')
    yield* giveBack(born, x.clock.now(), x.clock.now())
  })
  return undefined
}

/** Nothing was ever made there, so there is nothing to ask about. */
function* stopAsking(x: EngineContext, s: Subject, lease: Lease): Unit<void> {
  yield* keep(lease, x.clock.now())
  yield* move(x, s, { recheck: false }, { event: 'recheck', by: 'engine', atMs: x.clock.now() })
}

function* end(x: EngineContext, s: Subject, state: Subject['state'], lease: Lease): Unit<void> {
  yield* keep(lease, x.clock.now())
  yield* move(x, s, { state }, { event: `end:${state}`, by: 'engine', atMs: x.clock.now() })
}

/** A line that throws has answered nothing: unknown, never failed. */
async function answerOf<T extends Outcome | AskAnswer>(x: EngineContext, call: () => Promise<T>): Promise<T | Outcome> {
  try {
    return await call()
  } catch (error) {
    x.log.error({ error: error instanceof Error ? error.name : 'unknown' }, 'line threw')
    return unknown('line threw')
  }
}

function apply(x: EngineContext, lease: Lease, unit: (s: Subject) => Unit<void>): Promise<void> {
  return applyToFresh(x.store, () => readLeased(lease), unit)
}

function markOf(call: ReadyCall) {
  const { serial, tradeDate, firstSentAtMs } = call.attempt
  return { serial, tradeDate, firstSentAtMs, msgId: call.msgId }
}
