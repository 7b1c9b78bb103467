import { readFileSync } from 'node:fs'
import { Hono, type Context } from 'hono'
import { setCookie } from 'hono/cookie'
import { z } from 'zod'
import { html } from '../../markup.ts'
import { accountRoutes } from './account-routes.ts'
import { applyRoutes } from './apply-routes.ts'
import type { Entrance, JumpRefusal } from './entrance.ts'
import { familyRoutes } from './family-routes.ts'
import { bankPage } from './layout.ts'
import { plansRoutes } from './plans-routes.ts'
import { smsList } from './sms-page.ts'
import { guarded, SESSION_COOKIE, type PagesParts } from './visit.ts'
import { JUMP_REFUSAL } from './words.ts'

const SECURITY: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
}

function turnAway(c: Context, refusal: JumpRefusal): Response | Promise<Response> {
  const { status, text } = JUMP_REFUSAL[refusal]
  const body = html`<section class="card result" role="alert">
    <p class="state wait">不能打开</p>
    <p>${text}</p>
    <p class="hint">请回到医院的小程序或公众号，重新点“信用就医”。</p>
  </section>`
  return c.html(bankPage({ title: '“信用就医”', session: null }, body), status)
}

/** The jump: checks the token and hands out a session; a browser goes on to an address without anything in it. */
function addJumps(app: Hono, entrance: Entrance): void {
  app.get('/credit', (c) => {
    const outcome = entrance.enter(c.req.query('t') ?? '')
    if (outcome.refusal !== null) return turnAway(c, outcome.refusal)
    setCookie(c, SESSION_COOKIE, outcome.session.id, { httpOnly: true, sameSite: 'Lax', path: '/' })
    return c.redirect(`/${outcome.page}`, 303)
  })
  app.post('/mini/credit', async (c) => {
    const body = z.object({ t: z.string() }).safeParse(await c.req.json().catch(() => null))
    const outcome = entrance.enter(body.success ? body.data.t : '')
    if (outcome.refusal !== null) return c.json({ refusal: outcome.refusal }, JUMP_REFUSAL[outcome.refusal].status)
    return c.json({ page: outcome.page, session: outcome.session.id, returnTo: outcome.session.returnTo })
  })
}

/** A form from another site is not ours; a caller without an `Origin` is no browser. */
function refuseForeignForms(app: Hono): void {
  app.use('*', async (c, next) => {
    const origin = c.req.header('origin')
    if (c.req.method === 'POST' && origin !== undefined && origin !== new URL(c.req.url).origin) return c.text('', 403)
    await next()
    for (const [name, value] of Object.entries(SECURITY)) c.header(name, value)
    return undefined
  })
}

/** The bank's pages (bank.md §3.14): jump, application, account, family, and the demo's SMS outbox. */
export function createPagesApp(parts: PagesParts, entrance: Entrance): Hono {
  const app = new Hono()
  const style = readFileSync(new URL('./bank.css', import.meta.url), 'utf8')
  refuseForeignForms(app)
  app.get('/bank.css', (c) => c.body(style, 200, { 'content-type': 'text/css; charset=utf-8' }))
  addJumps(app, entrance)
  app.route('/', applyRoutes(parts))
  app.route('/', accountRoutes(parts))
  app.route('/', plansRoutes(parts))
  app.route('/', familyRoutes(parts))
  app.get(
    '/mini/back',
    guarded(parts, ({ session, show }) =>
      show(
        '返回小程序',
        html`<p class="card">
          演示：真实环境里会回到小程序 ${session.returnTo.appId}，页面 ${session.returnTo.path}。
        </p>`,
      ),
    ),
  )
  app.get('/sms', (c) => c.html(bankPage({ title: '演示短信', session: null }, smsList(parts.bank.sms()))))
  app.onError((_error, c) =>
    c.html(bankPage({ title: '暂时打不开', session: null }, html`<p class="card">请稍后再试。</p>`), 500),
  )
  app.notFound((c) =>
    c.html(
      bankPage({ title: '没有这个页面', session: null }, html`<p class="card">请从医院的小程序或公众号进入。</p>`),
      404,
    ),
  )
  return app
}
