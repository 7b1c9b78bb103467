import { createRoute, z } from '@hono/zod-openapi'
import { Consents } from '@paycare/shared/contract'
import { paths } from '@paycare/shared/paths'
import type { AppContext } from '../../context.ts'
import { answers, createApi } from '../../http/api.ts'
import { listConsents, withdraw } from './consents.ts'
import { sessionAuth } from './session-cookie.ts'

/** What the account has agreed to, and taking it back. */
export function consentRoutes(x: AppContext) {
  const api = createApi()
  const [, listPath] = paths.listConsents
  const [, withdrawPath] = paths.withdrawConsent
  api.use(listPath, sessionAuth(x))
  api.use(`${listPath}/*`, sessionAuth(x))
  api.openapi(
    createRoute({ method: 'get', path: listPath, tags: ['app'], responses: answers(Consents, '授权记录，新的在前') }),
    async (c) => c.json(await listConsents(x, c.get('accountId')), 200),
  )
  api.openapi(
    createRoute({
      method: 'post',
      path: withdrawPath,
      tags: ['app'],
      request: { params: z.object({ consentId: z.string().min(1) }) },
      responses: answers(Consents, '撤回授权后的授权记录'),
    }),
    async (c) => {
      await withdraw(x, c.get('accountId'), c.req.valid('param').consentId)
      return c.json(await listConsents(x, c.get('accountId')), 200)
    },
  )
  return api
}
