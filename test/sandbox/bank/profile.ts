import {
  constants,
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  publicEncrypt,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto'
import type { SandboxRandom } from '../random.ts'
import { openBody, unwrapKey } from './rsa-unwrap.ts'

/** What differs between crypto profiles (bank.md §2.7): signature, message encryption, sealing of identity fields. */
export interface CryptoProfile {
  readonly name: 'BOCOM_RSA' | 'BOCOM_GM' | 'NONE'
  /** Interfaces that carry name and ID number must come encrypted as a whole. */
  readonly needsEncryption: boolean
  verifyRequest(appId: string, text: string, signature: string): boolean
  signReply(text: string): string
  openContent(bizContent: string, encryptKey: string): string | null
  openIdentity(sealed: string): string | null
  sealIdentity(text: string): string
  /** Encrypts a message to an app, members of form B (bank.md §2.4); null where the profile encrypts nothing. */
  sealContent(appId: string, content: string): SealedContent | null
}

/** `biz_content` and the wrapped content key. */
export interface SealedContent {
  readonly bizContent: string
  readonly encryptKey: string
}

/** Keys of the RSA profile; PEM or Base64 DER. */
export interface ProfileKeys {
  readonly gatewayPrivateKey: string
  readonly appPublicKeys: ReadonlyMap<string, string>
  /** 32 bytes in Base64, shared with the product. */
  readonly identityKey: string
}

/** Reads a private key given as PEM or as Base64 of PKCS#8 DER. */
export function privateKeyOf(text: string): KeyObject {
  if (text.includes('-----')) return createPrivateKey(text)
  return createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' })
}

/** Reads a public key given as PEM or as Base64 of SPKI DER. */
export function publicKeyOf(text: string): KeyObject {
  if (text.includes('-----')) return createPublicKey(text)
  return createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' })
}

/** RSA-2048, PKCS#1 v1.5, SHA-256 over UTF-8; false for anything that is not a signature. */
export function verifyRsa(key: KeyObject, text: string, signature: string): boolean {
  try {
    return verify('sha256', Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}

/** RSA-SHA256 in Base64. */
export const signRsa = (key: KeyObject, text: string): string =>
  sign('sha256', Buffer.from(text, 'utf8'), key).toString('base64')

const decodeUtf8 = (bytes: Buffer): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Algorithms of an identity field. */
type FieldAlgorithm = 'aes-256-cbc' | 'sm4-cbc'

/** Opens `base64url(iv‖ciphertext)`; null for garbage. */
export function openSealedIdentity(sealed: string, key: Buffer, algorithm: FieldAlgorithm): string | null {
  const raw = Buffer.from(sealed, 'base64url')
  if (raw.length < 32) return null
  try {
    const decipher = createDecipheriv(algorithm, key, raw.subarray(0, 16))
    return decodeUtf8(Buffer.concat([decipher.update(raw.subarray(16)), decipher.final()]))
  } catch {
    return null
  }
}

/** Seals an identity field under a random vector. */
export function sealIdentityWith(text: string, key: Buffer, algorithm: FieldAlgorithm, random: SandboxRandom): string {
  const iv = random.bytes(16)
  const cipher = createCipheriv(algorithm, key, iv)
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()]).toString('base64url')
}

/** AES-256-CBC with zero IV; the key's Base64 text goes under the app's RSA key with PKCS#1 v1.5 padding. */
function sealContentFor(app: KeyObject, content: string, random: SandboxRandom): SealedContent {
  const aesKey = random.bytes(32)
  const cipher = createCipheriv('aes-256-cbc', aesKey, Buffer.alloc(16))
  const keyText = Buffer.from(aesKey.toString('base64'))
  return {
    bizContent: cipher.update(content, 'utf8', 'base64') + cipher.final('base64'),
    encryptKey: publicEncrypt({ key: app, padding: constants.RSA_PKCS1_PADDING }, keyText).toString('base64'),
  }
}

/** The default profile: everything that public evidence backs (bank.md §2.2–2.5). */
export function bocomRsaProfile(keys: ProfileKeys, random: SandboxRandom): CryptoProfile {
  const gateway = privateKeyOf(keys.gatewayPrivateKey)
  const apps = new Map([...keys.appPublicKeys].map(([appId, key]) => [appId, publicKeyOf(key)]))
  const identityKey = Buffer.from(keys.identityKey, 'base64')
  if (identityKey.length !== 32) throw new Error('identityKey must be 32 bytes in Base64')
  return {
    name: 'BOCOM_RSA',
    needsEncryption: true,
    verifyRequest(appId, text, signature) {
      const key = apps.get(appId)
      return key !== undefined && verifyRsa(key, text, signature)
    },
    signReply: (text) => signRsa(gateway, text),
    openContent: (bizContent, encryptKey) => openBody(bizContent, unwrapKey(encryptKey, gateway, random)),
    openIdentity: (sealed) => openSealedIdentity(sealed, identityKey, 'aes-256-cbc'),
    sealIdentity: (text) => sealIdentityWith(text, identityKey, 'aes-256-cbc', random),
    sealContent(appId, content) {
      const key = apps.get(appId)
      return key ? sealContentFor(key, content, random) : null
    },
  }
}

/** No cryptography at all, for bulk simulation only: the signature is the word `none`, identity is plain Base64url. */
export const noneProfile: CryptoProfile = {
  name: 'NONE',
  needsEncryption: false,
  verifyRequest: (_appId, _text, signature) => signature === 'none',
  signReply: () => 'none',
  openContent: () => null,
  openIdentity: (sealed) => decodeUtf8(Buffer.from(sealed, 'base64url')),
  sealIdentity: (text) => Buffer.from(text, 'utf8').toString('base64url'),
  sealContent: () => null,
}
