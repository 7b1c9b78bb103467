import { guardHeader } from '@paycare/shared/paths'
import type { Context, MiddlewareHandler } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { AppContext } from '../../context.ts'
import type { ApiEnv } from '../../http/api.ts'
import { Refusal } from '../../http/refusal.ts'
import { readSession } from './sessions.ts'

const cookieName = 'paycare_session'

export function giveCookie(x: AppContext, c: Context, token: string, expiresAtMs: number): void {
  setCookie(c, cookieName, token, {
    httpOnly: true,
    sameSite: 'Lax',
    secure: x.config.publicUrl.startsWith('https:'),
    path: '/',
    // A length and not an instant: a phone whose clock is wrong keeps its session all the same.
    maxAge: Math.floor((expiresAtMs - x.clock.now()) / 1000),
  })
}

export function takeCookie(c: Context): void {
  deleteCookie(c, cookieName, { path: '/' })
}

/** The token of a request: a bearer token in WeChat, a cookie in H5. A cookie that would change something needs the guard header. */
export function tokenOf(c: Context): string | undefined {
  const [scheme, bearer] = (c.req.header('authorization') ?? '').split(' ')
  if (scheme?.toLowerCase() === 'bearer' && bearer) return bearer
  const cookie = getCookie(c, cookieName)
  if (cookie !== undefined && c.req.method !== 'GET' && c.req.header(guardHeader.name) !== guardHeader.value) {
    throw new Refusal(403, 'SESSION_FORGED')
  }
  return cookie
}

/** Whether a request does not even claim to be somebody's. */
export const isNobody = (c: Context): boolean => tokenOf(c) === undefined

/** Lets a signed-in account in, and says which. */
export function sessionAuth(x: AppContext): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const token = tokenOf(c)
    const session = token === undefined ? undefined : await readSession(x, token)
    if (!session) throw new Refusal(401, 'SESSION_REQUIRED')
    c.set('accountId', session.accountId)
    await next()
  }
}
