import type { AppContext } from '../../context.ts'
import { createApi } from '../../http/api.ts'
import { receiveNotification } from './notifications.ts'

/** The bank's side: where it pushes. The signature inside the message is the only proof of who sends. */
export function creditBankRoutes(x: AppContext) {
  const api = createApi()
  api.post('/bank/v1/notify/:institution', async (c) => {
    const receipt = await receiveNotification(x, c.req.param('institution'), await c.req.text())
    return c.body(receipt, 200, { 'content-type': 'application/json; charset=utf-8' })
  })
  return api
}
