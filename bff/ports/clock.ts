/** Time and its timers, injected so that a simulation owns both. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number
  /** Calls back once after `ms`; the answer cancels it. */
  after(ms: number, callback: () => void): () => void
}

/** Randomness that decides behaviour: identifiers, serials, jitter, initial vectors. */
export interface Randomness {
  bytes(length: number): Uint8Array
}

/** Resolves with the work or after `ms`, whichever is first; leaves no timer behind. */
export async function atMost(clock: Clock, ms: number, work: Promise<unknown>): Promise<void> {
  let cancel: () => void = () => undefined
  const patience = new Promise<void>((resolve) => {
    cancel = clock.after(ms, resolve)
  })
  await Promise.race([work, patience])
  cancel()
}
