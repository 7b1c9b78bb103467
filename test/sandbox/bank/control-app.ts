import { Hono } from 'hono'
import { z } from 'zod'
import { bearerMatches } from '../bearer.ts'
import type { Bank } from './bank.ts'
import { faultRuleInput } from './faults.ts'
import { NOT_IMITATED } from './not-imitated.ts'
import { notifySwitchInput } from './notify/switches.ts'

const fen = z.int().nonnegative()

const clockCommand = z.union([
  z.strictObject({ set: z.iso.datetime({ offset: true }) }),
  z.strictObject({ advanceMs: z.int().nonnegative() }),
  z.strictObject({ freeze: z.boolean() }),
  z.strictObject({ skewMs: z.int() }),
])

const customer = z.strictObject({
  name: z.string().min(1),
  certType: z.string().default('01'),
  certNo: z.string().regex(/^99\d{15}[\dX]$/, 'fictitious people only: region 99'),
  signStatus: z.enum(['SIGNED', 'UNSIGNED', 'TERMINATED', 'SIGNING']),
  agreementNo: z.string().optional(),
  limitFen: fen.optional(),
  usedFen: fen.optional(),
  phone: z
    .string()
    .regex(/^1\d{10}$/)
    .optional(),
  refused: z.boolean().optional(),
  quotaStatus: z.enum(['NORMAL', 'FROZEN', 'OVERDUE', 'EXPIRED']).optional(),
})
const customerChange = z.strictObject({
  quotaStatus: z.enum(['NORMAL', 'FROZEN', 'OVERDUE', 'EXPIRED']).optional(),
  signStatus: z.enum(['SIGNED', 'TERMINATED']).optional(),
})
const family = z.strictObject({
  principalCertNo: z.string(),
  sharerCertNos: z.array(z.string()).min(1),
  relation: z.string().optional(),
})
const merchant = z.strictObject({
  merPtcId: z.string().regex(/^\d{15}$/),
  name: z.string().min(1),
  tier: z.enum(['三级', '二级', '基层']),
  suspended: z.boolean().default(false),
  /** 退款预留金额: kept unless said otherwise; the first deposit follows the tier. */
  reserve: z.boolean().default(true),
})
const reserve = z.strictObject({ merPtcId: z.string().regex(/^\d{15}$/), amountFen: z.int().positive() })
const billDay = z.string().regex(/^\d{8}$/)

function applyClock(bank: Bank, command: z.output<typeof clockCommand>): void {
  if ('set' in command) bank.clock.set(Date.parse(command.set))
  else if ('advanceMs' in command) bank.clock.advance(command.advanceMs)
  else if ('skewMs' in command) bank.skew(command.skewMs)
  else if (command.freeze) bank.clock.freeze()
  else bank.clock.thaw()
}

const clockView = (bank: Bank) => ({
  nowMs: bank.clock.now(),
  frozen: bank.clock.isFrozen(),
  skewMs: bank.skewMs(),
})

function addReads(app: Hono, bank: Bank): void {
  app.get('/_sandbox/clock', (c) => c.json(clockView(bank)))
  app.get('/_sandbox/about', (c) => c.json({ notImitated: NOT_IMITATED }))
  app.get('/_sandbox/faults', (c) => c.json({ faults: bank.faults.list() }))
  app.get('/_sandbox/ledger', (c) => c.json(bank.ledger()))
  app.get('/_sandbox/journal', (c) => c.json({ rows: bank.journal() }))
  app.get('/_sandbox/invariants', (c) => c.json(bank.invariants()))
  app.get('/_sandbox/locks', (c) => c.json({ locks: bank.locks() }))
  app.get('/_sandbox/payments', (c) => c.json({ payments: bank.payments() }))
  app.get('/_sandbox/refunds', (c) => c.json({ refunds: bank.refunds() }))
  app.get('/_sandbox/sms', (c) => c.json({ messages: bank.sms() }))
  app.get('/_sandbox/notify', (c) => {
    const { notifications } = bank
    const { all } = notifications
    return c.json({
      on: notifications.isOn(),
      all,
      nextDueAtMs: notifications.nextDueAt(),
      pending: notifications.pending(),
      log: notifications.log(),
      faults: notifications.switches.list(),
    })
  })
  app.get('/_sandbox/effects/:serial', (c) => c.json({ effects: bank.effects(c.req.param('serial')) }))
}

function addWrites(app: Hono, bank: Bank): void {
  app.post('/_sandbox/clock', async (c) => {
    applyClock(bank, clockCommand.parse(await c.req.json()))
    return c.json(clockView(bank))
  })
  app.post('/_sandbox/end-of-day', (c) => c.json({ expired: bank.endOfDay() }))
  app.post('/_sandbox/customers', async (c) => {
    bank.addCustomer(customer.parse(await c.req.json()))
    return c.json({ ok: true }, 201)
  })
  app.patch('/_sandbox/customers/:certNo', async (c) => {
    bank.changeCustomer(c.req.param('certNo'), customerChange.parse(await c.req.json()))
    return c.json({ ok: true })
  })
  app.delete('/_sandbox/families/:sharerCertNo', (c) => {
    bank.unbindSharer(c.req.param('sharerCertNo'))
    return c.body(null, 204)
  })
  app.post('/_sandbox/families', async (c) => {
    bank.bindFamily(family.parse(await c.req.json()))
    return c.json({ ok: true }, 201)
  })
  app.post('/_sandbox/merchants', async (c) => {
    bank.putMerchant(merchant.parse(await c.req.json()))
    return c.json({ ok: true }, 201)
  })
  app.post('/_sandbox/faults', async (c) => c.json(bank.faults.add(faultRuleInput.parse(await c.req.json())), 201))
  app.delete('/_sandbox/faults', (c) => {
    bank.faults.clear()
    return c.body(null, 204)
  })
  app.delete('/_sandbox/faults/:id', (c) => {
    bank.faults.clear(c.req.param('id'))
    return c.body(null, 204)
  })
}

/** Money of the hospitals: reserve, clearing and bills (bank.md §5.4, §6). */
function addClearing(app: Hono, bank: Bank): void {
  app.post('/_sandbox/reserve', async (c) => {
    const { merPtcId, amountFen } = reserve.parse(await c.req.json())
    bank.depositReserve(merPtcId, amountFen)
    return c.json({ ok: true }, 201)
  })
  app.post('/_sandbox/settle', (c) => c.json({ clearings: bank.settle() }))
  app.post('/_sandbox/bill/:date', (c) => c.json({ bills: bank.makeBills(billDay.parse(c.req.param('date'))) }))
}

function addNotifications(app: Hono, { notifications }: Bank): void {
  app.post('/_sandbox/notify/faults', async (c) => {
    notifications.switches.add(notifySwitchInput.parse(await c.req.json()))
    return c.json({ faults: notifications.switches.list() }, 201)
  })
  app.delete('/_sandbox/notify/faults', (c) => {
    notifications.switches.clear()
    return c.body(null, 204)
  })
  app.post('/_sandbox/notify/all', async (c) => {
    notifications.all = z.strictObject({ on: z.boolean() }).parse(await c.req.json()).on
    return c.json({ all: notifications.all })
  })
  app.post('/_sandbox/notify/replay', async (c) => {
    notifications.replay(z.strictObject({ notifyId: z.string() }).parse(await c.req.json()).notifyId)
    return c.json({ pending: notifications.pending() })
  })
  app.post('/_sandbox/notify/deliver', async (c) => {
    await notifications.deliverDue()
    return c.json({ pending: notifications.pending() })
  })
}

/** The control plane: fixtures, clock, faults and the oracle, behind its own token (bank.md §6). */
export function createControlApp(bank: Bank, token: string): Hono {
  const app = new Hono()
  app.use('*', async (c, next) => {
    if (!bearerMatches(c.req.header('authorization'), token)) return c.json({ error: 'unauthorized' }, 401)
    return next()
  })
  addReads(app, bank)
  addWrites(app, bank)
  addClearing(app, bank)
  addNotifications(app, bank)
  app.onError((error, c) => c.json({ error: error.message }, 400))
  return app
}
