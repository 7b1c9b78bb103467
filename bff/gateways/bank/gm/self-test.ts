import { createCipheriv, getCiphers, getCurves, getHashes } from 'node:crypto'
import { encryptedWith, sm2Decrypt } from './sm2-encryption.ts'
import { bytesOf, sm2PrivateKey, sm2PublicKey } from './sm2-key.ts'
import { numbersOf, sm2Verify } from './sm2-signature.ts'
import { toDer } from './der.ts'
import { sm3 } from './sm3.ts'
import { standardVectors, type StandardVectors } from './vectors.ts'

/** What this build of Node.js must bring along. Some builds of OpenSSL leave it out (`bank.md §2.8`). */
const needed = { hash: 'sm3', cipher: 'sm4-cbc', curve: 'SM2' }

/** Names of what a build has, as `node:crypto` lists them. */
export interface Offered {
  readonly hashes: readonly string[]
  readonly ciphers: readonly string[]
  readonly curves: readonly string[]
}

/**
 * Computes every known answer again, some 0.1 s, tables for the curve included. Throws an error that names the first algorithm that is missing or
 * wrong, so that a process never begins to sign what a bank would refuse.
 */
export function selfTest(
  vectors: StandardVectors = standardVectors,
  offered: Offered = { hashes: getHashes(), ciphers: getCiphers(), curves: getCurves() },
): void {
  const missing = [
    offered.hashes.includes(needed.hash) ? [] : needed.hash,
    offered.ciphers.includes(needed.cipher) ? [] : needed.cipher,
    offered.curves.includes(needed.curve) ? [] : needed.curve,
  ].flat()
  if (missing.length > 0) throw new Error(`this build of Node.js does not offer ${missing.join(', ')}`)
  for (const [name, isRight] of Object.entries(answers)) {
    if (!isRight(vectors)) throw new Error(`${name} does not give the standard's answer on this machine`)
  }
}

const answers: Readonly<Record<string, (vectors: StandardVectors) => boolean>> = {
  SM3: ({ sm3: all }) => all.every(({ text, digest }) => sm3(Buffer.from(text)).equals(digest)),
  SM4: ({ sm4: { key, plain, sealed } }) =>
    // The first block under a zero vector is the bare cipher.
    createCipheriv(needed.cipher, key, new Uint8Array(16)).update(plain).equals(sealed),
  'the SM2 key': ({ signature: { privateKey, publicKey, z } }) =>
    publicKey.equals(sm2PrivateKey(privateKey).publicKey.raw) && z.equals(sm2PublicKey(publicKey).z),
  'SM2 signing': ({ signature: { privateKey, message, nonce, r, s } }) => {
    const key = sm2PrivateKey(privateKey)
    const made = numbersOf(key, sm3(key.publicKey.z, message), nonce)
    return made !== undefined && bytesOf(made.r).equals(bytesOf(r)) && bytesOf(made.s).equals(bytesOf(s))
  },
  'SM2 verifying': ({ signature: { publicKey, message, r, s } }) => {
    const key = sm2PublicKey(publicKey)
    const signature = toDer({ r, s })
    return sm2Verify(key, message, signature) && !sm2Verify(key, Buffer.concat([message, message]), signature)
  },
  'SM2 verifying another implementation': ({ foreign: { publicKey, message, signature } }) =>
    sm2Verify(sm2PublicKey(publicKey), Buffer.from(message), Buffer.from(signature, 'base64')),
  'SM2 encryption': ({ signature: { publicKey, nonce }, encryption: { message, sealed } }) =>
    encryptedWith(sm2PublicKey(publicKey), message, nonce, 'marked')?.equals(sealed) ?? false,
  'SM2 decryption': ({ signature: { privateKey }, encryption: { message, sealed } }) =>
    sm2Decrypt(sm2PrivateKey(privateKey), sealed, 'marked')?.equals(message) ?? false,
}
