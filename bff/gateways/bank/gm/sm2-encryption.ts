import { timingSafeEqual } from 'node:crypto'
import type { Randomness } from '../../../ports/clock.ts'
import { ordinatesOf, sm2PointOf, timesBase, type Sm2PrivateKey, type Sm2PublicKey } from './sm2-key.ts'
import { sm2Nonce } from './sm2-nonce.ts'
import { sm3 } from './sm3.ts'

/** Whether C1 begins with 04, the mark of an uncompressed point; some libraries leave it out (`bank.md §2.8`). */
export type C1Form = 'marked' | 'bare'

const pointMark = Uint8Array.of(4)
const digestLength = 32

/** Encrypts to a key: C1 ‖ C3 ‖ C2 (GB/T 32918.4). */
export function sm2Encrypt(to: Sm2PublicKey, message: Uint8Array, random: Randomness, form: C1Form): Buffer {
  for (;;) {
    const secret = sm2Nonce(0n, message, random.bytes(48))
    const sealed = encryptedWith(to, message, secret, form)
    if (sealed !== undefined) return sealed
  }
}

/** The ciphertext for one nonce; undefined when its key stream is all zeros, which the standard throws away. */
export function encryptedWith(to: Sm2PublicKey, message: Uint8Array, nonce: bigint, form: C1Form): Buffer | undefined {
  const shared = to.point.multiply(nonce).toBytes(false)
  const x = shared.subarray(1, 33)
  const y = shared.subarray(33)
  const stream = keyStream(x, y, message.length)
  if (stream.every((byte) => byte === 0)) return undefined
  const c1 = timesBase(nonce)
  return Buffer.concat([form === 'marked' ? c1 : c1.subarray(1), sm3(x, message, y), xor(message, stream)])
}

/** Opens C1 ‖ C3 ‖ C2. Undefined when it is not for this key or not as it was sent. */
export function sm2Decrypt(key: Sm2PrivateKey, sealed: Uint8Array, form: C1Form): Buffer | undefined {
  const marked = form === 'marked' ? sealed : Buffer.concat([pointMark, sealed])
  const c1 = marked.subarray(0, 65)
  const c3 = marked.subarray(65, 65 + digestLength)
  const c2 = marked.subarray(65 + digestLength)
  if (sm2PointOf(c1) === undefined || c2.length === 0) return undefined
  // OpenSSL multiplies with the secret and tells x only; the checksum tells which of the two y belongs to it.
  const x = key.ecdh.computeSecret(c1)
  return ordinatesOf(x)
    .map((y) => openedWith(x, y, c3, c2))
    .find((message) => message !== undefined)
}

function openedWith(x: Uint8Array, y: Uint8Array, c3: Uint8Array, c2: Uint8Array): Buffer | undefined {
  const stream = keyStream(x, y, c2.length)
  const message = xor(c2, stream)
  const isWhole = timingSafeEqual(sm3(x, message, y), c3) && !stream.every((byte) => byte === 0)
  return isWhole ? message : undefined
}

/** The KDF of GB/T 32918.4. */
function keyStream(x: Uint8Array, y: Uint8Array, length: number): Buffer {
  const blocks: Buffer[] = []
  for (let block = 1; blocks.length * digestLength < length; block++) {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(block)
    blocks.push(sm3(x, y, counter))
  }
  return Buffer.concat(blocks).subarray(0, length)
}

const xor = (text: Uint8Array, stream: Uint8Array): Buffer =>
  Buffer.from(text.map((byte, at) => byte ^ (stream[at] ?? 0)))
