import { createCipheriv, getCiphers } from 'node:crypto'
import type { Randomness } from '../../ports/clock.ts'

const algorithm = 'sm4-cbc'

/**
 * SM4-CBC with PKCS#7 padding and a random vector, base64url(iv ‖ ciphertext) (`bank.md §3.13`). Some builds of OpenSSL have no SM algorithms;
 * then this throws when the process starts, not when the first patient jumps.
 */
export function sm4Sealer(key: Uint8Array, random: Randomness, offered = getCiphers()): (plain: string) => string {
  if (!offered.includes(algorithm)) throw new Error(`this build of Node.js does not offer ${algorithm}`)
  return (plain) => {
    const iv = random.bytes(16)
    const cipher = createCipheriv(algorithm, key, iv)
    return Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final()]).toString('base64url')
  }
}
