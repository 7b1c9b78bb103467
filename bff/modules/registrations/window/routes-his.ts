import { createRoute, z } from '@hono/zod-openapi'
import { hisExamples, HisNumber, HisWindowRegistration, PutWindowRegistration } from '@paycare/shared/contract'
import type { AppContext } from '../../../context.ts'
import { answers, createApi, jsonBody } from '../../../http/api.ts'
import { cancelWindowRegistration } from './cancel.ts'
import { hisWindowRegistration } from './his-view.ts'
import { putWindowRegistration } from './put.ts'

const params = z.object({ windowRegistrationNo: HisNumber.meta({ example: hisExamples.windowRegistrationNo }) })
const path = '/his/v1/window-registrations/{windowRegistrationNo}'
const tags = ['his']

/** Registration at the window (C 二（一）2): HIS's own number is the identity, so nothing else is needed to repeat a request. */
export function windowHisRoutes(x: AppContext) {
  const api = createApi()
  api.openapi(
    createRoute({
      method: 'put',
      path,
      tags,
      request: { params, body: jsonBody(PutWindowRegistration) },
      responses: answers(HisWindowRegistration, '窗口挂号：收费员替患者确认或取消，确认后挂号费当场扣除'),
    }),
    async (c) => {
      const no = c.req.valid('param').windowRegistrationNo
      return c.json(await putWindowRegistration(x, c.get('institution'), no, c.req.valid('json')), 200)
    },
  )
  api.openapi(
    createRoute({
      method: 'get',
      path,
      tags,
      request: { params },
      responses: answers(HisWindowRegistration, '窗口挂号的当前状态'),
    }),
    async (c) => {
      const no = c.req.valid('param').windowRegistrationNo
      return c.json(await hisWindowRegistration(x, c.get('institution'), no), 200)
    },
  )
  api.openapi(
    createRoute({
      method: 'post',
      path: `${path}/cancel`,
      tags,
      request: { params },
      responses: answers(HisWindowRegistration, '扣除前取消窗口挂号，释放额度'),
    }),
    async (c) => {
      const no = c.req.valid('param').windowRegistrationNo
      return c.json(await cancelWindowRegistration(x, c.get('institution'), no), 200)
    },
  )
  return api
}
