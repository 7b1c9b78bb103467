import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createVirtualClock } from '../clock.ts'
import { seededRandom } from '../random.ts'
import { createWechatApp } from './app.ts'

const codeAnswer = z.object({ code: z.string().regex(/^[0-9a-f]{32}$/) })

function world() {
  const clock = createVirtualClock({ now: () => 1_000 })
  const accounts = () => [{ openid: 'o1', name: '陈静', age: 38, story: '收银员' }]
  const app = createWechatApp({
    appId: 'wx1',
    appSecret: 'secret-1',
    redirectOrigins: ['https://pay.test'],
    accounts,
    clock,
    random: seededRandom('wechat'),
  })
  const choose = async (target: string) => {
    const query = new URLSearchParams({ redirect_uri: target, state: 's1' }).toString()
    return app.request(`/oauth/choose?${query}`, { method: 'POST', body: new URLSearchParams({ openid: 'o1' }) })
  }
  const redeem = async (code: string, secret = 'secret-1') =>
    (
      await app.request(
        `/sns/oauth2/access_token?appid=wx1&secret=${secret}&code=${code}&grant_type=authorization_code`,
      )
    ).json()
  const login = async () =>
    new URL((await choose('https://pay.test/cb')).headers.get('location') ?? '').searchParams.get('code') ?? ''
  const session = async (code: string) =>
    (
      await app.request(`/sns/jscode2session?appid=wx1&secret=secret-1&js_code=${code}&grant_type=authorization_code`)
    ).json()
  const wxLogin = async (): Promise<string> => {
    const answer = await app.request('/_sandbox/login-code', { method: 'POST', body: JSON.stringify({ openid: 'o1' }) })
    return codeAnswer.parse(await answer.json()).code
  }
  return { app, clock, choose, redeem, login, session, wxLogin }
}

describe('demo WeChat', () => {
  it('lists the accounts as buttons and goes back with code and state', async () => {
    const { app, choose } = world()
    const page = await app.request(
      '/oauth/authorize?appid=wx1&redirect_uri=https%3A%2F%2Fpay.test%2Fcb&response_type=code&scope=snsapi_base&state=s1',
    )
    expect(await page.text()).toMatch(/演示微信 · 选择登录的人[\s\S]*<button name="openid" value="o1"/)
    expect((await choose('https://pay.test/cb?a=1')).headers.get('location')).toMatch(
      /^https:\/\/pay\.test\/cb\?a=1&code=[0-9a-f]{32}&state=s1$/,
    )
  })

  it('sends nobody to an address that is not allowed', async () => {
    const { app, choose } = world()
    expect((await choose('https://evil.test/cb')).status).toBe(400)
    expect(
      (await app.request('/oauth/authorize?appid=wx1&redirect_uri=https%3A%2F%2Fevil.test&response_type=code')).status,
    ).toBe(400)
  })

  it('knows only snsapi_base', async () => {
    const { app } = world()
    const ask = (scope: string) =>
      app.request(
        `/oauth/authorize?appid=wx1&redirect_uri=https%3A%2F%2Fpay.test%2Fcb&response_type=code&scope=${scope}`,
      )
    expect((await ask('snsapi_base')).status).toBe(200)
    expect((await ask('snsapi_userinfo')).status).toBe(400)
  })

  it('redeems a code once, within five minutes, for the right secret', async () => {
    const { clock, redeem, login } = world()
    const code = await login()
    expect(await redeem(code)).toEqual({
      access_token: expect.stringMatching(/^[\w-]{32}$/),
      expires_in: 7200,
      refresh_token: expect.stringMatching(/^[\w-]{32}$/),
      openid: 'o1',
      scope: 'snsapi_base',
    })
    expect(await redeem(code)).toEqual({
      errcode: 40163,
      errmsg: expect.stringMatching(/^code been used, rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/),
    })
    const late = await login()
    clock.advance(300_000)
    expect(await redeem(late)).toMatchObject({ errcode: 40029, errmsg: expect.stringMatching(/^invalid code, rid: /) })
    const kept = await login()
    expect(await redeem(kept, 'guess')).toMatchObject({ errcode: 40125 })
    expect(await redeem(kept)).toMatchObject({ openid: 'o1' })
  })

  it('gives wx.login a code for the mini-program that is good once and for nothing else', async () => {
    const { redeem, login, session, wxLogin } = world()
    const code = await wxLogin()
    expect(await redeem(code)).toMatchObject({ errcode: 40029 })
    expect(await session(code)).toEqual({ openid: 'o1', session_key: expect.stringMatching(/^[\w+/]{22}==$/) })
    expect(await session(code)).toMatchObject({ errcode: 40163 })
    expect(await session(await login())).toMatchObject({ errcode: 40029 })
    expect(await session('')).toMatchObject({ errcode: 41008 })
  })

  it('lets a login code go after five minutes', async () => {
    const { clock, session, wxLogin } = world()
    const code = await wxLogin()
    clock.advance(299_999)
    expect(await session(code)).toMatchObject({ openid: 'o1' })
    const late = await wxLogin()
    clock.advance(300_000)
    expect(await session(late)).toMatchObject({ errcode: 40029 })
  })

  it('has no login code for a stranger', async () => {
    const { app } = world()
    const ask = (body: unknown) => app.request('/_sandbox/login-code', { method: 'POST', body: JSON.stringify(body) })
    expect((await ask({ openid: 'nobody' })).status).toBe(404)
    expect((await ask({})).status).toBe(400)
  })
})
