import { createRoute, z } from '@hono/zod-openapi'
import { OperationAnswer } from '@paycare/shared/contract'
import { paths } from '@paycare/shared/paths'
import type { AppContext } from '../../context.ts'
import { answers, createApi } from '../../http/api.ts'
import { subjectOfActor } from '../../http/idempotency.ts'
import { sessionAuth } from '../account/index.ts'
import { isRefundRequestId } from '../refunds/index.ts'
import { registrationById } from '../registrations/index.ts'

/** What became of a request whose answer the app never saw, by its key. */
export function operationRoutes(x: AppContext) {
  const api = createApi()
  api.use('/api/operations/*', sessionAuth(x))
  api.openapi(
    createRoute({
      method: 'get',
      path: paths.readOperation[1],
      tags: ['app'],
      request: { params: z.object({ key: z.string().min(1).max(255) }) },
      responses: answers(OperationAnswer, '按 Idempotency-Key 查一次操作的结果'),
    }),
    async (c) => c.json(await answerOf(x, c.get('accountId'), c.req.valid('param').key), 200),
  )
  return api
}

async function answerOf(x: AppContext, accountId: string, key: string): Promise<OperationAnswer> {
  const subject = await x.store.read(() => subjectOfActor(accountId, key))
  if (subject === undefined) return { found: false, registrationId: null, refundId: null }
  if (isRefundRequestId(subject)) return { found: true, registrationId: null, refundId: subject }
  const known = await registrationById(x, subject)
  return { found: true, registrationId: known?.id ?? null, refundId: null }
}
