import type { AskAnswer, Facts, LineRule } from '@paycare/shared/rules'
import type { Unit } from '../db/unit.ts'
import type { ReadyCall } from './attempts.ts'
import type { EngineContext } from './context.ts'
import { move } from './journal.ts'
import { keep } from './leases.ts'
import { answered, learned, takeOverPaid } from './settle.ts'
import type { Lease, Mutable, Payment } from './subject.ts'

/** Pause before the next question when a recheck itself got no answer; it doubles, and after some of them a person is told (`nextStep`). */
const recheckAgainMs = 30_000
const doublingsMost = 7

/** Evidence about a subject that has no open attempt: the counterparty says how it stands (`engine.md §1.5`). */
export function* observe(
  x: EngineContext,
  s: Payment,
  call: ReadyCall,
  answer: AskAnswer,
  lease: Lease,
  rule: LineRule,
): Unit<void> {
  const atMs = x.clock.now()
  yield* keep(lease, atMs)
  yield* answered(x, call.msgId, answer)
  const entry = { event: 'observed', by: 'engine', atMs, attempt: call.attempt }
  if (answer.is !== 'succeeded' || answer.facts.stands === undefined) {
    yield* move(x, s, later(s, atMs), { ...entry, event: 'recheck' })
    return
  }
  const { facts } = answer
  const { stands } = answer.facts
  if (stands === 'held') {
    yield* move(x, s, { recheck: false, ...learned(facts), ...whenAgain(x, s, facts, rule) }, entry)
    return
  }
  if (stands === 'paid') return yield* takeOverPaid(x, s, facts, entry)
  const changes = { recheck: false, notBeforeMs: 0, state: stands, ...learned(facts) }
  yield* move(x, s, changes, { ...entry, amountFen: s.amountFen })
}

/** Ever later, and counted, so that a person is told in the end. */
function later(s: Payment, atMs: number): Pick<Mutable, 'refusals' | 'notBeforeMs'> {
  const pauseMs = recheckAgainMs * 2 ** Math.min(Math.max(0, s.refusals - 1), doublingsMost)
  return { refusals: s.refusals + 1, notBeforeMs: atMs + pauseMs }
}

/** A refusal against expectation is tried again later; a push that proved empty holds nothing up; a lock beyond its end is asked about again. */
function whenAgain(x: EngineContext, s: Payment, facts: Facts, rule: LineRule): Partial<Mutable> {
  const atMs = x.clock.now()
  const endsAtMs = facts.expiresAtMs ?? s.expiresAtMs
  const bankMs = atMs + x.lineOf(s.channel).clock.offsetMs
  if (rule.dayCut && endsAtMs !== null && bankMs >= endsAtMs) return later(s, atMs)
  return { notBeforeMs: s.refusals > 0 ? atMs + rule.retryAfterMs : s.notBeforeMs }
}
