import { createDecipheriv, createVerify, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { passThrough } from '../../ports/native.ts'
import { systemRandom } from '../../ports/system.ts'
import { rsaProfile } from './crypto.ts'
import { jumpToken, type Jump } from './jump.ts'
import { sm4Sealer } from './sm4.ts'

/** Published values of a key that is thrown away (`bank.md §3.13`). */
const vector = {
  key: '0123456789abcdeffedcba9876543210',
  iv: '00112233445566778899aabbccddeeff',
  plain: '{"cus_name":"张三","cert_type":"01","cert_no":"510101199001011234"}',
  sealed:
    'ABEiM0RVZneImaq7zN3u_4XFpfwqwvmbMBSjCz0qkFbMn52M2oFVIzgYrqYVL80fFtmPop1Y73I5iTCMKYI21ca7aFPg9vNliIAAtgcEhvCKREhBT8JnbnopAqJPk68_',
}
const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'))

const app = generateKeyPairSync('rsa', { modulusLength: 2048 })
const jumpKey = bytes(vector.key)
const profile = rsaProfile(
  {
    appPrivateKey: app.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    bankPublicKey: app.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    identityKey: new Uint8Array(32).fill(5),
    keyId: 'app',
    jumpKey,
    jumpKeyId: 'jump-7',
  },
  systemRandom,
  passThrough,
)
const jump: Jump = {
  identity: { name: '陈静', idNumber: '990101198803120020' },
  merchant: '301510000000001',
  destination: 'DETAIL',
  returnAppId: 'wx1',
  returnPath: 'packages/credit/status/index',
  nonce: '0123456789abcdef0123456789abcdef',
  atS: 1_795_226_400,
}

function unsealed(sealed: string): string {
  const raw = Buffer.from(sealed, 'base64url')
  const decipher = createDecipheriv('sm4-cbc', jumpKey, raw.subarray(0, 16))
  return Buffer.concat([decipher.update(raw.subarray(16)), decipher.final()]).toString('utf8')
}

describe('SM4-CBC', () => {
  it('gives the published answer', () => {
    const seal = sm4Sealer(jumpKey, { bytes: () => bytes(vector.iv) })
    expect(seal(vector.plain)).toBe(vector.sealed)
  })

  it('takes a new vector each time', () => {
    const seal = sm4Sealer(jumpKey, systemRandom)
    expect(seal(vector.plain)).not.toBe(seal(vector.plain))
    expect(unsealed(seal(vector.plain))).toBe(vector.plain)
  })

  it('that is not offered stops the process before any patient comes', () => {
    expect(() => sm4Sealer(jumpKey, systemRandom, ['aes-256-cbc'])).toThrow('does not offer sm4-cbc')
  })
})

describe('a token for the bank’s pages', () => {
  it('has four parts, of which the last signs the first three', async () => {
    const [version, keyId, sealed = '', signature = '', ...more] = (await jumpToken(profile, jump)).split('.')
    expect([version, keyId, more]).toEqual(['v1', 'jump-7', []])
    const verifier = createVerify('RSA-SHA256').update(`v1.jump-7.${sealed}`)
    expect(verifier.verify(app.publicKey, signature, 'base64url')).toBe(true)
    expect(signature).toMatch(/^[\w-]+$/)
  })

  it('tells the bank exactly who, where and for how long', async () => {
    const [, , sealed = ''] = (await jumpToken(profile, jump)).split('.')
    expect(JSON.parse(unsealed(sealed))).toEqual({
      cus_name: '陈静',
      cert_type: '01',
      cert_no: '990101198803120020',
      mer_ptc_id: '301510000000001',
      purpose: 'DETAIL',
      return_appid: 'wx1',
      return_path: 'packages/credit/status/index',
      nonce: '0123456789abcdef0123456789abcdef',
      ts: 1_795_226_400,
      ttl: 300,
    })
  })
})
