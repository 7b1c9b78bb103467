import { createRoute, z } from '@hono/zod-openapi'
import { Id, PaymentDetail } from '@paycare/shared/contract'
import { paths } from '@paycare/shared/paths'
import type { AppContext } from '../../context.ts'
import { answers, createApi } from '../../http/api.ts'
import { sessionAuth } from '../account/index.ts'
import { paymentDetail } from './detail.ts'

/** One payment, in whatever state it is. */
export function paymentRoutes(x: AppContext) {
  const api = createApi()
  api.use('/api/payments/*', sessionAuth(x))
  api.openapi(
    createRoute({
      method: 'get',
      path: paths.readPayment[1],
      tags: ['app'],
      request: { params: z.object({ paymentId: Id }) },
      responses: answers(PaymentDetail, '一笔支付的当前状态'),
    }),
    async (c) => c.json(await paymentDetail(x, c.get('accountId'), c.req.valid('param').paymentId), 200),
  )
  return api
}
