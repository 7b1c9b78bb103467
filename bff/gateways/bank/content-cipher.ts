import { createCipheriv, createDecipheriv } from 'node:crypto'

/** How a whole message is encrypted, by profile (`bank.md §2.5`, §2.7). */
type ContentAlgorithm = `aes-${number}-cbc` | 'sm4-cbc'

/** The all-zero vector is the bank's convention; it is sound because each key encrypts one message only. */
const zeroVector = new Uint8Array(16)

/** Base64 of the encrypted text; PKCS#7 padding. */
export function sealContent(algorithm: ContentAlgorithm, key: Uint8Array, plain: string): string {
  const cipher = createCipheriv(algorithm, key, zeroVector)
  return Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]).toString('base64')
}

/** Undefined when it cannot be read with this key. */
export function openContent(algorithm: ContentAlgorithm, key: Uint8Array, sealed: string): string | undefined {
  try {
    const decipher = createDecipheriv(algorithm, key, zeroVector)
    return Buffer.concat([decipher.update(sealed, 'base64'), decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}
