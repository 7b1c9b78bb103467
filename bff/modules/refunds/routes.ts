import { createRoute, z } from '@hono/zod-openapi'
import { AskRefund, Id, RefundDetail, RefundOptions, Refunds } from '@paycare/shared/contract'
import { keyHeader, paths } from '@paycare/shared/paths'
import type { AppContext } from '../../context.ts'
import { answers, createApi, idempotencyKeyOf, jsonBody } from '../../http/api.ts'
import { sessionAuth } from '../account/index.ts'
import { askRefund } from './ask.ts'
import { lookSooner } from './look.ts'
import { readRefundOptions } from './options.ts'
import { ownRequest } from './own.ts'
import { listRefunds, pageOf } from './read.ts'
import { withdrawRefund } from './withdraw.ts'

const tags = ['app']
const params = z.object({ refundId: Id })
const headers = z.object({ [keyHeader]: z.string().optional().openapi({ description: '资金请求必填' }) })

/** The patient's side of refunds: what can be asked for, the request, and how it stands. */
export function refundRoutes(x: AppContext) {
  const api = createApi()
  const guard = sessionAuth(x)
  for (const path of ['/api/refund-options', '/api/refunds', '/api/refunds/*']) api.use(path, guard)
  reads(x, api)
  changes(x, api)
  return api
}

type Api = ReturnType<typeof createApi>

function reads(x: AppContext, api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: paths.readRefundOptions[1],
      tags,
      request: { query: z.object({ kind: z.enum(['visit', 'registration']), id: Id }) },
      responses: answers(RefundOptions, '可申请退费的项目'),
    }),
    async (c) => c.json(await readRefundOptions(x, c.get('accountId'), c.req.valid('query')), 200),
  )
  api.openapi(
    createRoute({
      method: 'get',
      path: paths.listRefunds[1],
      tags,
      request: { query: z.object({ cardId: Id }) },
      responses: answers(Refunds, '退费记录'),
    }),
    async (c) => c.json(await listRefunds(x, c.get('accountId'), c.req.valid('query').cardId), 200),
  )
  api.openapi(
    createRoute({
      method: 'get',
      path: paths.readRefund[1],
      tags,
      request: { params },
      responses: answers(RefundDetail, '一笔退费的当前状态'),
    }),
    async (c) => {
      const { request, card } = await ownRequest(x, c.get('accountId'), c.req.valid('param').refundId)
      await lookSooner(x, request)
      return c.json(await pageOf(x, request, card), 200)
    },
  )
}

function changes(x: AppContext, api: Api): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: paths.askRefund[1],
      tags,
      request: { headers, body: jsonBody(AskRefund) },
      responses: answers(RefundDetail, '申请退费'),
    }),
    async (c) => {
      const key = idempotencyKeyOf(c.req.header(keyHeader))
      return c.json(await askRefund(x, c.get('accountId'), c.req.valid('json'), key), 200)
    },
  )
  api.openapi(
    createRoute({
      method: 'post',
      path: paths.withdrawRefund[1],
      tags,
      request: { params, headers },
      responses: answers(RefundDetail, '撤回退费申请'),
    }),
    async (c) => {
      const key = idempotencyKeyOf(c.req.header(keyHeader))
      return c.json(await withdrawRefund(x, c.get('accountId'), c.req.valid('param').refundId, key), 200)
    },
  )
}
