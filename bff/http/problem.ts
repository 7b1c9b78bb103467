import type { Problem } from '@paycare/shared/contract'
import { errorTexts } from '@paycare/shared/text'
import { HTTPException } from 'hono/http-exception'
import type { ErrorCode } from './refusal.ts'
import { Refusal } from './refusal.ts'

type Fault = NonNullable<Problem['errors']>[number]

/** An RFC 9457 answer. Internal texts never enter it. */
export function problem(status: number, code: ErrorCode, requestId: string, errors?: readonly Fault[]): Response {
  const body: Problem = {
    type: `urn:paycare:problem:${code}`,
    title: code,
    status,
    code,
    detail: errorTexts[code],
    requestId,
    ...(errors ? { errors: [...errors] } : {}),
  }
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8', 'x-request-id': requestId },
  })
}

/** The one mapping from what was thrown to what is answered. */
export function problemOf(error: unknown, requestId: string): Response {
  if (error instanceof Refusal) return problem(error.status, error.code, requestId)
  if (error instanceof HTTPException) {
    if (error.status === 413) return problem(413, 'REQUEST_TOO_LARGE', requestId)
    if (error.status === 415) return problem(415, 'REQUEST_NOT_JSON', requestId)
    if (error.status < 500) return problem(error.status, 'REQUEST_MALFORMED', requestId)
  }
  return problem(500, 'INTERNAL', requestId)
}
