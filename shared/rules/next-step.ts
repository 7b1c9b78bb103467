import { cutOf, type Cut, type DayCut, type EndingHold } from './day-cut.ts'
import { machineOf, type Goal, type Kind, type State, type StepName, type Wanted } from './machines.ts'

/** What `nextStep` needs to know of a subject. */
export interface SubjectFacts extends EndingHold {
  readonly kind: Kind
  readonly state: State
  readonly goal: Goal
  /** Nothing new begins before this instant. */
  readonly notBeforeMs: number
  /** A call was refused against expectation: ask how the subject stands first. */
  readonly recheck: boolean
  /** How many calls in a row were refused against expectation. */
  readonly refusals: number
  /** What was taken and is not refunded, nor about to be; 0 where nothing was taken. */
  readonly refundableFen: number
}

/** The one open attempt: the only thing that can be in doubt. */
export interface AttemptFacts {
  readonly step: StepName
  /** ready: nothing left, or proved not executed. sent: left, no final answer. accepted: they have it and will decide. */
  readonly state: 'ready' | 'sent' | 'accepted'
  readonly sends: number
  readonly lastSentAtMs: number
  /** Questions since the last send. */
  readonly asks: number
  readonly lastAskAtMs: number
  /** When the counterparty last said that it never saw this serial; null if it has not said so since the last send. */
  readonly absentAtMs: number | null
  /** When the counterparty last pushed a message about this call; null if it has not. */
  readonly hintAtMs: number | null
}

/** Times of one line, in milliseconds (`engine.md §9`: the quiet times are two). */
export interface LineRule {
  /** Pauses before the first, second, … question; the last one repeats. */
  readonly askPlanMs: readonly number[]
  /** After “never saw it” and this long since the last send, the same serial may go again. */
  readonly resendAfterMs: number
  /** Only after “never saw it” this long after the last send is an unwanted attempt concluded to be not executed. */
  readonly concludeAfterMs: number
  /** Pause before a call that was refused against expectation is tried again. */
  readonly retryAfterMs: number
  /** What happens before the counterparty ends a hold by itself; left out where it never does. */
  readonly dayCut?: DayCut
}

export type Step =
  | { readonly do: 'begin'; readonly step: StepName }
  | { readonly do: 'send' }
  | { readonly do: 'ask' }
  | { readonly do: 'drop' }
  | { readonly do: 'recheck'; readonly step: StepName }
  /** HIS is asked for the real amounts, again and again until `untilMs`. In the last pass those of an open visit count as well. */
  | { readonly do: 'consult'; readonly isLastPass: boolean; readonly untilMs: number }
  | { readonly do: 'end'; readonly state: State }
  /** Taken, though nobody wants it any more: all of it goes back by a refund of its own. */
  | { readonly do: 'refundAll' }
  | { readonly do: 'wait'; readonly untilMs: number }
  | { readonly do: 'raise'; readonly item: WorkItemKind; readonly untilMs: number }
  | { readonly do: 'rest' }

/** Why a person must look. */
export type WorkItemKind =
  | 'unanswered'
  | 'refusedAgain'
  | 'paidNotWanted'
  /** The counterparty could not refund it yet; one item for each try. */
  | 'refundDeferred'
  /** The counterparty refused to refund it for good. */
  | 'refundRefused'
  /** 23:45, and HIS has not said what was used. */
  | 'sweepUnanswered'
  /** 23:45, and what HIS finished is not deducted yet. */
  | 'stillLocked'
  /** The lock ended unconfirmed: 改其他渠道, never a lock again by itself. */
  | 'expiredUnpaid'

/** After this many unexpected refusals a person is told; trying goes on. */
const refusalsUntilRaised = 3
/** At most one question per attempt and this long because of pushes (architecture rule 6). */
const hintIntervalMs = 1_000
const FOREVER = Number.MAX_SAFE_INTEGER

/** Before which instant a breaker lets no send of a step go. */
export type HeldUntil = (step: StepName) => number
const neverHeld: HeldUntil = () => 0

/**
 * The only decision in the engine (`engine.md §1.3`): pure and total. A breaker holds up sends, the first one of a serial and its repeats alike:
 * both burden a line that does not answer, and a repeat loses nothing by waiting. It never holds up a question.
 */
export function nextStep(
  s: SubjectFacts,
  open: AttemptFacts | undefined,
  nowMs: number,
  rule: LineRule,
  heldUntil: HeldUntil = neverHeld,
): Step {
  const cut = cutOf(s, rule.dayCut)
  const wanted: Wanted | undefined = machineOf(s.kind).wanted[s.state]?.[s.goal]
  if (!open) return onLastEvening(s, withoutAttempt(s, wanted, nowMs, cut, heldUntil), nowMs, cut)
  const stillWanted = wanted !== undefined && 'call' in wanted && wanted.call === open.step
  const mayGo = stillWanted && isInTime(s, open.step, nowMs, cut) && !goesOnce(s, open)
  const heldUntilMs = heldUntil(open.step)
  const step =
    open.state === 'ready'
      ? whenReady(open, mayGo, nowMs, rule, heldUntilMs)
      : whenInDoubt(open, mayGo, nowMs, rule, cut, heldUntilMs)
  return onLastEvening(s, step, nowMs, cut)
}

/** Whether a call may still begin or be repeated: no confirm after 23:58, no lock beyond the day of the first one, a cancel always. */
function isInTime(s: SubjectFacts, step: StepName, nowMs: number, cut: Cut | undefined): boolean {
  const before = machineOf(s.kind).lands[step]?.before
  return cut === undefined || before === undefined || nowMs < cut[before]
}

/** Sent once, and never again by itself: whoever pays decides whether it is tried again. */
function goesOnce(s: SubjectFacts, open: AttemptFacts): boolean {
  return open.sends > 0 && machineOf(s.kind).lands[open.step]?.notExecuted !== undefined
}

function withoutAttempt(
  s: SubjectFacts,
  wanted: Wanted | undefined,
  nowMs: number,
  cut: Cut | undefined,
  heldUntil: HeldUntil,
): Step {
  const early = s.notBeforeMs > nowMs
  const { recheckStep } = machineOf(s.kind)
  const recheck: Step = recheckStep === undefined ? { do: 'rest' } : { do: 'recheck', step: recheckStep }
  if (s.recheck) return early ? pause(s) : recheck
  if (s.state === 'expired' && s.goal !== 'gone' && s.sweepJitterMs !== null)
    return { do: 'raise', item: 'expiredUnpaid', untilMs: FOREVER }
  if (cut && s.goal !== 'gone') {
    const isOver = nowMs >= cut.deadlineMs
    // A lock that was never executed on its day is not made on the next one by itself.
    if (s.state === 'opening' && isOver) return { do: 'end', state: 'expired' }
    if (s.state === 'held' && isOver) return early ? pause(s) : recheck
    if (s.state === 'held' && s.goal === 'hold') return sweep(cut, nowMs)
  }
  if (!wanted) return { do: 'rest' }
  if ('end' in wanted) return { do: 'end', state: wanted.end }
  if ('refundAll' in wanted) return s.refundableFen > 0 ? { do: 'refundAll' } : { do: 'rest' }
  if (early) return pause(s)
  if (cut && !isInTime(s, wanted.call, nowMs, cut)) return { do: 'wait', untilMs: cut.deadlineMs }
  const heldUntilMs = heldUntil(wanted.call)
  return nowMs < heldUntilMs ? { do: 'wait', untilMs: heldUntilMs } : { do: 'begin', step: wanted.call }
}

/** Held, and nobody has said yet what was used: from 22:00 on HIS is asked (`engine.md §7.1`). */
function sweep(cut: Cut, nowMs: number): Step {
  if (cut.sweepMs === null || nowMs >= cut.raiseMs) return { do: 'wait', untilMs: cut.deadlineMs }
  if (nowMs < cut.sweepMs) return { do: 'wait', untilMs: cut.sweepMs }
  const isLastPass = nowMs >= cut.lastPassMs
  return { do: 'consult', isLastPass, untilMs: isLastPass ? cut.raiseMs : Math.min(cut.lastPassMs, cut.raiseMs) }
}

/** Nobody sleeps over 23:45, when what is still locked is listed, nor over the end itself. */
function onLastEvening(s: SubjectFacts, step: Step, nowMs: number, cut: Cut | undefined): Step {
  const undecided = s.state === 'opening' || s.state === 'held'
  if (!cut || !undecided || !(step.do === 'wait' || step.do === 'raise')) return step
  const next = [cut.raiseMs, cut.deadlineMs].filter((atMs) => atMs > nowMs)
  const untilMs = Math.min(step.untilMs, ...next)
  const isLate = s.state === 'held' && nowMs >= cut.raiseMs && nowMs < cut.deadlineMs
  if (step.do === 'raise' || !isLate) return { ...step, untilMs }
  if (s.goal === 'paid') return { do: 'raise', item: 'stillLocked', untilMs }
  return s.goal === 'hold' && cut.sweepMs !== null
    ? { do: 'raise', item: 'sweepUnanswered', untilMs }
    : { do: 'wait', untilMs }
}

function pause(s: SubjectFacts): Step {
  return s.refusals >= refusalsUntilRaised
    ? { do: 'raise', item: 'refusedAgain', untilMs: s.notBeforeMs }
    : { do: 'wait', untilMs: s.notBeforeMs }
}

/** Proved not executed: the same serial goes again, ever more slowly, or is dropped at once when nobody wants it any more. */
function whenReady(open: AttemptFacts, stillWanted: boolean, nowMs: number, rule: LineRule, heldUntilMs: number): Step {
  if (!stillWanted) return { do: 'drop' }
  const planned: Step =
    open.sends === 0 ? { do: 'send' } : onPlan(open.sends - 1, open.lastSentAtMs, nowMs, rule, { do: 'send' })
  return planned.do === 'send' && nowMs < heldUntilMs ? { do: 'wait', untilMs: heldUntilMs } : planned
}

function whenInDoubt(
  open: AttemptFacts,
  stillWanted: boolean,
  nowMs: number,
  rule: LineRule,
  cut: Cut | undefined,
  heldUntilMs: number,
): Step {
  const lastMs = Math.max(open.lastSentAtMs, open.lastAskAtMs)
  const planned = onPlan(open.asks, lastMs, nowMs, rule, { do: 'ask' })
  const asking = soonerByHint(askedAtEnd(planned, lastMs, nowMs, cut), open, lastMs, nowMs)
  if (open.state !== 'sent' || open.absentAtMs === null) return asking
  if (!stillWanted) {
    return open.absentAtMs - open.lastSentAtMs >= rule.concludeAfterMs ? { do: 'drop' } : asking
  }
  const resendAtMs = Math.max(open.lastSentAtMs + rule.resendAfterMs, heldUntilMs)
  if (nowMs >= resendAtMs) return { do: 'send' }
  return 'untilMs' in asking ? { ...asking, untilMs: Math.min(asking.untilMs, resendAtMs) } : asking
}

/** The end of the hold decides much: whoever asked last before it asks then, whatever the plan says. */
function askedAtEnd(planned: Step, lastMs: number, nowMs: number, cut: Cut | undefined): Step {
  const isDue = cut !== undefined && lastMs < cut.deadlineMs && nowMs >= cut.deadlineMs
  return isDue ? { do: 'ask' } : planned
}

/** A push since the last word brings the question forward, but pushes never make more than one question per interval. */
function soonerByHint(planned: Step, open: AttemptFacts, lastMs: number, nowMs: number): Step {
  if (!('untilMs' in planned) || open.hintAtMs === null || open.hintAtMs < lastMs) return planned
  const dueAtMs = lastMs + hintIntervalMs
  return nowMs >= dueAtMs ? { do: 'ask' } : { do: 'wait', untilMs: Math.min(planned.untilMs, dueAtMs) }
}

function onPlan(count: number, sinceMs: number, nowMs: number, rule: LineRule, due: Step): Step {
  const plan = rule.askPlanMs
  const pauseMs = plan[Math.min(count, plan.length - 1)] ?? 0
  const dueAtMs = sinceMs + pauseMs
  if (nowMs >= dueAtMs) return due
  return count >= plan.length ? { do: 'raise', item: 'unanswered', untilMs: dueAtMs } : { do: 'wait', untilMs: dueAtMs }
}
