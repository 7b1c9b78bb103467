import { randomBytes } from 'node:crypto'
import type { Clock, Randomness } from './clock.ts'
import type { Process } from './process.ts'

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

/** This process; `told` hears why it ends. */
export function systemProcess(told: (error: Error) => void): Process {
  return {
    soon: (callback) => void setImmediate(callback),
    exit: (error) => {
      told(error)
      process.exit(1)
    },
  }
}
