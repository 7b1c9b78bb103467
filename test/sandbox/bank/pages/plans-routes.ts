import { Hono } from 'hono'
import { date8 } from '../../day.ts'
import { yuan } from '../../markup.ts'
import { settlementOf, type Plan } from '../debts/plan.ts'
import { settleEarly } from '../desk/account.ts'
import type { Standing } from '../desk/parts.ts'
import { plansPage, settleForm } from './plans-page.ts'
import { principalOnly, type PagesParts, type PageVisit } from './visit.ts'

type Principal = Extract<Standing, { kind: 'principal' }>

const ENDED = '这笔分期已经结清。'

const today = ({ desk }: PageVisit): string => date8(desk.core.clock.now())

function planOf(visit: PageVisit, { accountNo }: Principal): Plan | null {
  const planNo = visit.c.req.param('planNo')
  return visit.desk.core.debts.account(accountNo).plans.find((plan) => plan.planNo === planNo) ?? null
}

function askToSettle(visit: PageVisit, principal: Principal): Response {
  const plan = planOf(visit, principal)
  const cost = plan && settlementOf(plan, today(visit))
  if (!plan || !cost || cost.principalFen + cost.interestFen === 0) return visit.go('/plans', ENDED)
  return visit.show('提前结清', settleForm(plan, cost, visit.session.repayTicket), { back: '/plans' })
}

async function settleNow(parts: PagesParts, visit: PageVisit, principal: Principal): Promise<Response> {
  if ((await visit.typed('ticket')) !== visit.session.repayTicket)
    return visit.go('/plans', '这笔还款已经处理，没有重复还款。')
  const paidFen = settleEarly(visit.desk, principal, planOf(visit, principal)?.planNo ?? '')
  if (paidFen === null) return visit.go('/plans', ENDED)
  visit.session.repayTicket = parts.sessions.ticket()
  return visit.go('/plans', `已提前结清 ${yuan(paidFen)}，额度已恢复。`)
}

/** Bills, instalments and their early settlement, for the principal alone: a sharer owes nothing (C 二（二）4, 二（三）). */
export function plansRoutes(parts: PagesParts): Hono {
  const app = new Hono()
  app.get(
    '/plans',
    principalOnly(parts, (visit, { accountNo }) =>
      visit.show('账单与分期', plansPage(visit.desk.core.debts.account(accountNo), today(visit)), { back: '/account' }),
    ),
  )
  app.get('/settle/:planNo', principalOnly(parts, askToSettle))
  app.post(
    '/settle/:planNo',
    principalOnly(parts, (visit, principal) => settleNow(parts, visit, principal)),
  )
  return app
}
