import { Hono } from 'hono'
import { z } from 'zod'
import type { Hospital } from './hospital.ts'
import { refundItem, refundWish, type RefundRequest } from './refunds.ts'

const requestNo = z.string().regex(/^[A-Za-z0-9_-]{1,32}$/)
const view = ({ state, items, text, decidedBy }: RefundRequest) => ({ state, items, text, decidedBy })

/** Refund requests by the product's number; every POST may be repeated for ever and answers how the request stands. */
export function refundRoutes(hospital: Hospital): Hono {
  const app = new Hono()
  const { refunds, faults } = hospital
  app.get('/his/api/refunds/:no', faults.at('refundLook'), (c) => {
    const request = refunds.find(requestNo.parse(c.req.param('no')))
    return request ? c.json(view(request)) : c.json({ error: '没有这笔退费申请' }, 404)
  })
  app.post('/his/api/refunds/:no/ask', faults.at('refundAsk'), async (c) => {
    const wish = refundWish.parse(await c.req.json())
    return c.json(view(refunds.ask(requestNo.parse(c.req.param('no')), wish)))
  })
  app.post('/his/api/refunds/:no/withdraw', faults.at('refundWithdraw'), (c) =>
    c.json(view(refunds.withdraw(requestNo.parse(c.req.param('no'))))),
  )
  return app
}

const by = z.string().min(1).default('0815')
const decideAction = z.discriminatedUnion('decision', [
  z.strictObject({
    decision: z.literal('accepted'),
    requestNo,
    items: z.array(refundItem).optional(),
    text: z.string().optional(),
    by,
  }),
  z.strictObject({ decision: z.literal('declined'), requestNo, text: z.string().min(1), by }),
])
const ruleAction = z.strictObject({ upToFen: z.int().nonnegative() })

/** JSON twins of the page “退费审批”. */
export function refundActionRoutes({ refunds }: Hospital): Hono {
  const app = new Hono()
  app.get('/actions/refunds', (c) => c.json({ refunds: refunds.list(), ruleUpToFen: refunds.ruleUpToFen }))
  app.post('/actions/refund-rule', async (c) => {
    refunds.ruleUpToFen = ruleAction.parse(await c.req.json()).upToFen
    return c.json({ ruleUpToFen: refunds.ruleUpToFen })
  })
  app.post('/actions/refund-decide', async (c) => {
    const input = decideAction.parse(await c.req.json())
    const word =
      input.decision === 'declined'
        ? ({ is: 'declined', text: input.text, by: input.by } as const)
        : ({
            is: 'accepted',
            by: input.by,
            ...(input.items ? { items: input.items } : {}),
            ...(input.text === undefined ? {} : { text: input.text }),
          } as const)
    const answer = await refunds.decide(input.requestNo, word)
    return c.json({ request: refunds.find(input.requestNo), told: answer.kind })
  })
  return app
}
