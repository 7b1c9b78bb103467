import { createRoute, z } from '@hono/zod-openapi'
import { Id, VisitDetail, VisitFees, Visits } from '@paycare/shared/contract'
import { paths } from '@paycare/shared/paths'
import type { AppContext } from '../../context.ts'
import { answers, createApi } from '../../http/api.ts'
import { sessionAuth } from '../account/index.ts'
import { listVisits, readVisit, readVisitFees } from './patient-view.ts'

const tags = ['app']
const visitParams = z.object({ visitId: Id })

/** A patient's visits, orders and fees. */
export function visitRoutes(x: AppContext) {
  const api = createApi()
  const guard = sessionAuth(x)
  api.use('/api/visits', guard)
  api.use('/api/visits/*', guard)
  api.openapi(
    createRoute({
      method: 'get',
      path: paths.listVisits[1],
      tags,
      request: { query: z.object({ cardId: Id, filter: z.enum(['open', 'all']).default('all') }) },
      responses: answers(Visits, '就诊列表'),
    }),
    async (c) => {
      const { cardId, filter } = c.req.valid('query')
      return c.json(await listVisits(x, c.get('accountId'), cardId, filter), 200)
    },
  )
  api.openapi(
    createRoute({
      method: 'get',
      path: paths.readVisit[1],
      tags,
      request: { params: visitParams },
      responses: answers(VisitDetail, '一次就诊'),
    }),
    async (c) => c.json(await readVisit(x, c.get('accountId'), c.req.valid('param').visitId), 200),
  )
  api.openapi(
    createRoute({
      method: 'get',
      path: paths.readVisitFees[1],
      tags,
      request: { params: visitParams },
      responses: answers(VisitFees, '费用明细'),
    }),
    async (c) => c.json(await readVisitFees(x, c.get('accountId'), c.req.valid('param').visitId), 200),
  )
  return api
}
