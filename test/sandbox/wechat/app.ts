import { readFileSync } from 'node:fs'
import { Hono } from 'hono'
import type { SandboxClock } from '../clock.ts'
import { html, page } from '../markup.ts'
import type { SandboxRandom } from '../random.ts'

/** An account as the chooser shows it. */
export interface WechatAccount {
  readonly openid: string
  readonly name: string
  readonly age: number
  readonly story: string
}

/** Who may log people in. */
export interface WechatOptions {
  readonly appId: string
  readonly appSecret: string
  readonly redirectOrigins: readonly string[]
  readonly accounts: () => readonly WechatAccount[]
  readonly clock: SandboxClock
  readonly random: SandboxRandom
}

const CODE_LIFE_MS = 300_000
const INVALID_APPID = { errcode: 40013, errmsg: 'invalid appid' }
const INVALID_SECRET = { errcode: 40125, errmsg: 'invalid appsecret' }
const INVALID_CODE = { errcode: 40029, errmsg: 'invalid code' }

/** One-time codes that live five minutes. */
class LoginCodes {
  readonly #codes = new Map<string, { openid: string; untilMs: number }>()
  readonly #clock: SandboxClock
  readonly #random: SandboxRandom

  constructor(clock: SandboxClock, random: SandboxRandom) {
    this.#clock = clock
    this.#random = random
  }

  issue(openid: string): string {
    const code = this.#random.bytes(16).toString('hex')
    this.#codes.set(code, { openid, untilMs: this.#clock.now() + CODE_LIFE_MS })
    return code
  }

  redeem(code: string): string | null {
    const found = this.#codes.get(code)
    this.#codes.delete(code)
    return found && this.#clock.now() < found.untilMs ? found.openid : null
  }
}

function allowedTarget(text: string, origins: readonly string[]): URL | null {
  const target = URL.canParse(text) ? new URL(text) : null
  return target && origins.includes(target.origin) ? target : null
}

function chooser(options: WechatOptions, action: string): string {
  return page(
    { title: '演示微信', style: '/wechat.css' },
    html`<body>
      <aside class="demo" aria-label="说明">演示微信 · 非真实</aside>
      <main>
        <h1>演示微信 · 选择登录的人</h1>
        <p class="dim">这些人都是虚构的。选一位，就像用这个人的微信打开了医院的页面。</p>
        <form method="post" action="${action}">
          <ul>
            ${options.accounts().map(
              (one) =>
                html`<li>
                  <button name="openid" value="${one.openid}">
                    <span class="face" aria-hidden="true">${[...one.name][0] ?? ''}</span>
                    <span class="who"><strong>${one.name}</strong><span class="age">${one.age} 岁</span></span
                    ><span class="story">${one.story}</span>
                  </button>
                </li>`,
            )}
          </ul>
        </form>
      </main>
    </body>`,
  )
}

function addLogin(app: Hono, options: WechatOptions, codes: LoginCodes): void {
  app.get('/oauth/authorize', (c) => {
    const target = allowedTarget(c.req.query('redirect_uri') ?? '', options.redirectOrigins)
    if (c.req.query('appid') !== options.appId) return c.text('appid 参数错误', 400)
    if (!target || c.req.query('response_type') !== 'code') return c.text('redirect_uri 参数错误', 400)
    const action = `/oauth/choose?${new URLSearchParams({ redirect_uri: target.href, state: c.req.query('state') ?? '' }).toString()}`
    return c.html(chooser(options, action))
  })
  app.post('/oauth/choose', async (c) => {
    const target = allowedTarget(c.req.query('redirect_uri') ?? '', options.redirectOrigins)
    const openid = (await c.req.formData()).get('openid')
    const account = options.accounts().find((one) => one.openid === openid)
    if (!target || !account) return c.text('参数错误', 400)
    target.searchParams.set('code', codes.issue(account.openid))
    target.searchParams.set('state', c.req.query('state') ?? '')
    return c.redirect(target.href, 302)
  })
}

/** WeChat's web login and `jscode2session`, with a chooser in place of a phone. `demo:<openid>` is a code as well. */
export function createWechatApp(options: WechatOptions): Hono {
  const app = new Hono()
  const codes = new LoginCodes(options.clock, options.random)
  const style = readFileSync(new URL('./wechat.css', import.meta.url), 'utf8')
  app.get('/wechat.css', (c) => c.body(style, 200, { 'content-type': 'text/css; charset=utf-8' }))
  addLogin(app, options, codes)
  app.get('/sns/oauth2/access_token', (c) => {
    if (c.req.query('appid') !== options.appId) return c.json(INVALID_APPID)
    if (c.req.query('secret') !== options.appSecret) return c.json(INVALID_SECRET)
    const openid = codes.redeem(c.req.query('code') ?? '')
    if (openid === null || c.req.query('grant_type') !== 'authorization_code') return c.json(INVALID_CODE)
    const token = options.random.bytes(24).toString('base64url')
    return c.json({ access_token: token, expires_in: 7200, refresh_token: '', openid, scope: 'snsapi_base' })
  })
  app.get('/sns/jscode2session', (c) => {
    if (c.req.query('appid') !== options.appId) return c.json(INVALID_APPID)
    if (c.req.query('secret') !== options.appSecret) return c.json(INVALID_SECRET)
    const code = c.req.query('js_code') ?? ''
    const named = code.startsWith('demo:') ? code.slice('demo:'.length) : codes.redeem(code)
    const account = options.accounts().find((one) => one.openid === named)
    if (!account || c.req.query('grant_type') !== 'authorization_code') return c.json(INVALID_CODE)
    return c.json({ openid: account.openid, session_key: options.random.bytes(16).toString('base64') })
  })
  return app
}
