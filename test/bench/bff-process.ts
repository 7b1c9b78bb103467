import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { LoopDelay } from './loop.ts'

/** The histogram counts the timer's own period too. */
const resolutionMs = 1
const nanosecondsPerMs = 1_000_000

const histogram = monitorEventLoopDelay({ resolution: resolutionMs })
histogram.enable()
const delayMs = (nanoseconds: number): number => Math.max(0, nanoseconds / nanosecondsPerMs - resolutionMs)

process.on('message', () => {
  const delay: LoopDelay = { p99Ms: delayMs(histogram.percentile(99)), worstMs: delayMs(histogram.max) }
  histogram.reset()
  process.send?.(delay)
})
// Only the parent's interest keeps the channel: the program itself ends as it always does.
process.channel?.unref()
await import('@paycare/bff/main.ts')
process.send?.('ready')
