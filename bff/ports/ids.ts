import type { Randomness } from './clock.ts'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Base32 text (Crockford, no I L O U) of `length` characters, five random bits each. */
export function randomText(random: Randomness, length: number): string {
  let text = ''
  for (const byte of random.bytes(length)) text += ALPHABET[byte & 31] ?? '0'
  return text
}

/** 128 random bits in hex: a message number, a nonce. */
export function randomHex(random: Randomness): string {
  return Buffer.from(random.bytes(16)).toString('hex')
}

/** A new identifier: a readable prefix and 80 random bits. */
export function newId(random: Randomness, prefix: string): string {
  return `${prefix}_${randomText(random, 16)}`
}
