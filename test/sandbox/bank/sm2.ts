import { createECDH, createHash, createPrivateKey, createPublicKey, createSign, createVerify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { sm2 } from 'sm-crypto-v2'

/** SubjectPublicKeyInfo and PKCS#8 of the SM2 curve around a key: OpenSSL treats a key as SM2 only when it comes this way (bank.md §2.8). */
const SPKI = '3059301306072a8648ce3d020106082a811ccf5501822d034200'
const PKCS8 = '308187020100301306072a8648ce3d020106082a811ccf5501822d046d306b0201010420'
const PKCS8_PUBLIC = 'a144034200'
/** Length and text of the user id 1234567812345678, then a, b and the base point of the curve. */
const Z_HEAD =
  '008031323334353637383132333435363738' +
  'fffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc' +
  '28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93' +
  '32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7' +
  'bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0'
const C1C3C2 = 1
const POINT_MARK = '04'

const hex = (text: string): Buffer => Buffer.from(text, 'hex')
const userOf = (publicKey: string): Buffer =>
  createHash('sm3')
    .update(hex(Z_HEAD + publicKey.slice(POINT_MARK.length)))
    .digest()

/**
 * A counterparty's SM2 key, 65 bytes in hex. Signatures are OpenSSL's, over the user's hash and the text; one call without the hash would sign
 * for an empty user (bank.md §2.8). OpenSSL offers no SM2 encryption through Node, so that is the package's.
 */
export class Sm2Public {
  readonly #hex: string
  readonly #key: KeyObject
  readonly #user: Buffer

  constructor(publicKey: string) {
    this.#hex = publicKey
    this.#key = createPublicKey({ key: hex(SPKI + publicKey), format: 'der', type: 'spki' })
    this.#user = userOf(publicKey)
  }

  /** False for anything that is not this key's DER signature in Base64. */
  verify(text: string, signature: string): boolean {
    try {
      return createVerify('sm3').update(this.#user).update(text, 'utf8').verify(this.#key, signature, 'base64')
    } catch {
      return false
    }
  }

  /** 04‖C1‖C3‖C2 in Base64. */
  encrypt(text: string): string {
    return hex(POINT_MARK + sm2.doEncrypt(Buffer.from(text, 'utf8'), this.#hex, C1C3C2)).toString('base64')
  }
}

/** The bank's own SM2 key, 32 bytes in hex. */
export class Sm2Private {
  readonly #hex: string
  readonly #key: KeyObject
  readonly #user: Buffer

  constructor(privateKey: string) {
    const pair = createECDH('SM2')
    pair.setPrivateKey(privateKey, 'hex')
    const publicKey = pair.getPublicKey('hex')
    this.#hex = privateKey
    const key = hex(PKCS8 + privateKey + PKCS8_PUBLIC + publicKey)
    this.#key = createPrivateKey({ key, format: 'der', type: 'pkcs8' })
    this.#user = userOf(publicKey)
  }

  /** DER in Base64. */
  sign(text: string): string {
    return createSign('sm3').update(this.#user).update(text, 'utf8').sign(this.#key, 'base64')
  }

  /** Null when it does not open. */
  decrypt(sealed: string): string | null {
    const raw = Buffer.from(sealed, 'base64').toString('hex')
    if (!raw.startsWith(POINT_MARK)) return null
    try {
      const plain = sm2.doDecrypt(raw.slice(POINT_MARK.length), this.#hex, C1C3C2, { output: 'array' })
      return plain.length === 0 ? null : Buffer.from(plain).toString('utf8')
    } catch {
      return null
    }
  }
}
