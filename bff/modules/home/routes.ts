import { createRoute, z } from '@hono/zod-openapi'
import { Home, Id } from '@paycare/shared/contract'
import { paths } from '@paycare/shared/paths'
import type { Context } from 'hono'
import type { AppContext } from '../../context.ts'
import { answers, createApi } from '../../http/api.ts'
import { isNobody, sessionAuth } from '../account/index.ts'
import { home, nobodysHome } from './next-cards.ts'

/**
 * Asked for by the page itself before any script runs, when nobody knows yet who is there: a stranger who names no card gets an empty
 * page, not a refusal. A card that is named, and a session that is over, are refused as everywhere.
 */
const isStranger = (c: Context): boolean => c.req.query('cardId') === undefined && isNobody(c)

/** What the home page shows for one card. */
export function homeRoutes(x: AppContext) {
  const api = createApi()
  const auth = sessionAuth(x)
  api.use('/api/home', (c, next) => (isStranger(c) ? next() : auth(c, next)))
  api.openapi(
    createRoute({
      method: 'get',
      path: paths.readHome[1],
      tags: ['app'],
      request: { query: z.object({ cardId: Id.optional() }) },
      responses: answers(Home, '首页；不给 cardId 时为账号的第一张就诊卡'),
    }),
    async (c) => {
      if (isStranger(c)) return c.json(nobodysHome(x), 200)
      return c.json(await home(x, c.get('accountId'), c.req.valid('query').cardId), 200)
    },
  )
  return api
}
