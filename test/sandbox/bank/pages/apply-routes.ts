import { Hono } from 'hono'
import { maskPhone } from '../identity.ts'
import { admit, decide } from '../desk/signup.ts'
import { consent, offer, outcome } from './apply-page.ts'
import { codeForm } from './layout.ts'
import { CODE_TEXT, NO_MORE_CODES } from './words.ts'
import { guarded, type PagesParts, type PageVisit } from './visit.ts'

const PHONE = /^1\d{10}$/
const CODE_PURPOSE = '开通“信用就医”'

const keyOf = (visit: PageVisit): string => `${visit.session.id}/apply`

function consentPage(visit: PageVisit, typed: { phone: string; wrong: string | null }): Response {
  const asksPhone = !visit.standing.customer?.phone
  const status = typed.wrong === null ? 200 : 422
  return visit.show('同意授权', consent(visit.hospital, asksPhone, typed), { back: '/apply', status })
}

async function agree(parts: PagesParts, visit: PageVisit): Promise<Response> {
  const phone = visit.standing.customer?.phone ?? (await visit.typed('phone'))
  if ((await visit.typed('agree')) !== 'yes') return consentPage(visit, { phone, wrong: '请先阅读并同意授权。' })
  if (!PHONE.test(phone)) return consentPage(visit, { phone, wrong: '请填写 11 位手机号码。' })
  if (!parts.codes.send(keyOf(visit), phone, CODE_PURPOSE)) return consentPage(visit, { phone, wrong: NO_MORE_CODES })
  admit(visit.desk, visit.session.visitor, phone)
  visit.session.agreed = true
  return visit.go('/apply/code')
}

function codePage(visit: PageVisit, wrong: string | null): Response {
  const phone = maskPhone(visit.standing.customer?.phone ?? '')
  const status = wrong === null ? 200 : 422
  return visit.show('短信验证', codeForm('/apply/code', phone, wrong), { back: '/apply/consent', status })
}

async function checkCode(parts: PagesParts, visit: PageVisit): Promise<Response> {
  const answer = parts.codes.check(keyOf(visit), await visit.typed('code'))
  if (answer !== 'right') return codePage(visit, CODE_TEXT[answer])
  visit.session.decision = decide(visit.desk, visit.session.visitor)
  visit.session.agreed = false
  return visit.go('/apply/result')
}

/** Apply → consent → code → signed or refused; each step sends back whoever has skipped the one before. */
export function applyRoutes(parts: PagesParts): Hono {
  const app = new Hono()
  const step = (needsConsent: boolean, handle: (visit: PageVisit) => Response | Promise<Response>) =>
    guarded(parts, (visit) => {
      if (visit.standing.kind !== 'unsigned') return visit.go('/account')
      return needsConsent && !visit.session.agreed ? visit.go('/apply') : handle(visit)
    })
  app.get(
    '/apply',
    step(false, (visit) => {
      const ended = visit.standing.customer?.signStatus === 'TERMINATED'
      return visit.show('开通“信用就医”', offer(visit.session.visitor.identity, visit.hospital, ended))
    }),
  )
  app.get(
    '/apply/consent',
    step(false, (visit) => consentPage(visit, { phone: '', wrong: null })),
  )
  app.post(
    '/apply/consent',
    step(false, (visit) => agree(parts, visit)),
  )
  app.get(
    '/apply/code',
    step(true, (visit) => codePage(visit, null)),
  )
  app.post(
    '/apply/code',
    step(true, (visit) => checkCode(parts, visit)),
  )
  app.post(
    '/apply/code/again',
    step(true, (visit) =>
      parts.codes.again(keyOf(visit)) ? visit.go('/apply/code', '新的验证码已发送。') : codePage(visit, NO_MORE_CODES),
    ),
  )
  app.get(
    '/apply/result',
    guarded(parts, (visit) => {
      const { decision } = visit.session
      return decision ? visit.show('申请结果', outcome(decision, visit.hospital)) : visit.go('/apply')
    }),
  )
  return app
}
