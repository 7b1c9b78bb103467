/** Things done per second. */
export type Rate = number

/** Two ways to do the same work, measured side by side. */
export interface Comparison {
  readonly ours: Rate
  readonly peer: Rate
  /** The median of the rounds' own ratios: what disturbs the machine disturbs both halves of a round. */
  readonly ratio: number
}

export const roundsMost = 3

/** Measures ours, peer, ours, peer, …; every number is the median of the rounds. */
export async function compare(
  ours: () => Promise<Rate>,
  peer: () => Promise<Rate>,
  rounds = roundsMost,
): Promise<Comparison> {
  const pairs: { ours: Rate; peer: Rate }[] = []
  for (let round = 0; round < rounds; round++) pairs.push({ ours: await ours(), peer: await peer() })
  return {
    ours: median(pairs.map((pair) => pair.ours)),
    peer: median(pairs.map((pair) => pair.peer)),
    ratio: median(pairs.map((pair) => pair.ours / pair.peer)),
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Milliseconds that the work takes. */
export async function elapsedMs(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now()
  await work()
  return performance.now() - startedMs
}

/** Runs `one` for 0 … count-1, so many of them at a time; answers how many were done per second. */
export async function rateOf(count: number, inFlight: number, one: (at: number) => Promise<unknown>): Promise<Rate> {
  let next = 0
  const lane = async (): Promise<void> => {
    while (next < count) await one(next++)
  }
  const ms = await elapsedMs(() => Promise.all(Array.from({ length: Math.min(inFlight, count) }, lane)))
  return (count / ms) * 1_000
}
