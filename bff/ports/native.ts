/**
 * Wraps work that settles outside the microtask queue (WebCrypto, thread pool), so that a simulation can count it and wait until none is in
 * flight. In production it passes the promise through.
 */
export type Native = <T>(work: Promise<T>) => Promise<T>

export const passThrough: Native = (work) => work
