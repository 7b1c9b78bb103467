import { Hono } from 'hono'
import { z } from 'zod'
import { hospitalFault } from './api-faults.ts'
import type { Hospital } from './hospital.ts'
import { setContent, type OrderContent } from './order-content.ts'
import { feeOf, type Registration } from './registration.ts'
import { isUncertain, openRequests, orderAmount, type Visit } from './visit.ts'
import { orderWords } from './words.ts'

const visitNo = z.string()
const lines = z.array(z.tuple([z.string(), z.int().positive()])).min(1)

const startAction = z.strictObject({ visitNo, useCredit: z.boolean() })
const startRegisteredAction = z.strictObject({ registrationNo: z.string() })
const orderAction = z.strictObject({
  visitNo,
  title: z.string().optional(),
  set: z.string().optional(),
  lines: lines.optional(),
  amountFen: z.int().positive().optional(),
})
const raiseAction = orderAction.omit({ set: true }).extend({ orderNo: z.string() })
const cancelAction = z.strictObject({ visitNo, orderNo: z.string(), reason: z.string().optional() })
const finishAction = z.strictObject({ visitNo, actual: z.record(z.string(), z.int().nonnegative()).optional() })
const retryAction = z.strictObject({ visitNo })
const amountsAction = z.strictObject({
  visitNo,
  amounts: z
    .strictObject({
      state: z.enum(['open', 'finished']),
      orders: z.array(z.strictObject({ orderNo: z.string(), actualFen: z.int().nonnegative() })),
    })
    .nullable(),
})
const newVisitAction = z.strictObject({
  patientNo: z.string(),
  department: z.string().default('全科门诊'),
  doctor: z.string().default('罗雪'),
  complaint: z.string().default('复诊'),
  kind: z.enum(['outpatient', 'vaccination']).default('outpatient'),
})

function contentOf(input: {
  title?: string | undefined
  set?: string | undefined
  lines?: [string, number][] | undefined
  amountFen?: number | undefined
}): OrderContent {
  if (input.set !== undefined) return setContent(input.set)
  const title = input.title ?? '其他诊疗费用'
  if (input.lines) return { title, lines: input.lines }
  return { title, amountFen: input.amountFen ?? 0 }
}

const bookingJson = (booking: Registration) => {
  const { registrationNo, slotNo, payment, mark, guide } = booking
  return { registrationNo, slotNo, payment, mark, amountFen: feeOf(booking), bookingNo: guide?.bookingNo ?? null }
}

/** A visit as the JSON twins show it: the hospital's own state, the words on the screen, the product's last view. */
export function visitJson(hospital: Hospital, visit: Visit) {
  const { patient, orders, booking, requests: _requests, ...rest } = visit
  return {
    ...rest,
    patient: { patientNo: patient.patientNo, name: patient.name, sex: patient.sex },
    booking: booking && bookingJson(booking),
    uncertain: isUncertain(visit),
    unanswered: openRequests(visit).map(({ kind, orderNo, attempts }) => ({ kind, orderNo, attempts })),
    billable: hospital.billable(visit).map((order) => order.orderNo),
    orders: orders.map((order) => ({ ...order, amountFen: orderAmount(order), words: orderWords(visit, order).text })),
  }
}

function addStarts(app: Hono, hospital: Hospital): void {
  app.post('/actions/new-visit', async (c) => {
    const visit = hospital.addVisit(newVisitAction.parse(await c.req.json()))
    return c.json(visitJson(hospital, visit), 201)
  })
  app.post('/actions/ask-credit', async (c) => {
    const input = retryAction.parse(await c.req.json())
    return c.json(visitJson(hospital, await hospital.askCredit(input.visitNo)))
  })
  app.post('/actions/start-visit', async (c) => {
    const input = startAction.parse(await c.req.json())
    return c.json(visitJson(hospital, await hospital.startVisit(input.visitNo, input.useCredit)))
  })
  app.post('/actions/start-registered', async (c) => {
    const input = startRegisteredAction.parse(await c.req.json())
    return c.json(visitJson(hospital, await hospital.startRegistered(input.registrationNo)))
  })
}

function addAmounts(app: Hono, hospital: Hospital): void {
  app.get('/actions/amounts/:visitNo', (c) => c.json({ amounts: hospital.amounts(c.req.param('visitNo')) }))
  app.post('/actions/amounts', async (c) => {
    const input = amountsAction.parse(await c.req.json())
    hospital.stateAmounts(input.visitNo, input.amounts)
    return c.json({ amounts: hospital.amounts(input.visitNo) })
  })
}

function addFaults(app: Hono, { faults }: Hospital): void {
  app.get('/actions/faults', (c) => c.json({ faults: faults.list() }))
  app.post('/actions/faults', async (c) => {
    faults.add(hospitalFault.parse(await c.req.json()))
    return c.json({ faults: faults.list() }, 201)
  })
  app.delete('/actions/faults', (c) => {
    faults.clear()
    return c.body(null, 204)
  })
}

/** JSON twins of the page's buttons, for tests and the demo driver: the same functions, no HTML. */
export function actionRoutes(hospital: Hospital): Hono {
  const app = new Hono()
  const show = async (no: string) => visitJson(hospital, await hospital.refresh(no))
  const all = (visits: readonly Visit[]) => visits.map((visit) => visitJson(hospital, visit))
  app.get('/visits', (c) => c.json({ visits: all(hospital.visits()), later: all(hospital.laterVisits()) }))
  app.get('/visits/:visitNo', async (c) => c.json(await show(c.req.param('visitNo'))))
  addStarts(app, hospital)
  addFaults(app, hospital)
  addAmounts(app, hospital)
  app.post('/actions/order', async (c) => {
    const input = orderAction.parse(await c.req.json())
    const { orderNo } = await hospital.order(input.visitNo, contentOf(input))
    return c.json({ orderNo, visit: await show(input.visitNo) })
  })
  app.post('/actions/raise', async (c) => {
    const input = raiseAction.parse(await c.req.json())
    const { orderNo } = await hospital.raise(input.visitNo, input.orderNo, contentOf(input))
    return c.json({ orderNo, visit: await show(input.visitNo) })
  })
  app.post('/actions/cancel', async (c) => {
    const input = cancelAction.parse(await c.req.json())
    const { orderNo } = await hospital.cancel(input.visitNo, input.orderNo, input.reason)
    return c.json({ orderNo, visit: await show(input.visitNo) })
  })
  app.post('/actions/finish', async (c) => {
    const input = finishAction.parse(await c.req.json())
    await hospital.finish(input.visitNo, input.actual)
    return c.json({ visit: await show(input.visitNo) })
  })
  app.post('/actions/retry', async (c) => {
    const input = retryAction.parse(await c.req.json())
    await hospital.retry(input.visitNo)
    return c.json({ visit: await show(input.visitNo) })
  })
  return app
}
