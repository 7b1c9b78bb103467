/**
 * How a request for a refund stands (product.md §8). `asked`: with the hospital. `approving`: accepted by one person, a second one must agree.
 * `accepted`: its parts are on their way at the bank. `done`: every part is decided.
 */
export type RefundRequestState = 'asked' | 'approving' | 'accepted' | 'done' | 'declined' | 'withdrawn'
/** What the patient wants of it: a decision, or to take it back. */
export type RefundRequestGoal = 'decided' | 'gone'
/** One repeatable message to the hospital. */
export type RefundCall = 'ask' | 'withdraw' | 'look'
/** How one payment's part stands, as far as anybody can tell. */
export type RefundLegState = 'doing' | 'doubt' | 'waiting' | 'done' | 'refused' | 'review'

/** What `refundRequestStep` needs to know. */
export interface RefundRequestFacts {
  readonly state: RefundRequestState
  readonly goal: RefundRequestGoal
  /** The hospital has answered that it has the request. */
  readonly isTold: boolean
  /** The hospital did not answer: nothing is sent before this instant. */
  readonly notBeforeMs: number
  /** When the hospital is asked again whether it has decided, and when locks are looked at again that are being released. */
  readonly lookAtMs: number
  readonly legs: readonly { readonly way: 'release' | 'refund'; readonly state: RefundLegState }[]
}

export type RefundRequestStep =
  | { readonly do: 'tell'; readonly call: RefundCall }
  /** Every part is decided. */
  | { readonly do: 'finish' }
  | { readonly do: 'wait'; readonly untilMs: number }
  | { readonly do: 'rest' }

/** States in which nobody does anything any more. */
const over: readonly RefundRequestState[] = ['done', 'declined', 'withdrawn']

export function isRefundOver(state: RefundRequestState): boolean {
  return over.includes(state)
}

export function isLegOver(state: RefundLegState): boolean {
  return state === 'done' || state === 'refused'
}

/** The one decision about a request: pure and total. Money moves in its parts alone, which are subjects of the engine. */
export function refundRequestStep(r: RefundRequestFacts, nowMs: number): RefundRequestStep {
  switch (r.state) {
    case 'asked':
      return withHospital(r, nowMs)
    case 'accepted':
      return withBank(r, nowMs)
    case 'approving':
    case 'done':
    case 'declined':
    case 'withdrawn':
      return { do: 'rest' }
  }
}

function withHospital(r: RefundRequestFacts, nowMs: number): RefundRequestStep {
  const call = r.goal === 'gone' ? 'withdraw' : r.isTold ? 'look' : 'ask'
  const fromMs = call === 'look' ? Math.max(r.notBeforeMs, r.lookAtMs) : r.notBeforeMs
  return nowMs >= fromMs ? { do: 'tell', call } : { do: 'wait', untilMs: fromMs }
}

/** A refund wakes its request when it changes; a lock that is being released does not, so it is looked at. */
function withBank(r: RefundRequestFacts, nowMs: number): RefundRequestStep {
  if (r.legs.every((leg) => isLegOver(leg.state))) return { do: 'finish' }
  const releasing = r.legs.some((leg) => leg.way === 'release' && !isLegOver(leg.state))
  return releasing ? { do: 'wait', untilMs: Math.max(r.lookAtMs, nowMs + 1) } : { do: 'rest' }
}

const second = 1_000
const minute = 60 * second
/** Pauses between questions while somebody at the hospital decides; the last one repeats. */
const lookPlanMs = [2 * second, 10 * second, minute, 5 * minute] as const

/** When the hospital is asked next, after so many times. */
export function nextLookMs(looks: number, nowMs: number): number {
  return nowMs + (lookPlanMs[Math.min(looks, lookPlanMs.length - 1)] ?? minute)
}
