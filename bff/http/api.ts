import { OpenAPIHono } from '@hono/zod-openapi'
import { Problem } from '@paycare/shared/contract'
import type { z } from 'zod'
import { problem } from './problem.ts'
import { Refusal } from './refusal.ts'

/** What the middleware has learned about a request. */
export interface ApiVariables {
  requestId: string
  /** The institution that signed a request of HIS. */
  institution: string
  /** The account that is signed in to the app. */
  accountId: string
}

export type ApiEnv = { Variables: ApiVariables }

/** A router whose invalid requests are answered as problems that point at the fault. */
export function createApi(): OpenAPIHono<ApiEnv> {
  return new OpenAPIHono<ApiEnv>({
    defaultHook: (result, c) => {
      if (result.success) return undefined
      const faults = result.error.issues.map((issue) => ({
        pointer: `#/${issue.path.map(String).join('/')}`,
        message: issue.code,
      }))
      return problem(422, 'REQUEST_INVALID', c.get('requestId'), faults)
    },
  })
}

/** A required JSON body. */
export function jsonBody<T extends z.ZodType>(schema: T) {
  return { required: true, content: { 'application/json': { schema } } } as const
}

/** The answers of a route: one success and the problem document. */
export function answers<T extends z.ZodType>(schema: T, description: string) {
  return {
    200: { description, content: { 'application/json': { schema } } },
    default: { description: '问题说明（RFC 9457）', content: { 'application/problem+json': { schema: Problem } } },
  } as const
}

/** The `Idempotency-Key` of a money route; absent is a refusal of its own. */
export function idempotencyKeyOf(header: string | undefined): string {
  const key = header?.trim().replace(/^"(.*)"$/, '$1')
  if (key === undefined || key === '' || key.length > 255) throw new Refusal(400, 'IDEMPOTENCY_KEY_MISSING')
  return key
}
