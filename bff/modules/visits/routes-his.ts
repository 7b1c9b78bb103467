import { createRoute, z } from '@hono/zod-openapi'
import {
  CancelOrder,
  FinishVisit,
  hisExamples,
  HisNumber,
  HisOrderAnswer,
  HisVisit,
  StartVisit,
  SubmitOrder,
} from '@paycare/shared/contract'
import type { AppContext } from '../../context.ts'
import { answers, createApi, idempotencyKeyOf, jsonBody } from '../../http/api.ts'
import { cancelOrder } from './cancel-order.ts'
import { finishVisit } from './finish.ts'
import { hisVisit } from './his-view.ts'
import { startVisit } from './start.ts'
import { submitOrder } from './submit-order.ts'

const visitNo = HisNumber.meta({ example: hisExamples.visitNo })
const visitParams = z.object({ visitNo })
const orderParams = z.object({ visitNo, orderNo: HisNumber.meta({ example: hisExamples.cancelledOrderNo }) })
const keyHeader = z.object({ 'idempotency-key': z.string().optional().openapi({ description: '资金请求必填' }) })
const tags = ['his']

/** What HIS tells about visits, and reads back. */
export function visitHisRoutes(x: AppContext) {
  const api = createApi()
  api.openapi(
    createRoute({
      method: 'post',
      path: '/his/v1/visits',
      tags,
      request: { body: jsonBody(StartVisit) },
      responses: answers(HisVisit, '开始就诊'),
    }),
    async (c) => c.json(await startVisit(x, c.get('institution'), c.req.valid('json')), 200),
  )
  api.openapi(
    createRoute({
      method: 'get',
      path: '/his/v1/visits/{visitNo}',
      tags,
      request: { params: visitParams },
      responses: answers(HisVisit, '就诊及每笔支付的当前状态'),
    }),
    async (c) => c.json(await hisVisit(x, c.get('institution'), c.req.valid('param').visitNo), 200),
  )
  api.openapi(
    createRoute({
      method: 'post',
      path: '/his/v1/visits/{visitNo}/orders',
      tags,
      request: { params: visitParams, headers: keyHeader, body: jsonBody(SubmitOrder) },
      responses: answers(HisOrderAnswer, '开单即锁额'),
    }),
    async (c) => {
      const key = idempotencyKeyOf(c.req.header('idempotency-key'))
      return c.json(
        await submitOrder(x, c.get('institution'), c.req.valid('param').visitNo, c.req.valid('json'), key),
        200,
      )
    },
  )
  orderChanges(x, api)
  return api
}

function orderChanges(x: AppContext, api: ReturnType<typeof createApi>): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/his/v1/visits/{visitNo}/orders/{orderNo}/cancel',
      tags,
      request: { params: orderParams, headers: keyHeader, body: jsonBody(CancelOrder) },
      responses: answers(HisOrderAnswer, '作废医嘱单，释放额度'),
    }),
    async (c) => {
      const key = idempotencyKeyOf(c.req.header('idempotency-key'))
      const { visitNo, orderNo } = c.req.valid('param')
      return c.json(await cancelOrder(x, c.get('institution'), visitNo, orderNo, key), 200)
    },
  )
  api.openapi(
    createRoute({
      method: 'post',
      path: '/his/v1/visits/{visitNo}/finish',
      tags,
      request: { params: visitParams, headers: keyHeader, body: jsonBody(FinishVisit) },
      responses: answers(HisVisit, '结束就诊，按实际金额一笔扣除'),
    }),
    async (c) => {
      const key = idempotencyKeyOf(c.req.header('idempotency-key'))
      return c.json(
        await finishVisit(x, c.get('institution'), c.req.valid('param').visitNo, c.req.valid('json'), key),
        200,
      )
    },
  )
}
