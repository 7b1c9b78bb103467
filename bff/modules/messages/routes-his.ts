import { createRoute, z } from '@hono/zod-openapi'
import { HisDeliveries, hisExamples, HisDelivery } from '@paycare/shared/contract'
import type { AppContext } from '../../context.ts'
import { answers, createApi } from '../../http/api.ts'
import { listDeliveries, redeliver } from './his-view.ts'

const tags = ['his']
const from = z.object({
  since: z.coerce
    .number()
    .int()
    .nonnegative()
    .optional()
    .openapi({ description: '从这一时刻起，Unix 毫秒', example: 0 }),
  after: z.string().optional().openapi({ description: '上一页答复的 next' }),
})
const params = z.object({ id: z.string().max(96).openapi({ example: hisExamples.deliveryId }) })

/** What HIS is told of changes, for a HIS that asks, and told again on request. */
export function messageHisRoutes(x: AppContext) {
  const api = createApi()
  api.openapi(
    createRoute({
      method: 'get',
      path: '/his/v1/deliveries',
      tags,
      request: { query: from },
      responses: answers(HisDeliveries, '变更消息，按时间先后，每页 200 条'),
    }),
    async (c) => c.json(await listDeliveries(x, c.get('institution'), c.req.valid('query')), 200),
  )
  api.openapi(
    createRoute({
      method: 'post',
      path: '/his/v1/deliveries/{id}/redeliver',
      tags,
      request: { params },
      responses: answers(HisDelivery, '再发一次'),
    }),
    async (c) => c.json(await redeliver(x, c.get('institution'), c.req.valid('param').id), 200),
  )
  return api
}
