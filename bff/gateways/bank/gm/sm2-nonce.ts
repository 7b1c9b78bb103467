import { createHmac } from 'node:crypto'
import { bytesOf, numberOf, order } from './sm2-key.ts'

/** 64 bytes leave no bias worth mentioning when they are reduced to 32. */
const halves = [Uint8Array.of(1), Uint8Array.of(2)]

/**
 * The secret number of one signature or encryption, 1 … n − 1: HMAC-SM3 of randomness and of what it is for, under the secret that it must not
 * betray. Two signatures with one number would betray the private key; so even a source of randomness that repeats itself must not give two
 * messages the same one.
 */
export function sm2Nonce(secret: bigint, purpose: Uint8Array, fresh: Uint8Array): bigint {
  const key = bytesOf(secret)
  const parts = halves.map((half) => createHmac('sm3', key).update(half).update(fresh).update(purpose).digest())
  return (numberOf(Buffer.concat(parts)) % (order - 1n)) + 1n
}
