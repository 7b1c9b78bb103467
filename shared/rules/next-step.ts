import { machineOf, type Goal, type Kind, type State, type StepName, type Wanted } from './machines.ts'

/** What `nextStep` needs to know of a subject. */
export interface SubjectFacts {
  readonly kind: Kind
  readonly state: State
  readonly goal: Goal
  /** Nothing new begins before this instant. */
  readonly notBeforeMs: number
  /** A call was refused against expectation: ask how the subject stands first. */
  readonly recheck: boolean
  /** How many calls in a row were refused against expectation. */
  readonly refusals: number
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
}

export type Step =
  | { readonly do: 'begin'; readonly step: StepName }
  | { readonly do: 'send' }
  | { readonly do: 'ask' }
  | { readonly do: 'drop' }
  | { readonly do: 'recheck'; readonly step: StepName }
  | { readonly do: 'end'; readonly state: State }
  | { readonly do: 'wait'; readonly untilMs: number }
  | { readonly do: 'raise'; readonly item: WorkItemKind; readonly untilMs: number }
  | { readonly do: 'rest' }

/** Why a person must look. */
export type WorkItemKind = 'unanswered' | 'refusedAgain' | 'paidNotWanted'

/** After this many unexpected refusals a person is told; trying goes on. */
const refusalsUntilRaised = 3
/** At most one question per attempt and this long because of pushes (architecture rule 6). */
const hintIntervalMs = 1_000
const FOREVER = Number.MAX_SAFE_INTEGER

/** The only decision in the engine (`engine.md §1.3`): pure and total. */
export function nextStep(s: SubjectFacts, open: AttemptFacts | undefined, nowMs: number, rule: LineRule): Step {
  const wanted: Wanted | undefined = machineOf(s.kind).wanted[s.state]?.[s.goal]
  if (!open) return withoutAttempt(s, wanted, nowMs)
  const stillWanted = wanted !== undefined && 'call' in wanted && wanted.call === open.step
  return open.state === 'ready'
    ? whenReady(open, stillWanted, nowMs, rule)
    : whenInDoubt(open, stillWanted, nowMs, rule)
}

function withoutAttempt(s: SubjectFacts, wanted: Wanted | undefined, nowMs: number): Step {
  const early = s.notBeforeMs > nowMs
  if (s.recheck) return early ? pause(s) : { do: 'recheck', step: machineOf(s.kind).recheckStep }
  if (s.state === 'paid' && s.goal === 'gone') return { do: 'raise', item: 'paidNotWanted', untilMs: FOREVER }
  if (!wanted) return { do: 'rest' }
  if ('end' in wanted) return { do: 'end', state: wanted.end }
  return early ? pause(s) : { do: 'begin', step: wanted.call }
}

function pause(s: SubjectFacts): Step {
  return s.refusals >= refusalsUntilRaised
    ? { do: 'raise', item: 'refusedAgain', untilMs: s.notBeforeMs }
    : { do: 'wait', untilMs: s.notBeforeMs }
}

/** Proved not executed: the same serial goes again, ever more slowly, or is dropped at once when nobody wants it any more. */
function whenReady(open: AttemptFacts, stillWanted: boolean, nowMs: number, rule: LineRule): Step {
  if (!stillWanted) return { do: 'drop' }
  if (open.sends === 0) return { do: 'send' }
  return onPlan(open.sends - 1, open.lastSentAtMs, nowMs, rule, { do: 'send' })
}

function whenInDoubt(open: AttemptFacts, stillWanted: boolean, nowMs: number, rule: LineRule): Step {
  const lastMs = Math.max(open.lastSentAtMs, open.lastAskAtMs)
  const asking = soonerByHint(onPlan(open.asks, lastMs, nowMs, rule, { do: 'ask' }), open, lastMs, nowMs)
  if (open.state !== 'sent' || open.absentAtMs === null) return asking
  if (!stillWanted) {
    return open.absentAtMs - open.lastSentAtMs >= rule.concludeAfterMs ? { do: 'drop' } : asking
  }
  const resendAtMs = open.lastSentAtMs + rule.resendAfterMs
  if (nowMs >= resendAtMs) return { do: 'send' }
  return asking.do === 'wait' ? { do: 'wait', untilMs: Math.min(asking.untilMs, resendAtMs) } : asking
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
