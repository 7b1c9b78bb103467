import { createHmac, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto'
import { SignJWT, UnsecuredJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { passThrough } from '../ports/native.ts'
import { HisTokens } from './his-token.ts'
import { Refusal } from './refusal.ts'
import { SessionTokens } from './session-token.ts'

const nowMs = Date.UTC(2026, 10, 21, 2)
const nowS = nowMs / 1_000
const clockAt = (atMs: number) => ({ now: () => atMs, after: () => () => undefined })

const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })
const pemOf = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString()
const keys = { first: newKey(), next: newKey(), yulin: newKey(), stranger: newKey() }
const owners = [
  {
    id: 'jc-first',
    hisKeys: [
      { kid: 'jc-1', publicKey: pemOf(keys.first.publicKey) },
      { kid: 'jc-2', publicKey: pemOf(keys.next.publicKey) },
    ],
  },
  { id: 'yulin', hisKeys: [{ kid: 'yl-1', publicKey: pemOf(keys.yulin.publicKey) }] },
]

describe('a token of HIS', () => {
  const tokens = new HisTokens(owners, clockAt(nowMs), passThrough)
  const claims = { iss: 'jc-first', aud: 'paycare', iat: nowS, exp: nowS + 120, jti: 'j1' }
  const signed = (over: object = {}, key = keys.first.privateKey, kid: string | null = 'jc-1'): Promise<string> =>
    new SignJWT({ ...claims, ...over }).setProtectedHeader({ alg: 'ES256', ...(kid === null ? {} : { kid }) }).sign(key)
  const verdict = (token: string): Promise<string> =>
    tokens.institutionOf(token).catch((error: unknown) => {
      if (error instanceof Refusal) return `${error.status} ${error.code}`
      throw error
    })
  const invalid = '401 HIS_TOKEN_INVALID'
  const expired = '401 HIS_TOKEN_EXPIRED'

  it('names the institution that signed it, with either of its keys', async () => {
    expect(await verdict(await signed())).toBe('jc-first')
    expect(await verdict(await signed({}, keys.next.privateKey, 'jc-2'))).toBe('jc-first')
    expect(await verdict(await signed({ iss: 'yulin' }, keys.yulin.privateKey, 'yl-1'))).toBe('yulin')
  })

  it('of another institution’s key is refused, whoever it claims to be', async () => {
    expect(await verdict(await signed({}, keys.yulin.privateKey, 'yl-1'))).toBe(invalid)
    expect(await verdict(await signed({}, keys.yulin.privateKey, 'jc-1'))).toBe(invalid)
    expect(await verdict(await signed({ iss: 'yulin' }))).toBe(invalid)
  })

  it('of an unknown key is refused, also under a known name', async () => {
    expect(await verdict(await signed({}, keys.stranger.privateKey))).toBe(invalid)
    expect(await verdict(await signed({}, keys.stranger.privateKey, 'other'))).toBe(invalid)
    expect(await verdict(await signed({}, keys.first.privateKey, null))).toBe(invalid)
  })

  it.each([
    ['another audience', { aud: 'paycare-app' }],
    ['no audience', { aud: undefined }],
    ['no issuer', { iss: undefined }],
    ['no jti', { jti: undefined }],
    ['no iat', { iat: undefined }],
    ['no exp', { exp: undefined }],
    ['a life of more than 5 min', { exp: nowS + 301 }],
    ['a start in the future', { iat: nowS + 60, exp: nowS + 120 }],
    ['a time before which it is not good', { nbf: nowS + 60 }],
  ])('with %s is refused', async (_, over) => {
    expect(await verdict(await signed(over))).toBe(invalid)
  })

  it('is good for 5 min at most, and 5 s of wrong clock on either side', async () => {
    expect(await verdict(await signed({ exp: nowS + 300 }))).toBe('jc-first')
    expect(await verdict(await signed({ iat: nowS - 200, exp: nowS - 4 }))).toBe('jc-first')
    expect(await verdict(await signed({ iat: nowS + 4 }))).toBe('jc-first')
    expect(await verdict(await signed({ iat: nowS - 200, exp: nowS - 6 }))).toBe(expired)
  })

  it('that was signed too long ago is refused, however long it says it lives', async () => {
    expect(await verdict(await signed({ iat: nowS - 310, exp: nowS + 10 }))).toMatch(/^401 /)
  })

  it('without a signature is refused', async () => {
    const none = new UnsecuredJWT(claims).encode()
    const [, payload] = none.split('.')
    const head = Buffer.from(JSON.stringify({ alg: 'none', kid: 'jc-1' })).toString('base64url')
    expect(await verdict(none)).toBe(invalid)
    expect(await verdict(`${head}.${payload}.`)).toBe(invalid)
  })

  it('signed with the public key as if it were a shared secret is refused', async () => {
    for (const secret of [pemOf(keys.first.publicKey), pemOf(keys.first.publicKey).trim()]) {
      const head = Buffer.from(JSON.stringify({ alg: 'HS256', kid: 'jc-1' })).toString('base64url')
      const body = Buffer.from(JSON.stringify(claims)).toString('base64url')
      const mac = createHmac('sha256', secret).update(`${head}.${body}`).digest('base64url')
      expect(await verdict(`${head}.${body}.${mac}`)).toBe(invalid)
    }
  })

  it('with a changed content is refused', async () => {
    const [head, , signature] = (await signed()).split('.')
    const body = Buffer.from(JSON.stringify({ ...claims, jti: 'j2' })).toString('base64url')
    expect(await verdict(`${head}.${body}.${signature}`)).toBe(invalid)
  })

  it.each(['', 'x', 'a.b.c', '..', 'e30.e30.e30'])('that is %j is refused', async (token) => {
    expect(await verdict(token)).toBe(invalid)
  })
})

describe('a session token', () => {
  const secret = new Uint8Array(32).fill(3)
  const tokens = new SessionTokens(secret, clockAt(nowMs), passThrough)
  const later = (atMs: number) => new SessionTokens(secret, clockAt(atMs), passThrough)

  it('gives its claim back until it is over', async () => {
    const token = await tokens.sign({ sid: 'ses_1' }, nowMs + 60_000)
    expect(await tokens.read(token, 'sid')).toBe('ses_1')
    expect(await later(nowMs + 59_000).read(token, 'sid')).toBe('ses_1')
    expect(await later(nowMs + 60_000).read(token, 'sid')).toBeUndefined()
  })

  it('has only the claims that it was given: a sign-in trip is no session', async () => {
    const trip = await tokens.sign({ state: 'trip_1', back: '/' }, nowMs + 60_000)
    expect(await tokens.read(trip, 'sid')).toBeUndefined()
    expect(await tokens.read(trip, 'state')).toBe('trip_1')
    expect(await tokens.read(trip, 'exp')).toBeUndefined()
  })

  it.each([
    [
      'another key',
      async () =>
        new SessionTokens(new Uint8Array(32).fill(4), clockAt(nowMs), passThrough).sign({ sid: 's' }, nowMs + 60_000),
    ],
    [
      'another audience',
      async () =>
        new SignJWT({ sid: 's', aud: 'paycare', exp: nowS + 60 }).setProtectedHeader({ alg: 'HS256' }).sign(secret),
    ],
    [
      'no audience',
      async () => new SignJWT({ sid: 's', exp: nowS + 60 }).setProtectedHeader({ alg: 'HS256' }).sign(secret),
    ],
    ['no signature', async () => new UnsecuredJWT({ sid: 's', aud: 'paycare-app', exp: nowS + 60 }).encode()],
    [
      'another algorithm',
      async () =>
        new SignJWT({ sid: 's', aud: 'paycare-app', exp: nowS + 60 })
          .setProtectedHeader({ alg: 'HS512' })
          .sign(new Uint8Array(64).fill(3)),
    ],
    ['nothing in it', async () => ''],
    ['nonsense in it', async () => randomUUID()],
  ])('with %s is none', async (_, make) => {
    expect(await tokens.read(await make(), 'sid')).toBeUndefined()
  })
})
