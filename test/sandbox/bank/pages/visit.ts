import type { Context, Handler } from 'hono'
import { getCookie } from 'hono/cookie'
import { html, type Markup } from '../../markup.ts'
import type { Bank } from '../bank.ts'
import { standingOf, type DeskParts, type Standing } from '../desk/parts.ts'
import type { SmsCodes } from '../sms-codes.ts'
import { bankPage } from './layout.ts'
import type { PageSession, Sessions } from './sessions.ts'

/** Name of the session cookie; its value says nothing about anybody. */
export const SESSION_COOKIE = 'bank_session'

/** What the routes share. */
export interface PagesParts {
  readonly bank: Bank
  readonly sessions: Sessions
  readonly codes: SmsCodes
}

/** One request of somebody who is known here. */
export interface PageVisit {
  readonly c: Context
  readonly session: PageSession
  readonly desk: DeskParts
  readonly standing: Standing
  readonly hospital: string
  /** Renders a page with banner and way back to the hospital. */
  show(title: string, body: Markup, options?: { back?: string; status?: 200 | 404 | 422 }): Response
  /** After a form: goes on with a page that can be reloaded. */
  go(path: string, notice?: string): Response
  /** A text field of the form that was sent; empty when missing. */
  typed(name: string): Promise<string>
}

const EXPIRED = html`<p class="card">
  为了您的安全，停留太久或没有从医院进入时，页面会失效。请回到医院的小程序或公众号，重新点“信用就医”。
</p>`

function visitOf(parts: PagesParts, c: Context, session: PageSession): PageVisit {
  const desk = parts.bank.desk()
  const { identity, merPtcId } = session.visitor
  const hospital = desk.core.merchants.nameOf(merPtcId)
  return {
    c,
    session,
    desk,
    hospital,
    standing: standingOf(desk.core, identity.certNo),
    show: (title, body, { back, status = 200 } = {}) =>
      new Response(bankPage({ title, session, hospital, ...(back ? { back } : {}) }, body), {
        status,
        headers: { 'content-type': 'text/html; charset=utf-8' },
      }),
    go(path, notice) {
      if (notice) session.notice = notice
      return c.redirect(path, 303)
    },
    async typed(name) {
      const value = (await c.req.parseBody())[name]
      return typeof value === 'string' ? value.trim() : ''
    },
  }
}

/** A handler for people who came through a jump; anybody else reads that the page has expired. */
export function guarded(parts: PagesParts, handle: (visit: PageVisit) => Response | Promise<Response>): Handler {
  return (c) => {
    const session = parts.sessions.find(getCookie(c, SESSION_COOKIE) ?? '')
    if (!session) return c.html(bankPage({ title: '页面已失效', session: null }, EXPIRED), 401)
    return handle(visitOf(parts, c, session))
  }
}

type Principal = Extract<Standing, { kind: 'principal' }>

/** For whoever owns a quota: a sharer is sent to its own account, anybody else to apply. */
export function principalOnly(
  parts: PagesParts,
  handle: (visit: PageVisit, principal: Principal) => Response | Promise<Response>,
): Handler {
  return guarded(parts, (visit) => {
    if (visit.standing.kind === 'principal') return handle(visit, visit.standing)
    return visit.go(visit.standing.kind === 'sharer' ? '/account' : '/apply')
  })
}
