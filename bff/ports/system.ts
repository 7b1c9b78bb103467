import { randomBytes } from 'node:crypto'
import type { Clock, Randomness } from './clock.ts'

/** The machine's clock and timers. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms)
    return () => {
      clearTimeout(timer)
    }
  },
}

export const systemRandom: Randomness = { bytes: (length) => randomBytes(length) }
