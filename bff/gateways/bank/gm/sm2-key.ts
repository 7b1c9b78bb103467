import { createECDH, type ECDH } from 'node:crypto'
import { weierstrass, type WeierstrassPoint } from '@noble/curves/abstract/weierstrass.js'
import { sm3 } from './sm3.ts'

/** The curve that GB/T 32918.5 recommends. */
const curve = {
  p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
  n: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
  h: 1n,
  a: 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  Gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  Gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
}

/** Number of points on the curve. */
export const order = curve.n
export const Sm2Point = weierstrass(curve)
export type Sm2Point = WeierstrassPoint<bigint>

// Verification multiplies the base point each time: a table of 100 ms, made with the first signature, halves that.
Sm2Point.BASE.precompute(8)

/** Name under which both ends sign when nothing else is agreed (GM/T 0009, `bank.md §2.7`). */
const usualUserId = Buffer.from('1234567812345678')

/** Somebody's public key with this user id. */
export interface Sm2PublicKey {
  /** 65 bytes, 04 ‖ x ‖ y. */
  readonly raw: Uint8Array
  readonly point: Sm2Point
  /** Z of GB/T 32918.2: user id, curve and key; every signed message begins with it. */
  readonly z: Uint8Array
}

/** A private key in the memory of this process. */
export interface Sm2PrivateKey {
  readonly d: bigint
  /** Multiplies points by d. */
  readonly ecdh: ECDH
  /** 1 / (1 + d) modulo the order. */
  readonly inverse: bigint
  readonly publicKey: Sm2PublicKey
}

/** 32 bytes, most significant first. */
export const bytesOf = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(64, '0'), 'hex')
/** The number that these bytes write, most significant first. */
export const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`)

const domain = Buffer.concat([curve.a, curve.b, curve.Gx, curve.Gy].map(bytesOf))

/** Reads 04 ‖ x ‖ y. Throws when that is no point of the curve. */
export function sm2PublicKey(raw: Uint8Array, userId: Uint8Array = usualUserId): Sm2PublicKey {
  const point = sm2PointOf(raw)
  if (point === undefined) throw new Error('this is no SM2 public key of the form 04 x y')
  const idBits = Buffer.alloc(2)
  idBits.writeUInt16BE(userId.length * 8)
  return { raw, point, z: sm3(idBits, userId, domain, raw.subarray(1)) }
}

/** Makes a table of the key's multiples, once: 10 ms that make each later use three times faster. For a key that is used again and again. */
export function warmed(key: Sm2PublicKey): Sm2PublicKey {
  key.point.precompute(6, false)
  return key
}

/** The point 04 ‖ x ‖ y; undefined for any other bytes and for what is not on the curve. */
export function sm2PointOf(raw: Uint8Array): Sm2Point | undefined {
  if (raw.length !== 65 || raw[0] !== 4) return undefined
  try {
    const point = Sm2Point.fromBytes(raw)
    return point.is0() ? undefined : point
  } catch {
    return undefined
  }
}

/** Both y of the points that have this x, 32 bytes each. The x must be that of a point. */
export function ordinatesOf(x: Uint8Array): readonly [Buffer, Buffer] {
  const point = Sm2Point.fromBytes(Buffer.concat([Buffer.of(2), x]))
  return [bytesOf(point.y), bytesOf(point.negate().y)]
}

/**
 * k times the base point as 04 ‖ x ‖ y, for a k that is secret: by OpenSSL, whose multiplication takes equally long for every number.
 */
export function timesBase(k: bigint): Buffer {
  return secretMultiplier(k).getPublicKey()
}

function secretMultiplier(k: bigint): ECDH {
  const ecdh = createECDH('SM2')
  ecdh.setPrivateKey(bytesOf(k))
  return ecdh
}

/** Reads a private key of 32 bytes. Throws when it is outside 1 … n − 2, without telling it. */
export function sm2PrivateKey(bytes: Uint8Array, userId: Uint8Array = usualUserId): Sm2PrivateKey {
  const d = bytes.length === 32 ? numberOf(bytes) : 0n
  if (d < 1n || d > order - 2n) throw new Error('this is no SM2 private key of 32 bytes')
  const ecdh = secretMultiplier(d)
  return { d, ecdh, inverse: Sm2Point.Fn.inv(1n + d), publicKey: sm2PublicKey(ecdh.getPublicKey(), userId) }
}
