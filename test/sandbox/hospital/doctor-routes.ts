import { Hono, type Context } from 'hono'
import { typedFen } from '../markup.ts'
import { doctorPage } from './doctor-page.ts'
import type { Hospital } from './hospital.ts'
import { setContent, type OrderContent } from './order-content.ts'
import { HospitalError } from './hospital-error.ts'
import { finishPart, ordersPart } from './live-section.ts'
import { registerVaccination } from './vaccination-desk.ts'
import { openRequests } from './visit.ts'

type Fields = FormData

const text = (fields: Fields, name: string): string => {
  const value = fields.get(name)
  return typeof value === 'string' ? value.trim() : ''
}

function amount(typed: string): number {
  const fen = typedFen(typed)
  if (fen === null) throw new HospitalError(`“${typed}”不是金额`)
  return fen
}

function orderContent(fields: Fields): OrderContent {
  const set = text(fields, 'set')
  if (set !== '')
    return setContent(
      set,
      fields.getAll('item').filter((value) => typeof value === 'string'),
    )
  return { title: text(fields, 'title') || '其他诊疗费用', amountFen: amount(text(fields, 'amount')) }
}

function actualAmounts(fields: Fields): Record<string, number> {
  const actual: Record<string, number> = {}
  for (const [name, value] of fields) {
    if (name.startsWith('actual-') && typeof value === 'string') actual[name.slice('actual-'.length)] = amount(value)
  }
  return actual
}

/** Runs a form's wish and goes back to the page; a wish that cannot be fulfilled is told there. */
async function act(
  c: Context,
  hospital: Hospital,
  wish: (fields: Fields, visitNo: string) => Promise<string | null>,
): Promise<Response> {
  const fields = await c.req.formData()
  const visitNo = text(fields, 'visit')
  const query = new URLSearchParams({ visit: visitNo, after: 'yes' })
  try {
    const submitted = await wish(fields, visitNo)
    if (submitted !== null) query.set('submitted', submitted)
  } catch (error) {
    if (!(error instanceof HospitalError)) throw error
    query.set('error', error.message)
  }
  return c.redirect(`/${hospital.info.id}/doctor?${query.toString()}`, 303)
}

function addForms(app: Hono, hospital: Hospital): void {
  app.post('/doctor/start', (c) =>
    act(c, hospital, async (fields, visitNo) => {
      const registrationNo = text(fields, 'registration')
      if (registrationNo !== '') await hospital.startRegistered(registrationNo)
      else await hospital.startVisit(visitNo, text(fields, 'credit') === 'yes')
      return null
    }),
  )
  app.post('/doctor/vaccination', async (c) => {
    const { visitNo } = registerVaccination(hospital, text(await c.req.formData(), 'patient'))
    return c.redirect(`/${hospital.info.id}/doctor?visit=${visitNo}`, 303)
  })
  app.post('/doctor/order', (c) =>
    act(c, hospital, async (fields, visitNo) => (await hospital.order(visitNo, orderContent(fields))).orderNo),
  )
  app.post('/doctor/raise', (c) =>
    act(c, hospital, async (fields, visitNo) => {
      const lines = [[text(fields, 'item'), Math.trunc(Number(text(fields, 'quantity')))] as const]
      return (await hospital.raise(visitNo, text(fields, 'order'), { title: '加项', lines })).orderNo
    }),
  )
  app.post('/doctor/cancel', (c) =>
    act(c, hospital, async (fields, visitNo) => {
      await hospital.cancel(visitNo, text(fields, 'order'))
      return null
    }),
  )
  app.post('/doctor/finish', (c) =>
    act(c, hospital, async (fields, visitNo) => {
      await hospital.finish(visitNo, actualAmounts(fields))
      return null
    }),
  )
  app.post('/doctor/retry', (c) =>
    act(c, hospital, async (_fields, visitNo) => {
      await hospital.retry(visitNo)
      return null
    }),
  )
}

/** The doctor's page, its live part and its forms. */
export function doctorRoutes(hospital: Hospital): Hono {
  const app = new Hono()
  app.get('/doctor', async (c) => {
    const visitNo = c.req.query('visit') ?? null
    const visit = [...hospital.visits(), ...hospital.laterVisits()].find((one) => one.visitNo === visitNo) ?? null
    if (visit) {
      // A form's own redirect shows what has become of it; only a reload by the doctor sends again.
      if (c.req.query('after') === undefined && openRequests(visit).length > 0) await hospital.retry(visit.visitNo)
      if (visit.state === 'waiting' && !visit.booking) await hospital.askCredit(visit.visitNo)
      else await hospital.refresh(visit.visitNo)
    }
    const query = {
      visitNo,
      setId: c.req.query('set') ?? null,
      submitted: c.req.query('submitted') ?? null,
      error: c.req.query('error') ?? null,
    }
    c.header('cache-control', 'no-store')
    return c.html(doctorPage(hospital, visit, query))
  })
  app.get('/doctor/live', async (c) => {
    const visit = await hospital.refresh(c.req.query('visit') ?? '')
    return c.html(ordersPart(hospital.info.id, visit).html + finishPart(hospital, visit).html)
  })
  addForms(app, hospital)
  return app
}
