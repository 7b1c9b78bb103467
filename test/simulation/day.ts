import type { Ending } from './his-actor.ts'
import type { Seeded } from './seeded.ts'

const minute = 60_000
const hour = 60 * minute

/** 08:00 of the simulated day in Shanghai. */
export const startMs = Date.UTC(2026, 10, 21, 0, 0, 0)
/** 24:00 of it. */
export const midnightMs = startMs + 16 * hour
/** The bank's own clock is up to so much apart, and each machine of ours so much from the true time. */
export const bankSkewMostMs = 20_000
export const machineSkewMostMs = 3_000
/** Two nights: a lock that reaches the bank after midnight ends at the next one. */
export const longestMs = 60 * hour
export const ordersPerVisit = 2

const betweenVisitsMs = 900

/** When the storm of the morning ends, when everything must have come to rest, and when the evening begins. */
export function hoursOf(visits: number): { calmMs: number; restMs: number; eveningMs: number } {
  const calmMs = startMs + visits * betweenVisitsMs + 45 * minute
  return { calmMs, restMs: calmMs + 3 * hour, eveningMs: midnightMs - 130 * minute }
}

/** Most visits are of the morning and end soon. Some run into midnight, some HIS never ends by itself. */
export function storyOf(random: Seeded, at: number): { startsAtMs: number; ending: Ending } {
  const u = random.next()
  const evening = (fromMs: number, forMs: number): number => midnightMs - fromMs + random.within(0, forMs)
  if (u < 0.08) {
    const startsAtMs = evening(125 * minute, 100 * minute)
    return { startsAtMs, ending: { is: 'at', atMs: evening(20 * minute, 21 * minute) } }
  }
  // Confirmed in the last moment in which that may begin, and ordered in the last moment of the day.
  if (u < 0.14)
    return { startsAtMs: evening(60 * minute, 30 * minute), ending: { is: 'at', atMs: evening(3 * minute, minute) } }
  if (u < 0.22)
    return { startsAtMs: evening(1.5 * minute, 0.8 * minute), ending: { is: 'at', atMs: evening(minute, 2 * minute) } }
  const startsAtMs = startMs + at * betweenVisitsMs
  if (u < 0.24) return { startsAtMs, ending: { is: 'late', atMs: evening(2 * hour, 45 * minute) } }
  if (u < 0.27) return { startsAtMs, ending: { is: 'left', as: 'finished' } }
  if (u < 0.3) return { startsAtMs, ending: { is: 'left', as: 'open' } }
  return { startsAtMs, ending: u < 0.32 ? { is: 'left', as: 'silent' } : { is: 'soon' } }
}
