import { createCipheriv } from 'node:crypto'
import type { SandboxRandom } from '../random.ts'
import { openSealedIdentity, sealIdentityWith, type CryptoProfile, type SealedContent } from './profile.ts'
import { openBody } from './rsa-unwrap.ts'
import { Sm2Private, Sm2Public } from './sm2.ts'

/** Keys of BOCOM_GM in hex: SM2 of 32 and 65 bytes, 16 bytes for identity fields. */
export interface GmProfileKeys {
  readonly gatewayPrivateKey: string
  readonly appPublicKeys: ReadonlyMap<string, string>
  readonly identityKey: string
}

/** SM4-CBC with zero IV; the key's Base64 text goes under the app's SM2 key. */
function sealContentFor(app: Sm2Public, content: string, random: SandboxRandom): SealedContent {
  const key = random.bytes(16)
  const cipher = createCipheriv('sm4-cbc', key, Buffer.alloc(16))
  return {
    bizContent: cipher.update(content, 'utf8', 'base64') + cipher.final('base64'),
    encryptKey: app.encrypt(key.toString('base64')),
  }
}

/** 国密 (bank.md §2.7): the same envelope with SM2 over SM3 and SM4. */
export function bocomGmProfile(keys: GmProfileKeys, random: SandboxRandom): CryptoProfile {
  const gateway = new Sm2Private(keys.gatewayPrivateKey)
  const apps = new Map([...keys.appPublicKeys].map(([appId, key]) => [appId, new Sm2Public(key)]))
  const identityKey = Buffer.from(keys.identityKey, 'hex')
  if (identityKey.length !== 16) throw new Error('identityKey must be 16 bytes in hex')
  return {
    name: 'BOCOM_GM',
    needsEncryption: true,
    verifyRequest: (appId, text, signature) => apps.get(appId)?.verify(text, signature) ?? false,
    signReply: (text) => gateway.sign(text),
    openContent(bizContent, encryptKey) {
      const key = Buffer.from(gateway.decrypt(encryptKey) ?? '', 'base64')
      return key.length === 16 ? openBody(bizContent, key, 'sm4-cbc') : null
    },
    openIdentity: (sealed) => openSealedIdentity(sealed, identityKey, 'sm4-cbc'),
    sealIdentity: (text) => sealIdentityWith(text, identityKey, 'sm4-cbc', random),
    sealContent(appId, content) {
      const app = apps.get(appId)
      return app ? sealContentFor(app, content, random) : null
    },
  }
}
