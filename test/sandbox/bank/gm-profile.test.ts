import { describe, expect, it } from 'vitest'
import { seededRandom } from '../random.ts'
import { generateSandboxKeys } from '../keys.ts'
import { bocomGmProfile } from './gm-profile.ts'
import { Sm2Private, Sm2Public } from './sm2.ts'

/** GB/T 32918.5 annexes A and C. */
const standard = {
  privateKey: '3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8',
  publicKey:
    '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020' +
    'ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
  message: 'message digest',
  signature:
    '3046022100f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3' +
    '022100b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
  sealed:
    '0404ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73' +
    'e858f9d81e5430a57b36daab8f950a3c64e6ee6a63094d99283aff767e124df0' +
    '59983c18f809e262923c53aec295d30383b54e39d609d160afcb1908d0bd8766' +
    '21886ca989ca9c7d58087307ca93092d651efa',
}
const base64 = (hex: string): string => Buffer.from(hex, 'hex').toString('base64')
const APP = 'app1'
const keys = generateSandboxKeys().gm
const profile = bocomGmProfile(
  {
    gatewayPrivateKey: keys.gateway.privateKey,
    appPublicKeys: new Map([[APP, keys.app.publicKey]]),
    identityKey: keys.identityKey,
  },
  seededRandom('gm'),
)

describe('SM2 of the bank', () => {
  it('gives the published answers', () => {
    const key = new Sm2Public(standard.publicKey)
    expect(key.verify(standard.message, base64(standard.signature))).toBe(true)
    expect(key.verify(`${standard.message}.`, base64(standard.signature))).toBe(false)
    expect(new Sm2Private(standard.privateKey).decrypt(base64(standard.sealed))).toBe('encryption standard')
  })

  it('makes signatures and ciphertexts that belong to one key', () => {
    const own = new Sm2Private(keys.app.privateKey)
    const [app, gateway] = [new Sm2Public(keys.app.publicKey), new Sm2Public(keys.gateway.publicKey)]
    const signature = own.sign('交易成功')
    expect([app, gateway].map((key) => key.verify('交易成功', signature))).toEqual([true, false])
    expect([app, gateway].map((key) => own.decrypt(key.encrypt('密钥')))).toEqual(['密钥', null])
  })

  it.each(['', 'AAAA', 'not Base64 at all', base64(standard.sealed.slice(2)), base64(standard.sealed.slice(0, -2))])(
    'neither verifies nor opens %j',
    (garbage) => {
      expect(new Sm2Public(standard.publicKey).verify(standard.message, garbage)).toBe(false)
      expect(new Sm2Private(standard.privateKey).decrypt(garbage)).toBeNull()
    },
  )
})

describe('profile BOCOM_GM', () => {
  it('verifies the signature of a known app only', () => {
    const signature = new Sm2Private(keys.app.privateKey).sign('text')
    expect(profile.verifyRequest(APP, 'text', signature)).toBe(true)
    expect(profile.verifyRequest('app2', 'text', signature)).toBe(false)
  })

  it('opens nothing whose key or content was changed', () => {
    const sealed = profile.sealContent(APP, '{}')
    expect(sealed?.bizContent).toMatch(/^[\w+/]+=*$/)
    expect(profile.sealContent('app2', '{}')).toBeNull()
    // What goes to the app is not for the gateway.
    expect(profile.openContent(sealed?.bizContent ?? '', sealed?.encryptKey ?? '')).toBeNull()
    expect(
      profile.openContent('AAAA', new Sm2Public(keys.gateway.publicKey).encrypt(base64('00'.repeat(16)))),
    ).toBeNull()
    expect(profile.openContent('AAAA', new Sm2Public(keys.gateway.publicKey).encrypt('short'))).toBeNull()
  })

  it('opens an identity field that it sealed', () => {
    expect(profile.openIdentity(profile.sealIdentity('陈静'))).toBe('陈静')
    expect(profile.openIdentity('AAAA')).toBeNull()
  })

  it('needs an identity key of 16 bytes', () => {
    const short = { gatewayPrivateKey: keys.gateway.privateKey, appPublicKeys: new Map(), identityKey: 'ab' }
    expect(() => bocomGmProfile(short, seededRandom('gm'))).toThrow('16 bytes')
  })
})
