import type { Randomness } from './clock.ts'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Base32 text (Crockford, no I L O U) of `length` characters, five random bits each. */
export function randomText(random: Randomness, length: number): string {
  let text = ''
  for (const byte of random.bytes(length)) text += ALPHABET[byte & 31] ?? '0'
  return text
}

/** A new identifier: a readable prefix and 80 random bits. */
export function newId(random: Randomness, prefix: string): string {
  return `${prefix}_${randomText(random, 16)}`
}
