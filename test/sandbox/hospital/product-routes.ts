import { Hono } from 'hono'
import { z } from 'zod'
import { bearerMatches } from '../bearer.ts'
import type { Hospital } from './hospital.ts'
import { refundRoutes } from './refund-routes.ts'
import { registrationRoutes } from './registration-routes.ts'
import { scheduleRoutes } from './schedule-routes.ts'

const matchRequest = z.object({ name: z.string(), idNumber: z.string() })

/** What the hospital serves to the product, behind the product's token. */
export function productRoutes(hospital: Hospital, token: string): Hono {
  const app = new Hono()
  app.use('/his/api/*', async (c, next) => {
    if (!bearerMatches(c.req.header('authorization'), token)) return c.json({ error: 'unauthorized' }, 401)
    return next()
  })
  app.post('/his/api/patients/match', hospital.faults.at('match'), async (c) => {
    const input = matchRequest.parse(await c.req.json())
    const patient = hospital.match(input.name, input.idNumber)
    return c.json({ found: patient !== null, patientNo: patient?.patientNo ?? null, phone: patient?.phone ?? null })
  })
  app.get('/his/api/institution', hospital.faults.at('institution'), (c) => {
    const { name, phone, hours } = hospital.info
    return c.json({ name, phone, hours })
  })
  app.get('/his/api/visits/:visitNo/amounts', hospital.faults.at('amounts'), (c) => {
    const amounts = hospital.amounts(c.req.param('visitNo'))
    return amounts ? c.json(amounts) : c.json({ error: '没有这个就诊' }, 404)
  })
  app.route('/', scheduleRoutes(hospital))
  app.route('/', registrationRoutes(hospital))
  app.route('/', refundRoutes(hospital))
  return app
}
