import { Hono } from 'hono'
import { deskPage, unknownDeskPage, type DeskOrder } from './desk-page.ts'
import type { Hospital } from './hospital.ts'

function orderAt(hospital: Hospital, token: string): DeskOrder | null {
  const registration = hospital.registrations.atDesk(token)
  const state = registration && hospital.registrations.deskState(registration)
  if (!registration?.desk || !registration.place || !state) return null
  const { desk, place, patientNo } = registration
  return { registration, desk, place, state, patient: hospital.patient(patientNo) }
}

/** The cash desk page: whoever has its address may pay, as with a bill on paper. */
export function deskRoutes(hospital: Hospital): Hono {
  const app = new Hono()
  app.use('/desk/*', async (c, next) => {
    await next()
    c.header('cache-control', 'no-store')
    c.header('referrer-policy', 'no-referrer')
  })
  app.get('/desk/:token', (c) => {
    const order = orderAt(hospital, c.req.param('token'))
    return order ? c.html(deskPage(hospital, order)) : c.html(unknownDeskPage(hospital), 404)
  })
  app.post('/desk/:token/pay', (c) => {
    const token = c.req.param('token')
    if (!hospital.registrations.payAtDesk(token)) return c.html(unknownDeskPage(hospital), 404)
    return c.redirect(`/${hospital.info.id}/desk/${token}`, 303)
  })
  return app
}
