import { describe, expect, it } from 'vitest'
import { createVirtualClock } from '../clock.ts'
import { seededRandom } from '../random.ts'
import { createWechatApp } from './app.ts'

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
  return { app, clock, choose, redeem, login }
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

  it('redeems a code once, within five minutes, for the right secret', async () => {
    const { clock, redeem, login } = world()
    const code = await login()
    expect(await redeem(code)).toMatchObject({ openid: 'o1', expires_in: 7200 })
    expect(await redeem(code)).toMatchObject({ errcode: 40029 })
    const late = await login()
    clock.advance(300_000)
    expect(await redeem(late)).toMatchObject({ errcode: 40029 })
    expect(await redeem(await login(), 'guess')).toMatchObject({ errcode: 40125 })
  })

  it('takes demo codes for the mini-program', async () => {
    const { app } = world()
    const session = async (code: string) =>
      (
        await app.request(`/sns/jscode2session?appid=wx1&secret=secret-1&js_code=${code}&grant_type=authorization_code`)
      ).json()
    expect(await session('demo:o1')).toMatchObject({ openid: 'o1', session_key: expect.any(String) })
    expect(await session('demo:nobody')).toMatchObject({ errcode: 40029 })
  })
})
