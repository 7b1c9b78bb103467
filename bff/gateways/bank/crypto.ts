import {
  constants,
  createCipheriv,
  createPrivateKey,
  createPublicKey,
  publicEncrypt,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto'
import type { Randomness } from '../../ports/clock.ts'
import type { Native } from '../../ports/native.ts'

/** Signs and verifies the envelope. Asynchronous, because a signing service or an HSM may stand behind it. */
export interface Signer {
  sign(text: string): Promise<string>
  verify(text: string, signature: string): Promise<boolean>
  readonly keyId: string
}

/** Encrypts the business content of a request (`bank.md §2.5`). */
export interface BodyCipher {
  seal(json: string): { bizContent: string; encryptKey: string } | undefined
}

/** Encrypts one identity field (`bank.md §3.0` Sealed). */
export interface IdentityCipher {
  seal(plain: string): string
}

/** The seams of `bank.md §2.7` that a profile fills. */
export interface CryptoProfile {
  readonly name: string
  readonly signer: Signer
  readonly body: BodyCipher
  readonly identity: IdentityCipher
}

export interface RsaKeys {
  /** Our private key, PKCS#8 PEM. */
  readonly appPrivateKey: string
  /** The bank gateway's public key, SPKI PEM. */
  readonly bankPublicKey: string
  /** 32 bytes shared with the bank for identity fields. */
  readonly identityKey: Uint8Array
  readonly keyId: string
}

/** `BOCOM_RSA`: RSA-2048 with SHA-256, AES-256-CBC with an RSA-wrapped key (`bank.md §2.2–2.5`). */
export function rsaProfile(keys: RsaKeys, random: Randomness, native: Native): CryptoProfile {
  const bankKey = createPublicKey(keys.bankPublicKey)
  return {
    name: 'BOCOM_RSA',
    signer: rsaSigner(createPrivateKey(keys.appPrivateKey), bankKey, keys.keyId, native),
    body: aesBody(bankKey, random),
    identity: aesIdentity(keys.identityKey, random),
  }
}

function rsaSigner(own: KeyObject, bank: KeyObject, keyId: string, native: Native): Signer {
  return {
    keyId,
    sign: (text) =>
      native(
        new Promise((resolve, reject) => {
          sign('RSA-SHA256', Buffer.from(text), own, (error, signature) => {
            if (error) reject(error)
            else resolve(signature.toString('base64'))
          })
        }),
      ),
    verify: async (text, signature) => verify('RSA-SHA256', Buffer.from(text), bank, Buffer.from(signature, 'base64')),
  }
}

function aesBody(bank: KeyObject, random: Randomness): BodyCipher {
  return {
    seal: (json) => {
      const key = random.bytes(32)
      // The all-zero vector is the bank's convention; it is sound because each key encrypts one message only.
      const cipher = createCipheriv('aes-256-cbc', key, Buffer.alloc(16))
      const bizContent = Buffer.concat([cipher.update(json, 'utf8'), cipher.final()]).toString('base64')
      const keyText = Buffer.from(Buffer.from(key).toString('base64'))
      const wrapped = publicEncrypt({ key: bank, padding: constants.RSA_PKCS1_PADDING }, keyText)
      return { bizContent, encryptKey: wrapped.toString('base64') }
    },
  }
}

function aesIdentity(key: Uint8Array, random: Randomness): IdentityCipher {
  return {
    seal: (plain) => {
      const iv = random.bytes(16)
      const cipher = createCipheriv('aes-256-cbc', key, iv)
      return Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final()]).toString('base64url')
    },
  }
}
