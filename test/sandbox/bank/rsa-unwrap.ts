import { constants, createDecipheriv, privateDecrypt, type KeyObject } from 'node:crypto'
import type { SandboxRandom } from '../random.ts'

/**
 * Strips PKCS#1 v1.5 encryption padding (00 02 PS 00 M) while looking at every byte whatever it holds.
 * Node 20 refuses RSA_PKCS1_PADDING for decryption, so the block comes from RSA_NO_PADDING (bank.md §2.8).
 */
export function stripPkcs1(block: Buffer): Buffer | null {
  let bad = (block[0] ?? 1) | ((block[1] ?? 0) ^ 2)
  let searching = 1
  let end = 0
  for (let at = 2; at < block.length; at += 1) {
    const isZero = (block[at] ?? 0) === 0 ? 1 : 0
    end += searching & isZero ? at : 0
    searching &= 1 - isZero
  }
  bad |= searching | (end < 10 ? 1 : 0)
  return bad === 0 ? block.subarray(end + 1) : null
}

/** Unwraps a content key. Bad padding yields a random key, so that the failure shows only as garbage later on. */
export function unwrapKey(wrapped: string, key: KeyObject, random: SandboxRandom): Buffer {
  const stand = random.bytes(32)
  const input = Buffer.from(wrapped, 'base64')
  if (input.length !== 256) return stand
  try {
    const plain = stripPkcs1(privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, input))
    const aesKey = plain ? Buffer.from(plain.toString('latin1'), 'base64') : stand
    return [16, 24, 32].includes(aesKey.length) ? aesKey : stand
  } catch {
    return stand
  }
}

/** CBC with an all-zero IV, as BOCOM's communication messages use it (bank.md §2.4 B, §2.5); null for garbage. */
export function openBody(bizContent: string, key: Buffer, algorithm = `aes-${key.length * 8}-cbc`): string | null {
  try {
    const decipher = createDecipheriv(algorithm, key, Buffer.alloc(16))
    const plain = Buffer.concat([decipher.update(bizContent, 'base64'), decipher.final()])
    return new TextDecoder('utf-8', { fatal: true }).decode(plain)
  } catch {
    return null
  }
}
