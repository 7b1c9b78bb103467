import type { MiddlewareHandler } from 'hono'
import type { ApiEnv } from './api.ts'
import type { HisTokens } from './his-token.ts'
import { Refusal } from './refusal.ts'

/** Lets a request in when an institution signed it, and says which. */
export function hisAuth(tokens: HisTokens): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const [scheme, token] = (c.req.header('authorization') ?? '').split(' ')
    if (scheme?.toLowerCase() !== 'bearer' || !token) throw new Refusal(401, 'HIS_TOKEN_INVALID', 'no token')
    c.set('institution', await tokens.institutionOf(token))
    await next()
  }
}
