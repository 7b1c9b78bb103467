import { createRoute, z } from '@hono/zod-openapi'
import {
  Checkout,
  ChooseCredit,
  Departments,
  HisNumber,
  Id,
  OpenRegistration,
  Registration,
  Registrations,
  Schedule,
} from '@paycare/shared/contract'
import { keyHeader, paths } from '@paycare/shared/paths'
import type { AppContext } from '../../context.ts'
import { answers, createApi, idempotencyKeyOf, jsonBody } from '../../http/api.ts'
import { sessionAuth } from '../account/index.ts'
import { cancelRegistration } from './cancel.ts'
import { chooseCredit } from './choose-credit.ts'
import { lookSooner } from './look.ts'
import { openRegistration } from './open.ts'
import { listRegistrations, ownRegistration, pageOf } from './read.ts'
import { listDepartments, readCheckout, readSchedule } from './timetable.ts'

const tags = ['app']
const ofCard = z.object({ cardId: Id })
const params = z.object({ registrationId: Id })
const headers = z.object({ [keyHeader]: z.string().optional().openapi({ description: '资金请求必填' }) })

/** Online registration: what can be had, the checkout, and the registration itself. */
export function registrationRoutes(x: AppContext) {
  const api = createApi()
  const guard = sessionAuth(x)
  for (const path of ['departments', 'slots', 'registrations']) {
    api.use(`/api/${path}`, guard)
    api.use(`/api/${path}/*`, guard)
  }
  timetable(x, api)
  registrations(x, api)
  changes(x, api)
  return api
}

type Api = ReturnType<typeof createApi>

function timetable(x: AppContext, api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: paths.listDepartments[1],
      tags,
      request: { query: ofCard },
      responses: answers(Departments, '可挂号科室'),
    }),
    async (c) => c.json(await listDepartments(x, c.get('accountId'), c.req.valid('query').cardId), 200),
  )
  api.openapi(
    createRoute({
      method: 'get',
      path: paths.readSchedule[1],
      tags,
      request: { query: ofCard, params: z.object({ departmentNo: HisNumber }) },
      responses: answers(Schedule, '医生排班与号源'),
    }),
    async (c) => {
      const { departmentNo } = c.req.valid('param')
      return c.json(await readSchedule(x, c.get('accountId'), c.req.valid('query').cardId, departmentNo), 200)
    },
  )
  api.openapi(
    createRoute({
      method: 'get',
      path: paths.readCheckout[1],
      tags,
      request: { query: ofCard, params: z.object({ slotNo: HisNumber }) },
      responses: answers(Checkout, '确认挂号'),
    }),
    async (c) => {
      const { slotNo } = c.req.valid('param')
      return c.json(await readCheckout(x, c.get('accountId'), c.req.valid('query').cardId, slotNo), 200)
    },
  )
}

function registrations(x: AppContext, api: Api): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: paths.listRegistrations[1],
      tags,
      request: { query: ofCard },
      responses: answers(Registrations, '挂号列表'),
    }),
    async (c) => c.json(await listRegistrations(x, c.get('accountId'), c.req.valid('query').cardId), 200),
  )
  api.openapi(
    createRoute({
      method: 'get',
      path: paths.readRegistration[1],
      tags,
      request: { params },
      responses: answers(Registration, '一次挂号及导诊单'),
    }),
    async (c) => {
      const { registrationId } = c.req.valid('param')
      const own = await ownRegistration(x, c.get('accountId'), registrationId)
      await lookSooner(x, own.row.id)
      return c.json(await pageOf(x, own), 200)
    },
  )
}

function changes(x: AppContext, api: Api): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: paths.openRegistration[1],
      tags,
      request: { headers, body: jsonBody(OpenRegistration) },
      responses: answers(Registration, '挂号'),
    }),
    async (c) => {
      const key = idempotencyKeyOf(c.req.header(keyHeader))
      return c.json(await openRegistration(x, c.get('accountId'), c.req.valid('json'), key), 200)
    },
  )
  api.openapi(
    createRoute({
      method: 'post',
      path: paths.cancelRegistration[1],
      tags,
      request: { params, headers },
      responses: answers(Registration, '退号'),
    }),
    async (c) => {
      const key = idempotencyKeyOf(c.req.header(keyHeader))
      return c.json(await cancelRegistration(x, c.get('accountId'), c.req.valid('param').registrationId, key), 200)
    },
  )
  api.openapi(
    createRoute({
      method: 'post',
      path: paths.chooseCredit[1],
      tags,
      request: { params, headers, body: jsonBody(ChooseCredit) },
      responses: answers(Registration, '改用或不再使用“信用就医”'),
    }),
    async (c) => {
      const key = idempotencyKeyOf(c.req.header(keyHeader))
      const { registrationId } = c.req.valid('param')
      return c.json(await chooseCredit(x, c.get('accountId'), registrationId, c.req.valid('json'), key), 200)
    },
  )
}
