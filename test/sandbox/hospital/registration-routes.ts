import { Hono, type Context } from 'hono'
import { z } from 'zod'
import type { Hospital } from './hospital.ts'
import type { Registration, RegistrationReason } from './registration.ts'
import { registrationView } from './registration-view.ts'

const registrationNo = z.string().regex(/^[A-Za-z0-9_-]{1,32}$/)
const fen = z.int().positive()

const reserveRequest = z.object({ slotNo: z.string().min(1), patientNo: z.string().min(1) })
const bookRequest = z.object({
  channel: z.literal('credit'),
  amountFen: fen,
  mark: z.enum(['信用就医', '亲情付']),
})
const paidRequest = z.object({ amountFen: fen, paymentNo: z.string().min(1), acctDate: z.string().regex(/^\d{8}$/) })
const deskRequest = z.object({ returnUrl: z.string() })

const numberOf = (c: Context): string => registrationNo.parse(c.req.param('no'))

function answer(c: Context, hospital: Hospital, registration: Registration | null, reason?: RegistrationReason | null) {
  if (!registration) return c.json({ error: '没有这个预约' }, 404)
  const { desk } = registration
  const isOpen = desk !== null && hospital.registrations.deskState(registration) === 'open'
  const view = registrationView(registration, {
    visitNo: hospital.startedVisitNo(registration.registrationNo),
    payUrl: isOpen ? `${new URL(c.req.url).origin}/${hospital.info.id}/desk/${desk.token}` : null,
  })
  return c.json(reason === undefined ? view : { ...view, reason })
}

/** Registrations by the product's own number; every POST may be repeated for ever. */
export function registrationRoutes(hospital: Hospital): Hono {
  const app = new Hono()
  const { registrations, faults } = hospital
  app.get('/his/api/registrations/:no', faults.at('look'), (c) => answer(c, hospital, registrations.find(numberOf(c))))
  app.post('/his/api/registrations/:no/reserve', faults.at('reserve'), async (c) => {
    const { slotNo, patientNo } = reserveRequest.parse(await c.req.json())
    return answer(c, hospital, registrations.reserve(numberOf(c), slotNo, patientNo))
  })
  app.post('/his/api/registrations/:no/book', faults.at('book'), async (c) => {
    const { amountFen, mark } = bookRequest.parse(await c.req.json())
    return answer(c, hospital, registrations.book(numberOf(c), amountFen, mark))
  })
  app.post('/his/api/registrations/:no/paid', faults.at('paid'), async (c) => {
    const { amountFen } = paidRequest.parse(await c.req.json())
    return answer(c, hospital, registrations.paid(numberOf(c), amountFen))
  })
  app.post('/his/api/registrations/:no/desk', faults.at('desk'), async (c) => {
    const { returnUrl } = deskRequest.parse(await c.req.json())
    if (!hospital.mayReturnTo(returnUrl)) return c.json({ error: '返回地址不在允许的范围内' }, 400)
    return answer(c, hospital, registrations.openDesk(numberOf(c), returnUrl))
  })
  app.post('/his/api/registrations/:no/cancel', faults.at('cancel'), (c) => {
    const { registration, reason } = registrations.cancel(numberOf(c))
    return answer(c, hospital, registration, reason)
  })
  return app
}
