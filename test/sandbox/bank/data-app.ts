import { Hono } from 'hono'
import type { Bank } from './bank.ts'
import { DROP_HEADER, DROP_STATUS } from './wire-answers.ts'

/** The data plane as an app: everything under /api goes to the gateway, whatever the method (bank.md §6). */
export function createDataApp(bank: Bank): Hono {
  const app = new Hono()
  app.all('/api/*', async (c) => {
    const body = c.req.method === 'POST' ? await c.req.text() : ''
    const ip = c.req.header('x-forwarded-for')?.split(',')[0]?.trim()
    const answer = bank.handle({ path: c.req.path, body, ip })
    return new Response(answer.body, { status: answer.status, headers: answer.headers })
  })
  return app
}

/** True for the in-process marker of a connection that broke without an answer. */
export function isDropped(response: Response): boolean {
  return response.status === DROP_STATUS && response.headers.get(DROP_HEADER) === '1'
}
