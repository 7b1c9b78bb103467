import { constants, createCipheriv, createPrivateKey, createPublicKey, publicEncrypt, sign, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { passThrough } from '../../ports/native.ts'
import { systemRandom } from '../../ports/system.ts'
import { rsaProfile, type CryptoProfile } from './crypto.ts'
import { noticeOf, openNotification, receiptOf } from './notify.ts'
import { rawMember } from './raw-slice.ts'

interface Vectors {
  readonly rsa: Readonly<
    Record<'app_private_pkcs8' | 'app_public_spki' | 'gw_private_pkcs8' | 'gw_public_spki', string>
  >
  readonly notify_plain: { readonly raw: string; readonly signed_slice: string }
  readonly notify_encrypted: { readonly raw: string; readonly signed_slice: string; readonly plaintext: string }
}

/** Throw-away keys and known answers, published with the sandbox; only the file is read, none of its code. */
const vectors = JSON.parse(
  readFileSync(new URL('../../../test/sandbox/bank/vectors.json', import.meta.url), 'utf8'),
) as Vectors
const pem = (kind: 'PRIVATE' | 'PUBLIC', base64: string): string =>
  `-----BEGIN ${kind} KEY-----\n${base64}\n-----END ${kind} KEY-----`
const profile = rsaProfile(
  {
    appPrivateKey: pem('PRIVATE', vectors.rsa.app_private_pkcs8),
    bankPublicKey: pem('PUBLIC', vectors.rsa.gw_public_spki),
    identityKey: new Uint8Array(32).fill(5),
    keyId: 'app',
    jumpKey: new Uint8Array(16).fill(6),
    jumpKeyId: 'jump-1',
  },
  systemRandom,
  passThrough,
)
const gateway = createPrivateKey(pem('PRIVATE', vectors.rsa.gw_private_pkcs8))
const app = createPublicKey(pem('PUBLIC', vectors.rsa.app_public_spki))
const signed = (text: string): string => sign('RSA-SHA256', Buffer.from(text), gateway).toString('base64')

const plain = vectors.notify_plain.raw
const encrypted = vectors.notify_encrypted.raw
const event = '{"notify_id":"N1","notify_type":"SIGN_RESULT","mer_ptc_id":"301510000000001"}'

/** A notification of form B with a key of our choice and the padding as given. */
function formB(content: string, wrapped?: string): string {
  const key = new Uint8Array(32).fill(4)
  const cipher = createCipheriv('aes-256-cbc', key, Buffer.alloc(16))
  const biz = Buffer.concat([cipher.update(content, 'utf8'), cipher.final()]).toString('base64')
  const keyText = Buffer.from(Buffer.from(key).toString('base64'))
  const wrap = publicEncrypt({ key: app, padding: constants.RSA_PKCS1_PADDING }, keyText).toString('base64')
  const members = `"biz_content":"${biz}","msg_id":"m1","timestamp":"2026-11-21 19:30:00","encrypt_key":"${wrapped ?? wrap}"`
  return `{${members},"sign":"${signed(members)}"}`
}

describe('a signed notification (form A)', () => {
  it('is trusted against the published vector', async () => {
    expect(await openNotification(profile, plain)).toEqual({
      is: 'trusted',
      content: JSON.parse(vectors.notify_plain.signed_slice),
    })
  })

  it('is trusted however it is escaped and wherever the signature stands', async () => {
    const odd = '{"url":"https:\\/\\/bank","amount":0.10,"msg":"成功"}'
    for (const text of [
      `{"sign":"${signed(odd)}","notify_biz_content":${odd}}`,
      `{ "notify_biz_content" : ${odd} , "more": {"sign":"x"}, "sign" : "${signed(odd)}" }`,
    ]) {
      expect((await openNotification(profile, text)).is).toBe('trusted')
    }
  })

  it.each([
    ['an amount was changed', plain.replace('20.00', '20.01')],
    ['a space was added', plain.replace('"notify_id":', '"notify_id": ')],
    ['its content was replaced by a second one', plain.replace('{', '{"notify_biz_content":{"notify_id":"N2"},')],
    ['the signature was changed', plain.replace('"sign":"D', '"sign":"E')],
    ['the signature is missing', plain.replace(/,"sign".*/, '}')],
    ['the signature is no text', plain.replace(/"sign".*/, '"sign":7}')],
    ['the signature is empty', plain.replace(/"sign".*/, '"sign":""}')],
    ['it is cut short', plain.slice(0, plain.length / 2)],
    ['it is a page', '<html>'],
    ['it is a list', '[]'],
    ['it is empty', ''],
    ['it is nothing', 'null'],
  ])('is not trusted when %s', async (_, raw) => {
    expect((await openNotification(profile, raw)).is).toBe('untrusted')
  })
})

describe('an encrypted notification (form B)', () => {
  it('is opened against the published vector', async () => {
    expect(await openNotification(profile, encrypted)).toEqual({
      is: 'trusted',
      content: JSON.parse(vectors.notify_encrypted.plaintext),
    })
  })

  it('is opened with Chinese in it', async () => {
    expect(await openNotification(profile, formB('{"cus_name":"陈静"}'))).toEqual({
      is: 'trusted',
      content: { cus_name: '陈静' },
    })
  })

  it('is opened in whatever order and spacing it was signed', async () => {
    const { biz_content, encrypt_key } = JSON.parse(encrypted) as Record<'biz_content' | 'encrypt_key', string>
    const members = ` "encrypt_key" : "${encrypt_key}",  "biz_content":"${biz_content}" `
    const raw = `{${members},"sign":"${signed(members)}"}`
    expect((await openNotification(profile, raw)).is).toBe('trusted')
  })

  it.each([
    ['a member was changed', encrypted.replace('m0001', 'm0002')],
    ['members were put in another order', encrypted.replace(/^\{("biz_content":"[^"]*"),("msg_id":"[^"]*")/, '{$2,$1')],
    ['another key was put in', encrypted.replace('"encrypt_key":"n6', '"encrypt_key":"n7')],
    ['the signature was changed', encrypted.replace('"sign":"R', '"sign":"S')],
    ['the signature is missing', encrypted.replace(/,"sign".*/, '}')],
    ['nothing in it is encrypted', `{"a":"b","sign":"${signed('"a":"b"')}"}`],
    ['what is decrypted is no JSON', formB('nonsense')],
    ['the padding of its key is bad', formB(event, Buffer.alloc(256, 1).toString('base64'))],
    ['its key is no key', formB(event, 'AAAA')],
  ])('is not trusted when %s', async (_, raw) => {
    expect((await openNotification(profile, raw)).is).toBe('untrusted')
  })

  it('reads what was signed and not what was put behind the signature', async () => {
    const behind = formB(event).replace(/\}$/, ',"biz_content":"AAAA","encrypt_key":"AAAA"}')
    expect(await openNotification(profile, behind)).toEqual({ is: 'trusted', content: JSON.parse(event) })
  })

  it('is not decrypted before its signature is verified', async () => {
    const calls: string[] = []
    const watched: CryptoProfile = {
      ...profile,
      signer: { ...profile.signer, verify: async () => (calls.push('verify'), false) },
      body: { ...profile.body, open: () => (calls.push('open'), undefined) },
    }
    await openNotification(watched, encrypted)
    expect(calls).toEqual(['verify'])
  })
})

describe('what a notification is about', () => {
  const content = { notify_id: 'N1', mer_ptc_id: '301510000000001', mer_tran_no: 'L1', refund_mer_tran_no: 'R1' }
  const of = (notify_type: string) => noticeOf({ ...content, notify_type })

  it.each([
    ['LOCK_RESULT', 'L1'],
    ['CONFIRM_RESULT', 'L1'],
    ['CANCEL_RESULT', 'L1'],
    ['PAY_RESULT', 'L1'],
    ['LOCK_EXPIRED', 'L1'],
    ['REFUND_RESULT', 'R1'],
    ['SIGN_RESULT', null],
    ['SIGN_TERMINATED', null],
    ['FAMILY_CHANGED', null],
    ['BILL_READY', null],
    ['SOMETHING_NEW', null],
    ['toString', null],
  ])('%s speaks of the serial %s', (kind, serial) => {
    expect(of(kind)).toEqual({ id: 'N1', kind, merchant: '301510000000001', serial })
  })

  it('may be a serial that it does not name', () => {
    expect(noticeOf({ notify_id: 'N1', mer_ptc_id: 'm', notify_type: 'LOCK_RESULT' })?.serial).toBeNull()
  })

  it.each([
    ['no number', { notify_id: undefined }],
    ['an empty number', { notify_id: '' }],
    ['a number without end', { notify_id: 'N'.repeat(65) }],
    ['a number that is no text', { notify_id: 7 }],
    ['no kind', { notify_type: undefined }],
    ['no merchant', { mer_ptc_id: null }],
  ])('with %s it is none', (_, over) => {
    expect(noticeOf({ ...content, notify_type: 'LOCK_RESULT', ...over })).toBeUndefined()
  })

  it.each([null, 'N1', 7, []])('%j is none', (other) => {
    expect(noticeOf(other)).toBeUndefined()
  })
})

describe('a receipt', () => {
  it('names the notification and is signed over its raw content', async () => {
    const receipt = await receiptOf(profile, 'N"1')
    const content = rawMember(receipt, 'rsp_biz_content') ?? ''
    expect(JSON.parse(content)).toEqual({ rsp_code: '0000', rsp_msg: 'SUCCESS', notify_id: 'N"1' })
    const { sign } = JSON.parse(receipt) as { sign: string }
    expect(verify('RSA-SHA256', Buffer.from(content), app, Buffer.from(sign, 'base64'))).toBe(true)
  })
})
