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
import { openContent, sealContent } from './content-cipher.ts'
import { unwrapContentKey } from './rsa-unwrap.ts'
import { sm4Sealer } from './sm4.ts'

/** Signs and verifies the envelope. Asynchronous, because a signing service or an HSM may stand behind it. */
export interface Signer {
  sign(text: string): Promise<string>
  verify(text: string, signature: string): Promise<boolean>
  readonly keyId: string
}

/** Encrypts the business content of a request (`bank.md §2.5`) and opens that of an encrypted notification (`bank.md §2.4` B). */
export interface BodyCipher {
  seal(json: string): { bizContent: string; encryptKey: string } | undefined
  /**
   * Undefined when it cannot be read, whatever the cause. The signature must have been verified before. Answers later when the key that opens it
   * is in a device.
   */
  open(bizContent: string, encryptKey: string): string | undefined | Promise<string | undefined>
}

/** Encrypts one identity field (`bank.md §3.0` Sealed). */
export interface IdentityCipher {
  seal(plain: string): string
}

/** Encrypts what a patient takes along to the bank's pages (`bank.md §3.13`). */
export interface JumpCipher {
  seal(plain: string): string
  readonly keyId: string
}

/** The seams of `bank.md §2.7` that a profile fills. */
export interface CryptoProfile {
  readonly name: string
  readonly signer: Signer
  readonly body: BodyCipher
  readonly identity: IdentityCipher
  readonly jump: JumpCipher
}

export interface RsaKeys {
  /** Our private key, PKCS#8 PEM. */
  readonly appPrivateKey: string
  /** The bank gateway's public key, SPKI PEM. */
  readonly bankPublicKey: string
  /** 32 bytes shared with the bank for identity fields. */
  readonly identityKey: Uint8Array
  readonly keyId: string
  /** 16 bytes shared with the bank for jumps to its pages, and the name under which the bank has them. */
  readonly jumpKey: Uint8Array
  readonly jumpKeyId: string
}

/** `BOCOM_RSA`: RSA-2048 with SHA-256, AES-256-CBC with an RSA-wrapped key (`bank.md §2.2–2.5`), SM4-CBC for jumps (`bank.md §3.13`). */
export function rsaProfile(keys: RsaKeys, random: Randomness, native: Native): CryptoProfile {
  const own = createPrivateKey(keys.appPrivateKey)
  const bankKey = createPublicKey(keys.bankPublicKey)
  return {
    name: 'BOCOM_RSA',
    signer: rsaSigner(own, bankKey, keys.keyId, native),
    body: aesBody(own, bankKey, random),
    identity: aesIdentity(keys.identityKey, random),
    jump: { keyId: keys.jumpKeyId, seal: sm4Sealer(keys.jumpKey, random) },
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

function aesBody(own: KeyObject, bank: KeyObject, random: Randomness): BodyCipher {
  return {
    seal: (json) => {
      const key = random.bytes(32)
      const keyText = Buffer.from(Buffer.from(key).toString('base64'))
      const wrapped = publicEncrypt({ key: bank, padding: constants.RSA_PKCS1_PADDING }, keyText)
      return { bizContent: sealContent('aes-256-cbc', key, json), encryptKey: wrapped.toString('base64') }
    },
    open: (bizContent, encryptKey) => {
      const key = unwrapContentKey(encryptKey, own, random.bytes(32))
      return openContent(`aes-${key.length * 8}-cbc`, key, bizContent)
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
