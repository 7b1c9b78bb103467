import { createRoute, z } from '@hono/zod-openapi'
import {
  AgreeToCredit,
  AskCreditStatus,
  CreditJump,
  CreditStatus,
  HisCreditStatus,
  OpenCreditJump,
} from '@paycare/shared/contract'
import { paths } from '@paycare/shared/paths'
import type { AppContext } from '../../context.ts'
import { answers, createApi, jsonBody } from '../../http/api.ts'
import { sessionAuth } from '../account/index.ts'
import { openJump } from './jump.ts'
import { agreeToCredit, creditStatus, hisCreditStatus } from './status.ts'

/** The patient's side of “信用就医”. */
export function creditRoutes(x: AppContext) {
  const api = createApi()
  api.use('/api/credit/*', sessionAuth(x))
  api.openapi(
    createRoute({
      method: 'get',
      path: paths.readCreditStatus[1],
      tags: ['app'],
      request: { query: z.object({ cardId: z.string().min(1) }) },
      responses: answers(CreditStatus, '“信用就医”签约状态，按本次查询时银行的答复'),
    }),
    async (c) => c.json(await creditStatus(x, c.get('accountId'), c.req.valid('query').cardId), 200),
  )
  api.openapi(
    createRoute({
      method: 'post',
      path: paths.agreeToCredit[1],
      tags: ['app'],
      request: { body: jsonBody(AgreeToCredit) },
      responses: answers(CreditStatus, '同意授权后的签约状态'),
    }),
    async (c) => c.json(await agreeToCredit(x, c.get('accountId'), c.req.valid('json')), 200),
  )
  api.openapi(
    createRoute({
      method: 'post',
      path: paths.openCreditJump[1],
      tags: ['app'],
      request: { body: jsonBody(OpenCreditJump) },
      responses: answers(CreditJump, '前往银行“信用就医”页面所需的信息，一次有效，五分钟内使用'),
    }),
    async (c) => {
      c.header('cache-control', 'no-store')
      return c.json(await openJump(x, c.get('accountId'), c.req.valid('json')), 200)
    },
  )
  return api
}

/** The window's side. */
export function creditHisRoutes(x: AppContext) {
  const api = createApi()
  api.openapi(
    createRoute({
      method: 'post',
      path: '/his/v1/credit-status',
      tags: ['his'],
      request: { body: jsonBody(AskCreditStatus) },
      responses: answers(HisCreditStatus, '签约状态、标记与窗口提示语'),
    }),
    async (c) => c.json(await hisCreditStatus(x, c.get('institution'), c.req.valid('json')), 200),
  )
  return api
}
