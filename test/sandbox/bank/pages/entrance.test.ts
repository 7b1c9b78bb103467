import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { CHILD, MOTHER, person } from '../fixture.ts'
import { openCipher } from './jump-token.ts'
import { cookieOf, H5_RETURN, MINI_RETURN, NEWCOMER, pagesWorld, payloadOf, tokenOf } from './fixture.ts'
import { JUMP_REFUSAL } from './words.ts'

const spoil = (token: string, part: number): string => {
  const parts = token.split('.')
  const text = parts[part] ?? ''
  const at = Math.floor(text.length / 2)
  parts[part] = text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1)
  return parts.join('.')
}

describe('the door of the bank’s pages', () => {
  it('opens the published SM4 vector', () => {
    const cipherText =
      'ABEiM0RVZneImaq7zN3u_4XFpfwqwvmbMBSjCz0qkFbMn52M2oFVIzgYrqYVL80fFtmPop1Y73I5iTCMKYI21ca7aFPg9vNliIAAtgcEhvCKREhBT8JnbnopAqJPk68_'
    const opened = { cus_name: '张三', cert_type: '01', cert_no: '510101199001011234' }
    expect(openCipher(cipherText, Buffer.from('0123456789abcdeffedcba9876543210', 'hex'))).toEqual(opened)
    expect(openCipher(cipherText, Buffer.alloc(16))).toBeNull()
  })

  it('lets somebody in once and leads to an address without anything in it', async () => {
    const world = pagesWorld()
    const response = await world.open(tokenOf(payloadOf(world.clock, NEWCOMER)))
    expect([response.status, response.headers.get('location')]).toEqual([303, '/apply'])
    const cookie = response.headers.get('set-cookie') ?? ''
    expect(cookie).toContain('HttpOnly')
    expect(cookie).toContain('SameSite=Lax')
    expect(cookie).not.toContain(NEWCOMER.certNo)
    expect(cookieOf(response)).not.toBe('')
  })

  it('refuses a token that has served already', async () => {
    const world = pagesWorld()
    const token = tokenOf(payloadOf(world.clock, NEWCOMER))
    expect((await world.open(token)).status).toBe(303)
    const again = await world.open(token)
    expect(again.status).toBe(410)
    expect(again.headers.get('set-cookie')).toBeNull()
    expect(await again.text()).toContain(JUMP_REFUSAL.replayed.text)
  })

  it('refuses the same nonce in another token', async () => {
    const world = pagesWorld()
    await world.open(tokenOf(payloadOf(world.clock, NEWCOMER, { nonce: 'ab'.repeat(16) })))
    const other = await world.open(tokenOf(payloadOf(world.clock, MOTHER, { nonce: 'AB'.repeat(16) })))
    expect(await other.text()).toContain(JUMP_REFUSAL.replayed.text)
  })

  it('takes a token to the last millisecond of its life and not one longer', async () => {
    const world = pagesWorld()
    const [young, old] = [payloadOf(world.clock, NEWCOMER), payloadOf(world.clock, NEWCOMER)]
    world.clock.advance(299_999)
    expect((await world.open(tokenOf(young))).status).toBe(303)
    world.clock.advance(1)
    const late = await world.open(tokenOf(old))
    expect(late.status).toBe(410)
    expect(await late.text()).toContain(JUMP_REFUSAL.expired.text)
  })

  it('refuses a token from the future and a life above five minutes', async () => {
    const world = pagesWorld()
    const ts = Math.floor(world.clock.now() / 1000)
    expect((await world.open(tokenOf(payloadOf(world.clock, NEWCOMER, { ts: ts + 61 })))).status).toBe(410)
    expect((await world.open(tokenOf(payloadOf(world.clock, NEWCOMER, { ttl: 301 })))).status).toBe(400)
  })

  it.each([1, 2, 3])('refuses a token whose part %i was changed', async (part) => {
    const world = pagesWorld()
    const response = await world.open(spoil(tokenOf(payloadOf(world.clock, NEWCOMER)), part))
    expect(response.status).toBe(403)
    expect(response.headers.get('set-cookie')).toBeNull()
  })

  it('refuses the signature of somebody else, an unknown key, a wrong key and a text that is no token', async () => {
    const world = pagesWorld()
    const pem = { format: 'pem', type: 'pkcs8' } as const
    const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export(pem).toString()
    const payload = () => payloadOf(world.clock, NEWCOMER)
    const statuses = [
      await world.open(tokenOf(payload(), { privateKey: stranger })),
      await world.open(tokenOf(payload(), { keyId: 'jump-2' })),
      await world.open(tokenOf(payload(), { key: Buffer.alloc(16, 1) })),
      await world.open('v1.jump-1.x'),
      await world.open(''),
    ].map((response) => response.status)
    expect(statuses).toEqual([403, 403, 400, 400, 400])
  })

  it.each([
    ['a foreign address', { return_path: 'https://evil.test/' }],
    ['more than the registered address', { return_path: `${H5_RETURN}?x=1` }],
    ['a mini-program’s path without its app id', { return_path: MINI_RETURN }],
    ['an address with an app id', { return_appid: 'wxdemo0000000001' }],
  ])('refuses to return to %s and shows no link to it', async (_name, change) => {
    const world = pagesWorld()
    const response = await world.open(tokenOf(payloadOf(world.clock, NEWCOMER, change)))
    expect(response.status).toBe(403)
    const text = await response.text()
    expect(text).toContain(JUMP_REFUSAL.returnForbidden.text)
    expect(text).not.toContain('evil.test')
  })

  it('refuses an unknown hospital, a number that could be real, and a wrong name', async () => {
    const world = pagesWorld()
    const refusal = async (identity = NEWCOMER, change = {}) => {
      const t = tokenOf(payloadOf(world.clock, identity, change))
      const response = await world.sandbox.bank.pages.request('/mini/credit', {
        method: 'POST',
        body: JSON.stringify({ t }),
      })
      return response.json()
    }
    expect(await refusal(NEWCOMER, { mer_ptc_id: '301510000000009' })).toEqual({ refusal: 'merchantUnknown' })
    expect(await refusal(person('张三', '51010119900101123'))).toEqual({ refusal: 'notFictitious' })
    expect(await refusal({ ...MOTHER, name: '陈净' })).toEqual({ refusal: 'identityMismatch' })
  })

  it.each([
    ['SIGN', 'account', 'account', 'apply'],
    ['DETAIL', 'account', 'account', 'apply'],
    ['REPAY', 'repay', 'account', 'apply'],
    ['TERMINATE', 'terminate', 'family', 'apply'],
    ['FAMILY', 'family', 'family', 'apply'],
  ])('opens for %s the page that fits principal, sharer and stranger', async (purpose, ...pages) => {
    const world = pagesWorld()
    const opened = [MOTHER, CHILD, NEWCOMER].map((who) => world.open(tokenOf(payloadOf(world.clock, who, { purpose }))))
    const locations = (await Promise.all(opened)).map((response) => response.headers.get('location'))
    expect(locations).toEqual(pages.map((page) => `/${page}`))
  })
})

describe('the door for an executed mini-program', () => {
  it('makes the same checks and tells page, session and way back', async () => {
    const world = pagesWorld()
    const change = { return_appid: 'wxdemo0000000001', return_path: MINI_RETURN, purpose: 'DETAIL' }
    const t = tokenOf(payloadOf(world.clock, MOTHER, change))
    const post = () => world.sandbox.bank.pages.request('/mini/credit', { method: 'POST', body: JSON.stringify({ t }) })
    const first: unknown = await (await post()).json()
    expect(first).toEqual({
      page: 'account',
      session: expect.any(String),
      returnTo: { appId: 'wxdemo0000000001', path: MINI_RETURN },
    })
    const id = /"session":"([^"]+)"/.exec(JSON.stringify(first))?.[1] ?? ''
    const page = await world.sandbox.bank.pages.request('/account', { headers: { cookie: `bank_session=${id}` } })
    const text = await page.text()
    expect(text).toContain('可用额度')
    expect(text).toContain('href="/mini/back"')
    const again = await post()
    expect([again.status, await again.json()]).toEqual([410, { refusal: 'replayed' }])
  })
})

describe('a stay at the bank', () => {
  it('ends after fifteen idle minutes', async () => {
    const world = pagesWorld()
    const guest = await world.jump(MOTHER)
    world.clock.advance(899_999)
    expect((await guest.get('/account')).status).toBe(200)
    world.clock.advance(900_000)
    expect((await guest.get('/account')).status).toBe(401)
  })

  it('belongs to nobody without a jump', async () => {
    for (const path of ['/account', '/apply', '/family', '/repay', '/terminate', '/uses', '/ended']) {
      expect((await pagesWorld().sandbox.bank.pages.request(path)).status).toBe(401)
    }
  })

  it('refuses a form that another site sends', async () => {
    const world = pagesWorld()
    const headers = { origin: 'https://evil.test', 'content-type': 'application/x-www-form-urlencoded' }
    expect(
      (await world.sandbox.bank.pages.request('/repay', { method: 'POST', headers, body: 'amount=1' })).status,
    ).toBe(403)
  })

  it('forbids every script and everything from elsewhere', async () => {
    const response = await pagesWorld().sandbox.bank.pages.request('/sms')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(response.headers.get('cache-control')).toBe('no-store')
  })
})
