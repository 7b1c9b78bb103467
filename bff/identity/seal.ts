import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto'
import type { Randomness } from '../ports/clock.ts'

const IV = 12
const TAG = 16

/** AES-256-GCM of a text, bound to what it belongs to; base64(iv ‖ ciphertext ‖ tag). */
export function seal(key: Uint8Array, random: Randomness, belongsTo: string, plain: string): string {
  const iv = random.bytes(IV)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  cipher.setAAD(Buffer.from(belongsTo))
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return Buffer.concat([iv, body, cipher.getAuthTag()]).toString('base64')
}

/** Opens what `seal` made; throws when the key, the owner or a byte is another. */
export function unseal(key: Uint8Array, belongsTo: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV))
  decipher.setAAD(Buffer.from(belongsTo))
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG))
  return Buffer.concat([decipher.update(bytes.subarray(IV, bytes.length - TAG)), decipher.final()]).toString('utf8')
}

/** A keyed hash for looking up what is stored sealed. */
export function keyedHash(key: Uint8Array, purpose: string, value: string): string {
  return createHmac('sha256', key).update(`${purpose}\n${value}`).digest('base64url')
}
