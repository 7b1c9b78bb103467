import { Hono, type Context } from 'hono'
import { typedFen } from '../markup.ts'
import { HospitalError } from './hospital-error.ts'
import type { Hospital } from './hospital.ts'
import type { ProductAnswer } from './product-client.ts'
import { refundPage } from './refund-page.ts'
import type { RefundItem } from './refunds.ts'

const text = (fields: FormData, name: string): string => {
  const value = fields.get(name)
  return typeof value === 'string' ? value.trim() : ''
}

/** The amounts as the registrar left them; an empty or zero one is not refunded. */
function itemsOf(hospital: Hospital, fields: FormData): RefundItem[] {
  const asked = hospital.refunds.find(text(fields, 'request'))?.wish?.items ?? []
  return asked.flatMap((item, at) => {
    const typed = text(fields, `item-${at}`)
    const amountFen = typed === '' ? 0 : typedFen(typed)
    if (amountFen === null) throw new HospitalError(`“${typed}”不是金额`)
    return amountFen === 0 ? [] : [{ ...item, amountFen }]
  })
}

type Deed = (fields: FormData, requestNo: string, by: string) => Promise<ProductAnswer>

/** Does what a form says and goes back to the page, with the reason when the product would not. */
async function act(c: Context, hospital: Hospital, deed: Deed): Promise<Response> {
  const fields = await c.req.formData()
  const base = `/${hospital.info.id}/refunds`
  try {
    const answer = await deed(fields, text(fields, 'request'), text(fields, 'by'))
    if (answer.kind !== 'refused') return c.redirect(base, 303)
    return c.redirect(`${base}?${new URLSearchParams({ error: answer.text })}`, 303)
  } catch (error) {
    if (!(error instanceof HospitalError)) throw error
    return c.redirect(`${base}?${new URLSearchParams({ error: error.message })}`, 303)
  }
}

/** The page “退费审批” and its forms. */
export function refundPageRoutes(hospital: Hospital): Hono {
  const app = new Hono()
  const { refunds } = hospital
  app.get('/refunds', async (c) => {
    c.header('cache-control', 'no-store')
    return c.html(refundPage(hospital, await refunds.atProduct(), c.req.query('error') ?? null))
  })
  app.post('/refunds/accept', (c) =>
    act(c, hospital, (fields, requestNo, by) => {
      const items = itemsOf(hospital, fields)
      if (items.length === 0) throw new HospitalError('请至少同意一个项目，或选“不同意”')
      const said = text(fields, 'text')
      return refunds.decide(requestNo, { is: 'accepted', by, items, ...(said === '' ? {} : { text: said }) })
    }),
  )
  app.post('/refunds/decline', (c) =>
    act(c, hospital, (fields, requestNo, by) =>
      refunds.decide(requestNo, { is: 'declined', by, text: text(fields, 'text') || '不符合退费规定' }),
    ),
  )
  app.post('/refunds/approve', (c) => act(c, hospital, (_fields, requestNo, by) => refunds.approve(requestNo, by)))
  app.post('/refunds/resend', (c) => act(c, hospital, (_fields, requestNo, by) => refunds.resend(requestNo, by)))
  return app
}
