import { Hono } from 'hono'
import { typedFen, yuan } from '../../markup.ts'
import { accountView, openAmounts, repay, terminate } from '../desk/account.ts'
import { usesOf } from '../desk/family.ts'
import type { Standing } from '../desk/parts.ts'
import { endedPage, principalAccount, repayForm, sharerAccount, terminateForm, usesList } from './account-page.ts'
import { guarded, principalOnly, type PagesParts, type PageVisit } from './visit.ts'

type Principal = Extract<Standing, { kind: 'principal' }>

function repayPage(visit: PageVisit, principal: Principal, typed: string | null, wrong: string | null): Response {
  const view = accountView(visit.desk.core, principal.accountNo)
  const status = wrong === null ? 200 : 422
  return visit.show('还款', repayForm(view, principal.customer.quotaStatus, visit.session.repayTicket, typed, wrong), {
    back: '/account',
    status,
  })
}

async function repayNow(parts: PagesParts, visit: PageVisit, principal: Principal): Promise<Response> {
  if ((await visit.typed('ticket')) !== visit.session.repayTicket)
    return visit.go('/account', '这笔还款已经处理，没有重复还款。')
  const typed = await visit.typed('amount')
  const fen = typedFen(typed)
  if (fen === null) return repayPage(visit, principal, typed, '请填写金额，例如 100.00。')
  if (!repay(visit.desk, principal, fen))
    return repayPage(visit, principal, typed, '金额要大于 0，且不超过现在可还的金额。')
  visit.session.repayTicket = parts.sessions.ticket()
  return visit.go('/account', `已还款 ${yuan(fen)}，额度已恢复。`)
}

function terminatePage(visit: PageVisit, { accountNo, customer }: Principal, wrong: string | null): Response {
  const { core } = visit.desk
  const sharers = core.people.sharersOf(customer).length
  const body = terminateForm(openAmounts(core, accountNo), sharers, wrong)
  return visit.show('解约', body, { back: '/account', status: wrong === null ? 200 : 422 })
}

async function terminateNow(visit: PageVisit, principal: Principal): Promise<Response> {
  if ((await visit.typed('agree')) !== 'yes') return terminatePage(visit, principal, '请先确认解约。')
  return terminate(visit.desk, visit.session.visitor)
    ? visit.go('/ended')
    : terminatePage(visit, principal, '结清后才能解约。')
}

/** Quota, repayment, termination and 额度使用详情; whoever is not signed is sent to apply, a sharer to its own view. */
export function accountRoutes(parts: PagesParts): Hono {
  const app = new Hono()
  app.get(
    '/account',
    guarded(parts, (visit) => {
      const { standing, desk } = visit
      if (standing.kind === 'unsigned') return visit.go('/apply')
      if (standing.kind === 'sharer') return visit.show('我的“信用就医”', sharerAccount(standing.principal))
      return visit.show(
        '我的“信用就医”',
        principalAccount(accountView(desk.core, standing.accountNo), standing.customer),
      )
    }),
  )
  app.get(
    '/uses',
    guarded(parts, ({ standing, desk, show, go }) => {
      if (standing.kind === 'unsigned') return go('/apply')
      return show('额度使用详情', usesList(usesOf(desk.core, standing), standing.kind === 'principal'), {
        back: '/account',
      })
    }),
  )
  app.get(
    '/repay',
    principalOnly(parts, (visit, principal) => repayPage(visit, principal, null, null)),
  )
  app.post(
    '/repay',
    principalOnly(parts, (visit, principal) => repayNow(parts, visit, principal)),
  )
  app.get(
    '/terminate',
    principalOnly(parts, (visit, principal) => terminatePage(visit, principal, null)),
  )
  app.post('/terminate', principalOnly(parts, terminateNow))
  app.get(
    '/ended',
    guarded(parts, (visit) =>
      visit.standing.kind === 'unsigned' ? visit.show('解约', endedPage) : visit.go('/account'),
    ),
  )
  return app
}
