import { createRoute, z } from '@hono/zod-openapi'
import { HisNumber, HisRegistration } from '@paycare/shared/contract'
import { isRegistrationOver } from '@paycare/shared/rules'
import { markOf } from '@paycare/shared/text'
import type { AppContext } from '../../context.ts'
import { answers, createApi } from '../../http/api.ts'
import { Refusal } from '../../http/refusal.ts'
import { paymentViewsById, reasonOf } from '../bills/index.ts'
import { registrationById } from './read.ts'

/** What HIS reads of a registration that was made online. */
export function registrationHisRoutes(x: AppContext) {
  const api = createApi()
  api.openapi(
    createRoute({
      method: 'get',
      path: '/his/v1/registrations/{registrationNo}',
      tags: ['his'],
      request: { params: z.object({ registrationNo: HisNumber }) },
      responses: answers(HisRegistration, '线上挂号的当前状态与“信用就医”选择'),
    }),
    async (c) => c.json(await hisRegistration(x, c.get('institution'), c.req.valid('param').registrationNo), 200),
  )
  return api
}

async function hisRegistration(x: AppContext, institution: string, registrationNo: string): Promise<HisRegistration> {
  const row = await registrationById(x, registrationNo)
  if (row?.institution !== institution) throw new Refusal(404, 'REGISTRATION_NOT_FOUND')
  const [payment] = await paymentViewsById(x, row.paymentId === null ? [] : [row.paymentId])
  const isChosen = row.isChosen === 1
  return {
    registrationNo,
    state: row.state,
    pays: row.pays,
    credit: { isChosen, mark: isChosen && row.role !== null ? markOf(row.role) : null },
    amountFen: row.amountFen,
    paidFen: payment?.brief.paidFen ?? 0,
    certain: (row.state === 'settled' || isRegistrationOver(row.state)) && row.tries === 0,
    reason: row.reasonCode === null ? null : reasonOf(row.reasonCode),
  }
}
