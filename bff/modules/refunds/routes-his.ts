import { createRoute, z } from '@hono/zod-openapi'
import {
  ApproveRefund,
  DecideRefund,
  HisAskRefund,
  hisExamples,
  HisMerchantBalance,
  HisNumber,
  HisRefund,
  HisRefunds,
  ResendRefund,
} from '@paycare/shared/contract'
import type { AppContext } from '../../context.ts'
import { answers, createApi, idempotencyKeyOf, jsonBody } from '../../http/api.ts'
import { hisRefund, hisRefunds } from './his-view.ts'
import { approveForHospital, askForHospital, decideForHospital } from './his.ts'
import { merchantBalance } from './merchant-balance.ts'
import { resendForHospital } from './resend.ts'

const tags = ['his']
const params = z.object({ refundNo: HisNumber.meta({ example: hisExamples.refundNo }) })
const keyName = 'idempotency-key'
const headers = z.object({ [keyName]: z.string().optional().openapi({ description: '资金请求必填' }) })

/** What HIS and its staff do about refunds. */
export function refundHisRoutes(x: AppContext) {
  const api = createApi()
  reads(x, api)
  decisions(x, api)
  sending(x, api)
  return api
}

type Api = ReturnType<typeof createApi>

function reads(x: AppContext, api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/his/v1/refunds',
      tags,
      request: { query: z.object({ state: z.enum(['waiting', 'open']).default('open') }) },
      responses: answers(HisRefunds, '未办结的退费；waiting 只列等待余额的'),
    }),
    async (c) => c.json(await hisRefunds(x, c.get('institution'), c.req.valid('query').state), 200),
  )
  api.openapi(
    createRoute({
      method: 'get',
      path: '/his/v1/refunds/{refundNo}',
      tags,
      request: { params },
      responses: answers(HisRefund, '一笔退费及每笔支付的退款状态'),
    }),
    async (c) => c.json(await hisRefund(x, c.get('institution'), c.req.valid('param').refundNo), 200),
  )
  api.openapi(
    createRoute({
      method: 'get',
      path: '/his/v1/merchant-balance',
      tags,
      responses: answers(HisMerchantBalance, '商户号在银行的实时余额'),
    }),
    async (c) => c.json(await merchantBalance(x, c.get('institution')), 200),
  )
}

function decisions(x: AppContext, api: Api): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/his/v1/refunds/{refundNo}/decision',
      tags,
      request: { params, headers, body: jsonBody(DecideRefund) },
      responses: answers(HisRefund, '医院对居民退费申请的答复'),
    }),
    async (c) => {
      const key = idempotencyKeyOf(c.req.header(keyName))
      const { refundNo } = c.req.valid('param')
      return c.json(await decideForHospital(x, c.get('institution'), refundNo, c.req.valid('json'), key), 200)
    },
  )
  api.openapi(
    createRoute({
      method: 'post',
      path: '/his/v1/refunds/{refundNo}/approval',
      tags,
      request: { params, headers, body: jsonBody(ApproveRefund) },
      responses: answers(HisRefund, '大额退费的第二人复核'),
    }),
    async (c) => {
      const key = idempotencyKeyOf(c.req.header(keyName))
      const { refundNo } = c.req.valid('param')
      return c.json(await approveForHospital(x, c.get('institution'), refundNo, c.req.valid('json'), key), 200)
    },
  )
}

function sending(x: AppContext, api: Api): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/his/v1/refunds',
      tags,
      request: { headers, body: jsonBody(HisAskRefund) },
      responses: answers(HisRefund, '医院发起退费，已确认事项和金额'),
    }),
    async (c) => {
      const key = idempotencyKeyOf(c.req.header(keyName))
      return c.json(await askForHospital(x, c.get('institution'), c.req.valid('json'), key), 200)
    },
  )
  api.openapi(
    createRoute({
      method: 'post',
      path: '/his/v1/refunds/{refundNo}/resend',
      tags,
      request: { params, headers, body: jsonBody(ResendRefund) },
      responses: answers(HisRefund, '余额不足的退款次日起重新发起'),
    }),
    async (c) => {
      const key = idempotencyKeyOf(c.req.header(keyName))
      const { refundNo } = c.req.valid('param')
      return c.json(await resendForHospital(x, c.get('institution'), refundNo, c.req.valid('json'), key), 200)
    },
  )
}
