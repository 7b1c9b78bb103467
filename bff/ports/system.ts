import { randomFillSync } from 'node:crypto'
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

/** The system's random bytes, drawn a page at a time; each is given out once and not kept. */
export const systemRandom: Randomness = { bytes: fromPage }

const page = new Uint8Array(4_096)
let used = page.length

function fromPage(length: number): Uint8Array {
  if (length > page.length) return randomFillSync(new Uint8Array(length))
  if (used + length > page.length) {
    randomFillSync(page)
    used = 0
  }
  const bytes = page.slice(used, used + length)
  page.fill(0, used, used + length)
  used += length
  return bytes
}

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
