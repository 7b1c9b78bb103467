import { createRoute, z } from '@hono/zod-openapi'
import { hisExamples, HisNumber, HisRegistration } from '@paycare/shared/contract'
import type { AppContext } from '../../context.ts'
import { answers, createApi } from '../../http/api.ts'
import { Refusal } from '../../http/refusal.ts'
import { hisRegistrationOf } from './his-view.ts'
import { findRegistration } from './store.ts'

/** What HIS reads of a registration that was made online. */
export function registrationHisRoutes(x: AppContext) {
  const api = createApi()
  api.openapi(
    createRoute({
      method: 'get',
      path: '/his/v1/registrations/{registrationNo}',
      tags: ['his'],
      request: { params: z.object({ registrationNo: HisNumber.meta({ example: hisExamples.registrationNo }) }) },
      responses: answers(HisRegistration, '线上挂号的当前状态与“信用就医”选择'),
    }),
    async (c) => c.json(await hisRegistration(x, c.get('institution'), c.req.valid('param').registrationNo), 200),
  )
  return api
}

async function hisRegistration(x: AppContext, institution: string, registrationNo: string): Promise<HisRegistration> {
  return x.store.read(function* () {
    const r = yield* findRegistration(registrationNo)
    if (r?.institution !== institution) throw new Refusal(404, 'REGISTRATION_NOT_FOUND')
    return yield* hisRegistrationOf(r)
  })
}
