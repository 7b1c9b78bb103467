import type { Clock } from '@paycare/bff/ports/clock.ts'

interface Timer {
  readonly atMs: number
  readonly order: number
  readonly callback: () => void
}

/** A clock that moves only when told. Timers fire in order of time, then of birth. */
export class TestClock implements Clock {
  #nowMs: number
  #order = 0
  readonly #timers = new Set<Timer>()
  constructor(startMs: number) {
    this.#nowMs = startMs
  }

  now(): number {
    return this.#nowMs
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { atMs: this.#nowMs + Math.max(0, ms), order: this.#order++, callback }
    this.#timers.add(timer)
    return () => {
      this.#timers.delete(timer)
    }
  }

  /** Moves to the next timer before `untilMs` and fires it; false when there is none, and the clock is at `untilMs`. */
  step(untilMs: number): boolean {
    let next: Timer | undefined
    for (const timer of this.#timers) {
      if (timer.atMs > untilMs) continue
      if (!next || timer.atMs < next.atMs || (timer.atMs === next.atMs && timer.order < next.order)) next = timer
    }
    this.#nowMs = next ? Math.max(this.#nowMs, next.atMs) : untilMs
    if (!next) return false
    this.#timers.delete(next)
    next.callback()
    return true
  }
}
