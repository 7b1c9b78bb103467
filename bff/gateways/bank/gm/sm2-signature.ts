import type { Randomness } from '../../../ports/clock.ts'
import { fromDer, toDer, type Sm2Numbers } from './der.ts'
import { numberOf, order, Sm2Point, type Sm2PrivateKey, type Sm2PublicKey, timesBase } from './sm2-key.ts'
import { sm2Nonce } from './sm2-nonce.ts'
import { sm3 } from './sm3.ts'

const Fn = Sm2Point.Fn

/** Signs a message with SM2 over SM3 (GB/T 32918.2); DER. */
export function sm2Sign(key: Sm2PrivateKey, message: Uint8Array, random: Randomness): Buffer {
  const digest = sm3(key.publicKey.z, message)
  for (;;) {
    const numbers = numbersOf(key, digest, sm2Nonce(key.d, digest, random.bytes(32)))
    if (numbers !== undefined) return toDer(numbers)
  }
}

/** r and s for one nonce; undefined for a nonce that the standard throws away. */
export function numbersOf(key: Sm2PrivateKey, digest: Uint8Array, nonce: bigint): Sm2Numbers | undefined {
  const r = Fn.create(numberOf(digest) + numberOf(timesBase(nonce).subarray(1, 33)))
  if (r === 0n || r + nonce === order) return undefined
  // (k − r·d) / (1 + d), rearranged so that the secret enters one product only.
  const s = Fn.sub(Fn.mul(Fn.add(nonce, r), key.inverse), r)
  return s === 0n ? undefined : { r, s }
}

/** Whether it is this key's signature of the message. False, never an error, for whatever is no signature. Takes as long as its input, which is public, makes it. */
export function sm2Verify(key: Sm2PublicKey, message: Uint8Array, signature: Uint8Array): boolean {
  const numbers = fromDer(signature)
  if (numbers === undefined) return false
  const { r, s } = numbers
  if (r < 1n || r >= order || s < 1n || s >= order) return false
  const t = Fn.add(r, s)
  if (t === 0n) return false
  const point = Sm2Point.BASE.multiplyUnsafe(s).add(key.point.multiplyUnsafe(t))
  if (point.is0()) return false
  return Fn.create(numberOf(sm3(key.z, message)) + point.x) === r
}
