import type { Outcome } from '@paycare/shared/rules'

/**
 * What is remembered of the sends of one step in one lane. A breaker stops sends, never a question (`engine.md §8`): whether an answer is
 * missing is found out by asking, whatever state the line is in.
 */
export interface Breaker {
  /** Sends in a row without an answer. */
  readonly unanswered: number
  /** Probes in a row without an answer since it opened. */
  readonly failedProbes: number
  /** Open: the next send may go then, as a probe. Null: closed, every send goes. */
  readonly probeAtMs: number | null
}

export const closed: Breaker = { unanswered: 0, failedProbes: 0, probeAtMs: null }

const opensAfter = 5
const firstPauseMs = 1_000
/** Short against the two minutes before the end of a lock: who may still confirm gets the chance when the line comes back. */
export const longestPauseMs = 30_000
/** A probe is over by then (10 s for the call, and the commits around it); one that is lost with its process holds nothing up for longer. */
const probeMostMs = 15_000

/** A send leaves. From an open breaker it is the one probe: the others wait for what it brings. */
export function leaving(b: Breaker, nowMs: number): Breaker {
  return b.probeAtMs === null ? b : { ...b, probeAtMs: nowMs + probeMostMs }
}

/** A send was answered, or not. `jitter` (from 0 up to 1) takes up to a quarter off the pause, so that processes do not probe in step. */
export function heard(b: Breaker, isAnswered: boolean, isProbe: boolean, nowMs: number, jitter: () => number): Breaker {
  if (isAnswered) return closed
  if (b.probeAtMs === null) {
    const unanswered = b.unanswered + 1
    return unanswered < opensAfter ? { ...b, unanswered } : opened({ ...b, unanswered }, nowMs, jitter)
  }
  // What left before it opened tells nothing new.
  return isProbe ? opened({ ...b, failedProbes: b.failedProbes + 1 }, nowMs, jitter) : b
}

function opened(b: Breaker, nowMs: number, jitter: () => number): Breaker {
  const pauseMs = Math.min(firstPauseMs * 2 ** b.failedProbes, longestPauseMs)
  return { ...b, probeAtMs: nowMs + Math.round(pauseMs * (1 - jitter() / 4)) }
}

/** Whatever they decided, they were there. An answer that cannot be read is none. */
export function isAnswer({ is }: Outcome): boolean {
  return is !== 'unknown' && is !== 'notExecuted'
}
