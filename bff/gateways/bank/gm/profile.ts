import type { Randomness } from '../../../ports/clock.ts'
import { openContent, sealContent } from '../content-cipher.ts'
import type { BodyCipher, CryptoProfile, Signer } from '../crypto.ts'
import { sm4Sealer } from '../sm4.ts'
import type { OwnSm2Key } from './own-key.ts'
import { sm2Encrypt, type C1Form } from './sm2-encryption.ts'
import { sm2PublicKey, warmed, type Sm2PublicKey } from './sm2-key.ts'
import { sm2Verify } from './sm2-signature.ts'

export interface GmKeys {
  readonly own: OwnSm2Key
  /** The bank gateway's, 65 bytes each. Any of them verifies, the first one is encrypted to: a second while one replaces the other. */
  readonly bankPublicKeys: readonly Uint8Array[]
  readonly form: C1Form
  /** 16 bytes shared with the bank for identity fields. */
  readonly identityKey: Uint8Array
  /** 16 bytes shared with the bank for jumps to its pages, and the name under which the bank has them. */
  readonly jumpKey: Uint8Array
  readonly jumpKeyId: string
}

const contentKeyBytes = 16

/**
 * `BOCOM_GM` (`bank.md §2.7`): the envelope of `BOCOM_RSA` with SM2 over SM3 for signatures, SM4-CBC for content and identity, and SM2 for the
 * content's key. Throws when a key of the bank is none. `selfTest` comes before it.
 */
export function gmProfile(keys: GmKeys, random: Randomness): CryptoProfile {
  const bank = keys.bankPublicKeys.map((raw) => warmed(sm2PublicKey(raw)))
  const [current] = bank
  if (current === undefined) throw new Error('no SM2 public key of the bank')
  return {
    name: 'BOCOM_GM',
    signer: sm2Signer(keys.own, bank),
    body: sm4Body(keys.own, current, keys.form, random),
    identity: { seal: sm4Sealer(keys.identityKey, random) },
    jump: { keyId: keys.jumpKeyId, seal: sm4Sealer(keys.jumpKey, random) },
  }
}

function sm2Signer(own: OwnSm2Key, bank: readonly Sm2PublicKey[]): Signer {
  return {
    keyId: own.keyId,
    sign: async (text) => Buffer.from(await own.sign(Buffer.from(text))).toString('base64'),
    verify: async (text, signature) => {
      const der = strictBase64(signature)
      return der !== undefined && bank.some((key) => sm2Verify(key, Buffer.from(text), der))
    },
  }
}

function sm4Body(own: OwnSm2Key, bank: Sm2PublicKey, form: C1Form, random: Randomness): BodyCipher {
  return {
    seal: (json) => {
      const key = random.bytes(contentKeyBytes)
      const keyText = Buffer.from(Buffer.from(key).toString('base64'))
      const encryptKey = sm2Encrypt(bank, keyText, random, form).toString('base64')
      return { bizContent: sealContent('sm4-cbc', key, json), encryptKey }
    },
    open: async (bizContent, encryptKey) => {
      const sealed = strictBase64(encryptKey)
      const keyText = sealed && (await own.decrypt(sealed))
      const key = keyText && strictBase64(Buffer.from(keyText).toString('latin1'))
      return key?.length === contentKeyBytes ? openContent('sm4-cbc', key, bizContent) : undefined
    },
  }
}

/** The bytes of a Base64 text in its one proper form; undefined for a text that is only nearly one. */
function strictBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}
