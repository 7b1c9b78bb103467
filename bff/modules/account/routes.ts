import { createRoute } from '@hono/zod-openapi'
import { BindCard, Card, Cards, Institutions, OpenedSession, OpenSession, Session } from '@paycare/shared/contract'
import { paths, signInPath } from '@paycare/shared/paths'
import { getCookie, setCookie, deleteCookie } from 'hono/cookie'
import type { AppContext } from '../../context.ts'
import { answers, createApi, jsonBody } from '../../http/api.ts'
import { Refusal } from '../../http/refusal.ts'
import { newId } from '../../ports/ids.ts'
import { bindCard, listCards } from './cards.ts'
import { consentRoutes } from './routes-consents.ts'
import { giveCookie, sessionAuth, takeCookie, tokenOf } from './session-cookie.ts'
import { closeSession, openSession, readSession } from './sessions.ts'

const tripCookie = 'paycare_sign_in'
const tripLifeS = 600
const callbackPath = '/api/session/callback'
/** A path of the app itself: one slash at the start, nothing that a browser could read as another host. */
const appPath = /^\/(?![/\\])[\w\-./?=&%]*$/

/** Sign-in, session, patient cards, agreements, and the hospitals to choose from. */
export function accountRoutes(x: AppContext) {
  const api = createApi()
  signIn(x, api)
  const [, sessionPath] = paths.readSession
  api.openapi(
    createRoute({
      method: 'post',
      path: sessionPath,
      tags: ['app'],
      request: { body: jsonBody(OpenSession) },
      responses: answers(OpenedSession, '微信小程序登录'),
    }),
    async (c) => {
      const { token, expiresAtMs } = await openSession(x, c.req.valid('json').code, 'weapp')
      return c.json({ token, expiresAtMs }, 200)
    },
  )
  api.openapi(
    createRoute({ method: 'get', path: sessionPath, tags: ['app'], responses: answers(Session, '当前会话与就诊卡') }),
    async (c) => {
      const token = tokenOf(c)
      const session = token === undefined ? undefined : await readSession(x, token)
      if (!session) throw new Refusal(401, 'SESSION_REQUIRED')
      const cards = (await listCards(x, session.accountId)).map((one) => one.view)
      return c.json({ cards, expiresAtMs: session.expiresAtMs, nowMs: x.clock.now() }, 200)
    },
  )
  api.openapi(
    createRoute({
      method: 'delete',
      path: sessionPath,
      tags: ['app'],
      responses: { 204: { description: '已退出登录' } },
    }),
    async (c) => {
      const token = tokenOf(c)
      const session = token === undefined ? undefined : await readSession(x, token)
      if (session) await closeSession(x, session.sessionId)
      takeCookie(c)
      return c.body(null, 204)
    },
  )
  cardRoutes(x, api)
  institutionRoute(x, api)
  api.route('/', consentRoutes(x))
  return api
}

function cardRoutes(x: AppContext, api: ReturnType<typeof createApi>): void {
  const [, cardsPath] = paths.listCards
  api.use(cardsPath, sessionAuth(x))
  api.openapi(
    createRoute({ method: 'get', path: cardsPath, tags: ['app'], responses: answers(Cards, '就诊卡') }),
    async (c) => c.json({ cards: (await listCards(x, c.get('accountId'))).map((one) => one.view) }, 200),
  )
  api.openapi(
    createRoute({
      method: 'post',
      path: cardsPath,
      tags: ['app'],
      request: { body: jsonBody(BindCard) },
      responses: answers(Card, '绑定就诊卡'),
    }),
    async (c) => c.json((await bindCard(x, c.get('accountId'), c.req.valid('json'))).view, 200),
  )
}

/** Public: which hospitals there are is no secret, and who binds the first card has none to go by. */
function institutionRoute(x: AppContext, api: ReturnType<typeof createApi>): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: paths.listInstitutions[1],
      tags: ['app'],
      responses: answers(Institutions, '可选择的医院'),
    }),
    (c) => {
      const institutions = x.config.institutions.map(({ id, name, phone, hours }) => ({ id, name, phone, hours }))
      return c.json({ institutions }, 200)
    },
  )
}

/** H5: leaves for WeChat's page and comes back here, so that no token is ever in the page's JavaScript. */
function signIn(x: AppContext, api: ReturnType<typeof createApi>): void {
  api.get(signInPath, async (c) => {
    const wanted = c.req.query('return') ?? '/'
    const state = newId(x.random, 'trip')
    const trip = await x.sessions.sign(
      { state, back: appPath.test(wanted) ? wanted : '/' },
      x.clock.now() + tripLifeS * 1000,
    )
    setCookie(c, tripCookie, trip, { httpOnly: true, sameSite: 'Lax', path: '/', maxAge: tripLifeS })
    return c.redirect(x.wechat.authorizeUrl(`${x.config.publicUrl}${callbackPath}`, state), 302)
  })
  api.get(callbackPath, async (c) => {
    const trip = getCookie(c, tripCookie) ?? ''
    deleteCookie(c, tripCookie, { path: '/' })
    const state = await x.sessions.read(trip, 'state')
    if (state === undefined || state !== c.req.query('state'))
      throw new Refusal(401, 'SESSION_CODE_INVALID', 'other trip')
    const { token, expiresAtMs } = await openSession(x, c.req.query('code') ?? '', 'h5')
    giveCookie(x, c, token, expiresAtMs)
    return c.redirect((await x.sessions.read(trip, 'back')) ?? '/', 302)
  })
}
