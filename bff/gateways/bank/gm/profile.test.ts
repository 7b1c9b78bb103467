import { createDecipheriv } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { systemRandom } from '../../../ports/system.ts'
import { sealContent } from '../content-cipher.ts'
import { openReply } from '../envelope.ts'
import { ownKeyInProcess, type OwnSm2Key } from './own-key.ts'
import { gmProfile, type GmKeys } from './profile.ts'
import { sm2Encrypt } from './sm2-encryption.ts'
import { sm2PrivateKey } from './sm2-key.ts'
import { sm2Sign } from './sm2-signature.ts'

const bytes = (length: number, value: number): Uint8Array => new Uint8Array(length).fill(value)
const [ours, ourOld, banks, banksNext] = [11, 12, 13, 14].map((value) => sm2PrivateKey(bytes(32, value)))
if (!ours || !ourOld || !banks || !banksNext) throw new Error('four keys')
const identityKey = bytes(16, 5)

function profileWith(over: Partial<GmKeys> = {}) {
  const own = ownKeyInProcess([bytes(32, 11)], 'app', 'marked', systemRandom)
  const keys: GmKeys = {
    own,
    bankPublicKeys: [banks?.publicKey.raw ?? bytes(0, 0)],
    form: 'marked',
    identityKey,
    jumpKey: bytes(16, 6),
    jumpKeyId: 'jump-1',
    ...over,
  }
  return gmProfile(keys, systemRandom)
}
const signedBy = (key: typeof banks, text: string) =>
  key ? sm2Sign(key, Buffer.from(text), systemRandom).toString('base64') : ''
/** A message of form B as the bank makes it, its key wrapped for one of our keys. */
function sealedTo(key: typeof ours, text: string, keyText = Buffer.from(bytes(16, 9)).toString('base64')) {
  if (!key) throw new Error('a key')
  const encryptKey = sm2Encrypt(key.publicKey, Buffer.from(keyText), systemRandom, 'marked').toString('base64')
  return { bizContent: sealContent('sm4-cbc', bytes(16, 9), text), encryptKey }
}

describe('the profile BOCOM_GM', () => {
  it('trusts an answer that the bank signed, Chinese and escapes included', async () => {
    const text = '{"rsp_msg":"交易成功","url":"a\\/b"}'
    const reply = (sign: string) => openReply(profileWith(), `{"rsp_biz_content":${text},"sign":"${sign}"}`)
    expect(await reply(signedBy(banks, text))).toMatchObject({ is: 'trusted', content: { rsp_msg: '交易成功' } })
    expect(await reply(signedBy(ours, text))).toMatchObject({ is: 'untrusted' })
  })

  it.each([
    ['a space', (sign: string) => `${sign} `],
    ['a line break', (sign: string) => `${sign.slice(0, 64)}\n${sign.slice(64)}`],
    ['no padding and other letters', (sign: string) => Buffer.from(sign, 'base64').toString('base64url')],
    ['nothing', () => ''],
  ])('trusts no signature that is written with %s', async (_, written) => {
    const { signer } = profileWith()
    // A length that is no multiple of three, so that its Base64 is padded.
    let sign = signedBy(banks, 'x')
    while (!sign.endsWith('=')) sign = signedBy(banks, 'x')
    expect(await signer.verify('x', sign)).toBe(true)
    expect(await signer.verify('x', written(sign))).toBe(false)
  })

  it('opens a message to us and nothing else', async () => {
    const { body } = profileWith()
    const { bizContent, encryptKey } = sealedTo(ours, '{"cus_name":"陈静"}')
    expect(await body.open(bizContent, encryptKey)).toBe('{"cus_name":"陈静"}')
    const stranger = sealedTo(banks, '{}')
    expect(await body.open(stranger.bizContent, stranger.encryptKey)).toBeUndefined()
    expect(await body.open('AAAA', encryptKey)).toBeUndefined()
    expect(await body.open(bizContent, 'AAAA')).toBeUndefined()
    expect(await body.open(bizContent, `${encryptKey}\n`)).toBeUndefined()
  })

  it.each([
    ['too long', Buffer.from(bytes(32, 9)).toString('base64')],
    ['no Base64', 'sixteen bytes!!!'],
    ['bare', Buffer.from(bytes(16, 9)).toString('latin1')],
  ])('opens no message whose key is %s', async (_, keyText) => {
    const { bizContent, encryptKey } = sealedTo(ours, '{}', keyText)
    expect(await profileWith().body.open(bizContent, encryptKey)).toBeUndefined()
  })

  it('seals to the bank with a new key each time', () => {
    const { body } = profileWith()
    expect(body.seal('{}')?.bizContent).not.toBe(body.seal('{}')?.bizContent)
    expect(Buffer.from(body.seal('{}')?.encryptKey ?? '', 'base64')).toHaveLength(65 + 32 + 24)
  })

  it('leaves the mark of the point out where the bank wants it so', async () => {
    const own = ownKeyInProcess([bytes(32, 11)], 'app', 'bare', systemRandom)
    const keys = { form: 'bare' as const, own, bankPublicKeys: [ours.publicKey.raw] }
    const { body } = profileWith(keys)
    const sealed = body.seal('{"a":1}')
    expect(Buffer.from(sealed?.encryptKey ?? '', 'base64')).toHaveLength(64 + 32 + 24)
    expect(await body.open(sealed?.bizContent ?? '', sealed?.encryptKey ?? '')).toBe('{"a":1}')
  })

  it('seals identity field by field with SM4 under a vector of its own', () => {
    const { identity } = profileWith()
    const raw = Buffer.from(identity.seal('陈静'), 'base64url')
    const decipher = createDecipheriv('sm4-cbc', identityKey, raw.subarray(0, 16))
    expect(Buffer.concat([decipher.update(raw.subarray(16)), decipher.final()]).toString()).toBe('陈静')
    expect(identity.seal('陈静')).not.toBe(identity.seal('陈静'))
  })
})

describe('while a key is replaced', () => {
  it('the bank may sign with either of its two, and we encrypt to the first', async () => {
    const { signer, body } = profileWith({ bankPublicKeys: [banksNext.publicKey.raw, banks.publicKey.raw] })
    expect(await signer.verify('x', signedBy(banks, 'x'))).toBe(true)
    expect(await signer.verify('x', signedBy(banksNext, 'x'))).toBe(true)
    expect(await signer.verify('x', signedBy(ours, 'x'))).toBe(false)
    const atBank = profileWith({ own: ownKeyInProcess([bytes(32, 14)], 'bank', 'marked', systemRandom) })
    const sealed = body.seal('{}')
    expect(await atBank.body.open(sealed?.bizContent ?? '', sealed?.encryptKey ?? '')).toBe('{}')
  })

  it('what was encrypted to our old one still opens, and the new one signs', async () => {
    const own = ownKeyInProcess([bytes(32, 11), bytes(32, 12)], 'app', 'marked', systemRandom)
    const { body, signer } = profileWith({ own, bankPublicKeys: [ours.publicKey.raw] })
    for (const key of [ours, ourOld]) {
      const { bizContent, encryptKey } = sealedTo(key, '{}')
      expect(await body.open(bizContent, encryptKey)).toBe('{}')
    }
    expect(await signer.verify('x', await signer.sign('x'))).toBe(true)
  })
})

describe('a key in a device', () => {
  it('may answer later', async () => {
    const inside = ownKeyInProcess([bytes(32, 11)], 'hsm-1', 'marked', systemRandom)
    const later = <T>(work: () => Promise<T>) => new Promise<T>((resolve) => setImmediate(() => resolve(work())))
    const device: OwnSm2Key = {
      keyId: 'hsm-1',
      sign: (text) => later(() => inside.sign(text)),
      decrypt: (sealed) => later(() => inside.decrypt(sealed)),
    }
    const { signer, body } = profileWith({ own: device, bankPublicKeys: [ours.publicKey.raw] })
    expect(signer.keyId).toBe('hsm-1')
    expect(await signer.verify('x', await signer.sign('x'))).toBe(true)
    const { bizContent, encryptKey } = sealedTo(ours, '{}')
    expect(await body.open(bizContent, encryptKey)).toBe('{}')
  })

  it('that fails makes the call fail and nothing else', async () => {
    const broken: OwnSm2Key = {
      keyId: 'hsm-1',
      sign: () => Promise.reject(new Error('the device is away')),
      decrypt: () => Promise.reject(new Error('the device is away')),
    }
    await expect(profileWith({ own: broken }).signer.sign('x')).rejects.toThrow('the device is away')
  })
})

describe('without keys', () => {
  it.each([
    ['ours', () => ownKeyInProcess([], 'app', 'marked', systemRandom)],
    ['the bank’s', () => profileWith({ bankPublicKeys: [] })],
  ])('%s: the process stops', (_, start) => {
    expect(start).toThrow('no SM2')
  })
})
