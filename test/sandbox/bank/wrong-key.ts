import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto'
import type { CryptoProfile } from './profile.ts'

let another: KeyObject | undefined

/** A sound signature by a key that the product does not have (WRONG_KEY_ID of bank.md §6): the bank has changed its key too early. */
export function signedByAnother(profile: CryptoProfile, text: string): string {
  if (profile.name === 'NONE') return 'another'
  another ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  return createSign('RSA-SHA256').update(text, 'utf8').sign(another, 'base64')
}
