import { createRoute, z } from '@hono/zod-openapi'
import { Home, Id } from '@paycare/shared/contract'
import { paths } from '@paycare/shared/paths'
import type { AppContext } from '../../context.ts'
import { answers, createApi } from '../../http/api.ts'
import { sessionAuth } from '../account/index.ts'
import { home } from './next-cards.ts'

/** What the home page shows for one card. */
export function homeRoutes(x: AppContext) {
  const api = createApi()
  api.use('/api/home', sessionAuth(x))
  api.openapi(
    createRoute({
      method: 'get',
      path: paths.readHome[1],
      tags: ['app'],
      request: { query: z.object({ cardId: Id }) },
      responses: answers(Home, '首页'),
    }),
    async (c) => c.json(await home(x, c.get('accountId'), c.req.valid('query').cardId), 200),
  )
  return api
}
