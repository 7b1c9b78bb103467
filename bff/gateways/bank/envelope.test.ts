import { constants, createDecipheriv, createHash, createPrivateKey, privateDecrypt, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { passThrough } from '../../ports/native.ts'
import { systemRandom } from '../../ports/system.ts'
import { rsaProfile } from './crypto.ts'
import { openReply, requestBody, textToSign } from './envelope.ts'
import { rawMember } from './raw-slice.ts'

interface Vectors {
  readonly rsa: Readonly<
    Record<'app_private_pkcs8' | 'app_public_spki' | 'gw_private_pkcs8' | 'gw_public_spki', string>
  >
  readonly request: {
    readonly path: string
    readonly params: Readonly<Record<string, string>>
    readonly string_to_sign: string
    readonly string_sha256: string
    readonly sign: string
    readonly form_body: string
  }
  readonly response: { readonly raw: string; readonly signed_slice: string }
}

/** Throw-away keys and known answers, published with the sandbox; only the file is read, none of its code. */
const vectors = JSON.parse(
  readFileSync(new URL('../../../test/sandbox/bank/vectors.json', import.meta.url), 'utf8'),
) as Vectors
const pem = (kind: 'PRIVATE' | 'PUBLIC', base64: string): string =>
  `-----BEGIN ${kind} KEY-----\n${base64}\n-----END ${kind} KEY-----`
const identityKey = new Uint8Array(32).fill(5)
const profileWith = (bankPublicKey: string) =>
  rsaProfile(
    {
      appPrivateKey: pem('PRIVATE', vectors.rsa.app_private_pkcs8),
      bankPublicKey: pem('PUBLIC', bankPublicKey),
      identityKey,
      keyId: 'app',
      jumpKey: new Uint8Array(16).fill(6),
      jumpKeyId: 'jump-1',
    },
    systemRandom,
    passThrough,
  )
const profile = profileWith(vectors.rsa.gw_public_spki)
const gateway = createPrivateKey(pem('PRIVATE', vectors.rsa.gw_private_pkcs8))

/** 2026-11-21 19:30:00 in Shanghai. */
const atMs = Date.UTC(2026, 10, 21, 11, 30, 0)
const outgoing = {
  path: vectors.request.path,
  appId: 'app202611210001',
  msgId: '0f8fad5bd9cb469fa16570867728950e',
  atMs,
  encrypted: false,
  body: {
    mer_ptc_id: '301510000000001',
    mer_tran_no: 'L20261121193000000001',
    sign_agr_no: 'CM2026000000000001',
    lock_amount: '120.00',
    currency: 'CNY',
  },
}
const paramsOf = (form: string): Record<string, string> => Object.fromEntries(new URLSearchParams(form))

describe('a request, against the published vectors', () => {
  it('signs the given text', () => {
    const text = textToSign(vectors.request.path, vectors.request.params)
    expect(text).toBe(vectors.request.string_to_sign)
    expect(createHash('sha256').update(text).digest('hex')).toBe(vectors.request.string_sha256)
  })

  it('makes the given signature', async () => {
    expect(await profile.signer.sign(vectors.request.string_to_sign)).toBe(vectors.request.sign)
  })

  it('sends the given parameters', async () => {
    expect(paramsOf(await requestBody(profile, outgoing))).toEqual(paramsOf(vectors.request.form_body))
  })

  it('is encoded the given way, parameter by parameter', async () => {
    const parts = (form: string): string[] => form.split('&').sort()
    expect(parts(await requestBody(profile, outgoing))).toEqual(parts(vectors.request.form_body))
  })

  it('leaves the signature and empty values out of the signed text, and sorts by key', () => {
    expect(textToSign('/p', { b: '2', sign: 's', a: '1', c: '', B: '0' })).toBe('/p?B=0&a=1&b=2')
  })
})

describe('an encrypted request', () => {
  const secret = { ...outgoing, encrypted: true, body: { cus_name: '陈静', cert_no: '990101198803120020' } }

  /** PKCS#1 v1.5 padding off a raw block: 00 02, non-zero filling, 00, content. */
  function unwrapped(encryptKey: string): Buffer {
    const block = privateDecrypt({ key: gateway, padding: constants.RSA_NO_PADDING }, Buffer.from(encryptKey, 'base64'))
    expect([block[0], block[1]]).toEqual([0, 2])
    return Buffer.from(block.subarray(block.indexOf(0, 2) + 1).toString('utf8'), 'base64')
  }

  it('opens with the bank’s private key, and shows nothing without it', async () => {
    const form = await requestBody(profile, secret)
    const params = paramsOf(form)
    expect(params['is_encrypt']).toBe('true')
    const decipher = createDecipheriv('aes-256-cbc', unwrapped(params['encrypt_key'] ?? ''), Buffer.alloc(16))
    const opened = Buffer.concat([decipher.update(params['biz_content'] ?? '', 'base64'), decipher.final()])
    expect(JSON.parse(opened.toString('utf8'))).toEqual({
      req_head: { trans_time: '20261121193000', version: '1.0' },
      req_body: secret.body,
    })
    for (const clear of ['陈静', encodeURIComponent('陈静'), '990101198803120020']) expect(form).not.toContain(clear)
  })

  it('signs what was encrypted, and never uses a content key twice', async () => {
    const [a, b] = [paramsOf(await requestBody(profile, secret)), paramsOf(await requestBody(profile, secret))]
    expect(a['biz_content']).not.toBe(b['biz_content'])
    expect(a['encrypt_key']).not.toBe(b['encrypt_key'])
    expect(a['sign']).toBe(await profile.signer.sign(textToSign(secret.path, a)))
  })

  it('seals an identity field so that it opens with the shared key and looks different every time', () => {
    const [first, second] = [profile.identity.seal('陈静'), profile.identity.seal('陈静')]
    expect(first).not.toBe(second)
    expect(first).toMatch(/^[\w-]+$/)
    const bytes = Buffer.from(first, 'base64url')
    const decipher = createDecipheriv('aes-256-cbc', identityKey, bytes.subarray(0, 16))
    expect(Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString('utf8')).toBe('陈静')
  })
})

describe('an answer, against the published vectors', () => {
  const { raw, signed_slice: slice } = vectors.response
  const signed = (content: string): string => sign('RSA-SHA256', Buffer.from(content), gateway).toString('base64')

  it('is cut out as it was signed', () => {
    expect(rawMember(raw, 'rsp_biz_content')).toBe(slice)
  })

  it('is trusted and read', async () => {
    expect(await openReply(profile, raw)).toEqual({ is: 'trusted', content: JSON.parse(slice) })
  })

  it('is trusted wherever the signature stands and however the text is escaped', async () => {
    const odd = '{"url":"https:\\/\\/bank","amount":0.10,"msg":"交易成功"}'
    for (const text of [
      `{"sign":"${signed(odd)}","rsp_biz_content":${odd}}`,
      `{ "rsp_biz_content" : ${odd} , "more": {"sign":"x"}, "sign" : "${signed(odd)}" }`,
    ]) {
      expect(await openReply(profile, text)).toEqual({
        is: 'trusted',
        content: { url: 'https://bank', amount: 0.1, msg: '交易成功' },
      })
    }
  })

  it.each([
    ['an amount was changed', raw.replace('SUCCESS', 'FAIL')],
    ['a space was added', raw.replace('"biz_state":"S"', '"biz_state": "S"')],
    ['the signature was changed', raw.replace('"sign":"h', '"sign":"g')],
    ['the signature is missing', `{"rsp_biz_content":${slice}}`],
    ['the signature is empty', `{"rsp_biz_content":${slice},"sign":""}`],
    ['the signature is no text', `{"rsp_biz_content":${slice},"sign":7}`],
    ['the content is missing', `{"sign":"${signed('')}"}`],
    ['the signed content is no JSON', `{"rsp_biz_content":nonsense,"sign":"${signed('nonsense')}"}`],
    ['it is cut short', raw.slice(0, raw.length / 2)],
    ['it is a page', '<html>502 Bad Gateway</html>'],
    ['it is empty', ''],
  ])('is not trusted when %s', async (_, text) => {
    expect((await openReply(profile, text)).is).toBe('untrusted')
  })

  it('is not trusted under another bank’s key', async () => {
    expect((await openReply(profileWith(vectors.rsa.app_public_spki), raw)).is).toBe('untrusted')
  })
})
