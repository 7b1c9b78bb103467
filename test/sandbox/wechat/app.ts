import { readFileSync } from 'node:fs'
import { Hono } from 'hono'
import { z } from 'zod'
import type { SandboxClock } from '../clock.ts'
import { html, page } from '../markup.ts'
import type { SandboxRandom } from '../random.ts'
import { LoginCodes } from './login-codes.ts'
import { snsRoutes } from './sns-routes.ts'

/** An account as the chooser shows it. */
export interface WechatAccount {
  readonly openid: string
  readonly name: string
  readonly age: number
  readonly story: string
}

const loginCodeRequest = z.strictObject({ openid: z.string() })

/** Who may log people in. */
export interface WechatOptions {
  readonly appId: string
  readonly appSecret: string
  readonly redirectOrigins: readonly string[]
  readonly accounts: () => readonly WechatAccount[]
  readonly clock: SandboxClock
  readonly random: SandboxRandom
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
    if (c.req.query('scope') !== 'snsapi_base') return c.text('scope 参数错误', 400)
    const action = `/oauth/choose?${new URLSearchParams({ redirect_uri: target.href, state: c.req.query('state') ?? '' }).toString()}`
    return c.html(chooser(options, action))
  })
  app.post('/oauth/choose', async (c) => {
    const target = allowedTarget(c.req.query('redirect_uri') ?? '', options.redirectOrigins)
    const openid = (await c.req.formData()).get('openid')
    const account = options.accounts().find((one) => one.openid === openid)
    if (!target || !account) return c.text('参数错误', 400)
    target.searchParams.set('code', codes.issue(account.openid, 'oauth'))
    target.searchParams.set('state', c.req.query('state') ?? '')
    return c.redirect(target.href, 302)
  })
}

/** What a phone does inside: `wx.login` of the mini-program gets a code for whoever holds the phone. */
function addPhone(app: Hono, options: WechatOptions, codes: LoginCodes): void {
  app.post('/_sandbox/login-code', async (c) => {
    const { openid } = loginCodeRequest.parse(await c.req.json())
    const account = options.accounts().find((one) => one.openid === openid)
    return account ? c.json({ code: codes.issue(openid, 'login') }) : c.json({ error: `no account ${openid}` }, 404)
  })
}

/** WeChat's web login and `jscode2session`, with a chooser in place of a phone. */
export function createWechatApp(options: WechatOptions): Hono {
  const app = new Hono()
  const codes = new LoginCodes(options.clock, options.random)
  const style = readFileSync(new URL('./wechat.css', import.meta.url), 'utf8')
  app.get('/wechat.css', (c) => c.body(style, 200, { 'content-type': 'text/css; charset=utf-8' }))
  addLogin(app, options, codes)
  addPhone(app, options, codes)
  app.route('/', snsRoutes(options, codes))
  app.onError((error, c) => c.json({ error: error.message }, 400))
  return app
}
