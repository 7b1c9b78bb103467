import { createHash, createPrivateKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../random.ts'
import { decodeForm, encodeForm, rawMember, sealReply, stringToSign } from './envelope.ts'
import { privateKeyOf, publicKeyOf, signRsa, verifyRsa } from './profile.ts'
import { openBody, stripPkcs1, unwrapKey } from './rsa-unwrap.ts'
import vectors from './vectors.json' with { type: 'json' }

const appPublic = publicKeyOf(vectors.rsa.app_public_spki)
const gatewayPublic = publicKeyOf(vectors.rsa.gw_public_spki)
const params = new Map(Object.entries(vectors.request.params))

describe('request signature against the published vectors', () => {
  it('builds the string to sign with its digest', () => {
    const text = stringToSign(vectors.request.path, params)
    expect(text).toBe(vectors.request.string_to_sign)
    expect(createHash('sha256').update(text).digest('hex')).toBe(vectors.request.string_sha256)
  })

  it('makes and verifies the given signature', () => {
    expect(signRsa(privateKeyOf(vectors.rsa.app_private_pkcs8), vectors.request.string_to_sign)).toBe(
      vectors.request.sign,
    )
    expect(verifyRsa(appPublic, vectors.request.string_to_sign, vectors.request.sign)).toBe(true)
  })

  it('encodes the given form body and decodes it again', () => {
    expect(encodeForm([...params, ['sign', vectors.request.sign]])).toBe(vectors.request.form_body)
    const decoded = decodeForm(vectors.request.form_body)
    expect(decoded && stringToSign(vectors.request.path, decoded)).toBe(vectors.request.string_to_sign)
  })

  it.each(Object.keys(vectors.request.params))('rejects a request whose %s was changed', (name) => {
    const changed = new Map(params).set(name, `${params.get(name) ?? ''}x`)
    expect(verifyRsa(appPublic, stringToSign(vectors.request.path, changed), vectors.request.sign)).toBe(false)
  })

  it('rejects another path and a signature that is none', () => {
    expect(verifyRsa(appPublic, stringToSign('/api/creditMed/confirm/v1', params), vectors.request.sign)).toBe(false)
    expect(verifyRsa(appPublic, vectors.request.string_to_sign, 'not a signature')).toBe(false)
  })

  it('leaves empty values out and refuses a key given twice', () => {
    expect(
      stringToSign(
        '/p',
        new Map([
          ['b', ''],
          ['a', '1'],
          ['sign', 's'],
        ]),
      ),
    ).toBe('/p?a=1')
    expect(decodeForm('a=1&a=2')).toBeNull()
  })
})

describe('reply and notification', () => {
  it('cuts the signed slice of the reply out of the raw text and verifies it', () => {
    const slice = rawMember(vectors.response.raw, 'rsp_biz_content') ?? ''
    const sign = JSON.parse(rawMember(vectors.response.raw, 'sign') ?? '""')
    expect(slice).toBe(vectors.response.signed_slice)
    expect(verifyRsa(gatewayPublic, slice, sign)).toBe(true)
    expect(verifyRsa(gatewayPublic, slice.replace('SUCCESS', 'FAIL'), sign)).toBe(false)
  })

  it('signs the same slice to the same reply text', () => {
    const gateway = privateKeyOf(vectors.rsa.gw_private_pkcs8)
    expect(sealReply(vectors.response.signed_slice, signRsa(gateway, vectors.response.signed_slice))).toBe(
      vectors.response.raw,
    )
  })

  it('finds a member behind another one and inside escapes', () => {
    expect(rawMember('{"sign":"a\\"}","x" : {"y":[1,"}"]} }', 'x')).toBe('{"y":[1,"}"]}')
    expect(rawMember('{"x":{"sign":"inner"}}', 'sign')).toBeNull()
    expect(rawMember('not json', 'x')).toBeNull()
  })

  it('verifies the plain notification', () => {
    const slice = rawMember(vectors.notify_plain.raw, 'notify_biz_content') ?? ''
    expect(slice).toBe(vectors.notify_plain.signed_slice)
    expect(verifyRsa(gatewayPublic, slice, JSON.parse(rawMember(vectors.notify_plain.raw, 'sign') ?? '""'))).toBe(true)
  })
})

describe('encrypted notification', () => {
  const { raw } = vectors.notify_encrypted
  const member = (name: string): string => JSON.parse(rawMember(raw, name) ?? '""')
  const own = createPrivateKey({
    key: Buffer.from(vectors.rsa.app_private_pkcs8, 'base64'),
    format: 'der',
    type: 'pkcs8',
  })

  it('verifies the text between the outer brace and the signature', () => {
    const slice = raw.slice(1, raw.lastIndexOf(',"sign":"'))
    expect(slice).toBe(vectors.notify_encrypted.signed_slice)
    expect(verifyRsa(gatewayPublic, slice, member('sign'))).toBe(true)
    expect(verifyRsa(gatewayPublic, slice.replace('m0001', 'm0002'), member('sign'))).toBe(false)
  })

  it('unwraps the key and opens the content', () => {
    const key = unwrapKey(member('encrypt_key'), own, seededRandom('none needed'))
    expect(key.toString('base64')).toBe(vectors.notify_encrypted.aes_key_b64)
    expect(openBody(member('biz_content'), key)).toBe(vectors.notify_encrypted.plaintext)
  })

  it('goes on with a random key when the padding is bad', () => {
    const wrapped = Buffer.from(member('encrypt_key'), 'base64')
    wrapped.writeUInt8(wrapped.readUInt8(200) ^ 1, 200)
    const key = unwrapKey(wrapped.toString('base64'), own, seededRandom('x'))
    expect(key).toEqual(seededRandom('x').bytes(32))
    expect(openBody(member('biz_content'), key)).not.toBe(vectors.notify_encrypted.plaintext)
  })

  it('strips only well-formed padding', () => {
    const good = Buffer.concat([Buffer.from([0, 2]), Buffer.alloc(8, 7), Buffer.from([0]), Buffer.from('key')])
    expect(stripPkcs1(good)?.toString()).toBe('key')
    expect(stripPkcs1(Buffer.concat([Buffer.from([0, 1]), good.subarray(2)]))).toBeNull()
    expect(stripPkcs1(Buffer.concat([Buffer.from([0, 2]), Buffer.alloc(7, 7), Buffer.from([0, 1])]))).toBeNull()
    expect(stripPkcs1(Buffer.alloc(20, 2))).toBeNull()
  })
})
