import { randomUUID } from 'node:crypto'
import { journalOf, replay } from '@paycare/bff/engine/index.ts'
import { integer, query, statement } from '@paycare/bff/db/unit.ts'
import type { Problem, Registration } from '@paycare/shared/contract'
import { creditConsentVersion } from '@paycare/shared/text'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { AppClient } from '../world/app-client.ts'
import { World } from '../world/world.ts'
import { RegistrationDesk } from './registration-desk.ts'

const minute = 60_000
let world: World
let zhang: AppClient
let desk: RegistrationDesk
let taken = 0
beforeAll(async () => {
  world = await World.start()
  zhang = await world.signIn('oDemo-zhangweimin')
  desk = await RegistrationDesk.come(zhang)
})
afterEach(() => {
  world.sandbox.bank.faults.clear()
  hospital().faults.clear()
})
afterAll(() => world.close())

const hospital = () => world.sandbox.hospital.at('jc-first')
const locksOf = (registrationId: string) => world.sandbox.bank.locks().filter((lock) => lock.orderNo === registrationId)
const statesOf = (registrationId: string) => locksOf(registrationId).map((lock) => lock.state)
const codeOf = (body: unknown): string => (body as Problem).code
/** Another doctor's half day for each test, so that none meets what another left behind. */
const fresh = (): number => taken++
const eventsOf = (r: Registration) => r.events.map((event) => event.event)

describe('with “信用就医”', () => {
  it('reserves, locks, books, deducts and tells the hospital, in one answer', async () => {
    const done = await desk.register({}, fresh())
    expect(done).toMatchObject({
      row: 'done',
      pays: 'credit',
      role: 'own',
      credit: { isChosen: true, canChange: true },
    })
    expect(done.payment).toMatchObject({ row: 'paid', paidFen: done.appointment.amountFen })
    expect(done.guide).toMatchObject({ queueNo: expect.any(String), bookingNo: expect.any(String) })
    expect(eventsOf(done)).toEqual(['opened', 'reserved', 'locked', 'booked', 'confirmed', 'posted'])
    expect(statesOf(done.id)).toEqual(['CONFIRMED'])
    expect(hospital().registrations.find(done.id)).toMatchObject({
      state: 'booked',
      payment: 'creditPaid',
      mark: '信用就医',
    })
    expect(locksOf(done.id)[0]).toMatchObject({ bizScene: 'OUTP_REG', amountFen: done.appointment.amountFen })
  })

  it('a sharer pays from the family’s quota and never reads whose it is', async () => {
    const lei = await RegistrationDesk.come(await world.signIn('oDemo-zhanglei'))
    const done = await lei.register({}, fresh())
    expect(done).toMatchObject({ row: 'done', role: 'family' })
    expect(hospital().registrations.find(done.id)?.mark).toBe('亲情付')
    expect(JSON.stringify(done)).not.toContain('为民')
  })

  it('a slot that is lost under the lock is released and never refunded', async () => {
    hospital().faults.add({ api: 'book', kind: 'dead', times: 1 })
    const body = await desk.body({}, fresh())
    // Somebody at the window takes the slot while the booking is on its way.
    const opened = await zhang.call('openRegistration', { body, key: randomUUID() })
    hospital().registrations.cancel(opened.id)
    await world.pass(5 * minute)
    const gone = await desk.read(opened.id)
    expect(['slotGone', 'cancelled']).toContain(gone.row)
    expect(gone.payment?.row).toBe('released')
    expect(statesOf(opened.id)).toEqual(['CANCELLED'])
  })

  it('a reservation that lapses while the bank is in doubt gives the lock back', async () => {
    world.sandbox.bank.faults.add({ api: 'lock', kind: 'DROP_BEFORE' })
    const opened = await desk.register({}, fresh())
    expect(opened.row).toBe('lockDoubt')
    await world.pass(20 * minute)
    world.sandbox.bank.faults.clear()
    const rival = hospital().registrations.reserve('rival-1', opened.appointment.slotNo, 'JC00010031')
    expect(rival.state).toBe('reserved')
    await world.pass(90 * minute)
    const gone = await desk.read(opened.id)
    expect(gone).toMatchObject({ row: 'slotGone', reason: { code: 'SLOT_TAKEN' } })
    expect(statesOf(opened.id)).toEqual(['CANCELLED'])
  })
})

describe('the bank refuses', () => {
  it('the slot stays, the reason is told, and ordinary payment finishes it', async () => {
    const sun = await RegistrationDesk.come(await world.signIn('oDemo-sunchanggui'))
    const declined = await sun.register({}, fresh())
    expect(declined).toMatchObject({ row: 'declined', pays: 'desk', payUntilMs: expect.any(Number) })
    expect(declined.reason?.code).toBe('SBOX0004PL0104')
    expect(declined.payment?.row).toBe('declined')
    await payAtDesk(declined)
    const done = await settled(sun, declined.id)
    expect(done).toMatchObject({ row: 'doneAtDesk', desk: null, role: null })
    expect(done.guide).not.toBeNull()
  })
})

/** Presses the button of the hospital's page. */
async function payAtDesk(r: Registration): Promise<void> {
  const token = r.desk?.url.split('/').at(-1) ?? ''
  expect(hospital().registrations.payAtDesk(token)?.payment).toBe('desk')
}

/** Looks at the page until nothing is under way. */
async function settled(at: RegistrationDesk, id: string): Promise<Registration> {
  await at.read(id)
  await world.pass(3_000)
  return at.read(id)
}

describe('without “信用就医”', () => {
  it('ordinary payment: the hospital’s page, and the result without being told', async () => {
    const open = await desk.register({ pays: 'desk' }, fresh())
    expect(open).toMatchObject({ row: 'payAtDesk', role: null, credit: { isChosen: false, canChange: true } })
    expect(open.desk?.url).toMatch(/\/jc-first\/desk\//)
    await payAtDesk(open)
    expect((await settled(desk, open.id)).row).toBe('doneAtDesk')
    expect(locksOf(open.id)).toEqual([])
  })

  it('unpaid in time, it lapses by itself', async () => {
    const open = await desk.register({ pays: 'desk' }, fresh())
    await world.pass(17 * minute)
    expect((await desk.read(open.id)).row).toBe('lapsed')
  })

  it('chooses “信用就医” after all: the quota pays and the desk is closed', async () => {
    const open = await desk.register({ pays: 'desk' }, fresh())
    const done = await desk.choose(open.id, true)
    expect(done).toMatchObject({ row: 'done', role: 'own', pays: 'credit', credit: { isChosen: true } })
    const token = open.desk?.url.split('/').at(-1) ?? ''
    expect(hospital().registrations.payAtDesk(token)?.payment).toBe('creditPaid')
  })

  it('paid at the desk while the quota was being locked: the lock goes, nothing is paid twice', async () => {
    const open = await desk.register({ pays: 'desk' }, fresh())
    hospital().faults.add({ api: 'book', kind: 'dead', times: 2 })
    await desk.choose(open.id, true)
    await payAtDesk(open)
    await world.pass(minute)
    const done = await desk.read(open.id)
    expect(done.row).toBe('doneAtDesk')
    expect(statesOf(open.id)).toEqual(['CANCELLED'])
  })
})

describe('the choice for the visit', () => {
  const startOf = (r: Registration) => ({ registrationNo: r.id, useCredit: undefined })

  it('what was chosen online holds when the doctor starts, and not before: it is final then', async () => {
    const r = await desk.register({}, fresh())
    await desk.choose(r.id, false)
    await desk.choose(r.id, true)
    const his = world.his()
    const visit = await his.start('V-1', '张为民', startOf(r))
    expect(visit.body).toMatchObject({ credit: { inUse: true, mark: '信用就医' } })
    const late = await zhang.try('chooseCredit', {
      params: { registrationId: r.id },
      body: { useCredit: false },
      key: randomUUID(),
    })
    expect([late.status, codeOf(late.body)]).toEqual([409, 'REGISTRATION_STARTED'])
    await world.pass(minute)
    const order = await his.order('V-1', { orderNo: 'V-1-1', amountFen: 5_000 })
    expect(order.status).toBe(200)
    const { visitId } = await desk.read(r.id)
    const detail = await zhang.call('readVisit', { params: { visitId: visitId ?? '' } })
    expect(detail.orders.map((one) => one.title)).toEqual(['挂号费', '检验'])
    expect(detail.totals).toMatchObject({ paidFen: r.appointment.amountFen, lockedFen: 5_000 })
    expect((await his.visit('V-1')).body.orders).toHaveLength(1)
  })

  it('HIS reads the choice before the visit, of its own registrations only', async () => {
    const r = await desk.register({}, fresh())
    const read = (institution: string) => world.his(institution).call('GET', `/registrations/${r.id}`)
    expect((await read('jc-first')).body).toMatchObject({
      state: 'settled',
      credit: { isChosen: true, mark: '信用就医' },
      paidFen: r.appointment.amountFen,
      certain: true,
    })
    await desk.choose(r.id, false)
    expect((await read('jc-first')).body).toMatchObject({ credit: { isChosen: false, mark: null } })
    expect((await read('yulin')).status).toBe(404)
  })

  it('given up online: later orders do not lock, what was paid stays paid', async () => {
    const r = await desk.register({}, fresh())
    const out = await desk.choose(r.id, false)
    expect(out).toMatchObject({ row: 'done', credit: { isChosen: false } })
    const visit = await world.his().start('V-2', '张为民', startOf(r))
    expect(visit.body).toMatchObject({ credit: { inUse: false, reason: { code: 'CREDIT_OPTED_OUT' } } })
    expect(statesOf(r.id)).toEqual(['CONFIRMED'])
  })

  it('the bank is silent when the doctor starts: what it said online holds', async () => {
    const r = await desk.register({}, fresh())
    world.sandbox.bank.faults.add({ api: 'querySign', kind: 'DROP_BEFORE', times: 1 })
    const visit = await world.his().start('V-3', '张为民', startOf(r))
    expect(visit.body.credit.inUse).toBe(true)
  })

  it('another hospital’s or another person’s number names nothing', async () => {
    const r = await desk.register({}, fresh())
    const elsewhere = await world.his('yulin').start('V-4', '张为民', startOf(r))
    expect([elsewhere.status, codeOf(elsewhere.body)]).toEqual([404, 'REGISTRATION_NOT_FOUND'])
    const other = await world.his().start('V-5', '陈静', startOf(r))
    expect([other.status, codeOf(other.body)]).toEqual([404, 'REGISTRATION_NOT_FOUND'])
  })
})

describe('退号', () => {
  it('before the deduction it releases the lock', async () => {
    hospital().faults.add({ api: 'book', kind: 'dead', times: 50 })
    const open = await desk.register({}, fresh())
    expect(open).toMatchObject({ row: 'bookDoubt', canCancel: true })
    const cancelled = await desk.cancel(open.id)
    expect(cancelled.row).toBe('cancelled')
    await world.pass(minute)
    expect(statesOf(open.id)).toEqual(['CANCELLED'])
    expect((await desk.read(open.id)).payment?.row).toBe('released')
  })

  it('after the deduction it says where the money comes back', async () => {
    const done = await desk.register({}, fresh())
    expect(done).toMatchObject({ canCancel: false, cancelBlock: { code: 'REGISTRATION_PAID' } })
    const refused = await zhang.try('cancelRegistration', { params: { registrationId: done.id }, key: randomUUID() })
    expect([refused.status, codeOf(refused.body)]).toEqual([409, 'REGISTRATION_PAID'])
    expect(statesOf(done.id)).toEqual(['CONFIRMED'])
  })

  it('while the deduction is in doubt it waits', async () => {
    world.sandbox.bank.faults.add({ api: 'confirm', kind: 'EXECUTE_THEN_DROP', times: 1 })
    world.sandbox.bank.faults.add({ api: 'postPayQuery', kind: 'DROP_BEFORE', times: 20 })
    const open = await desk.register({}, fresh())
    expect(open).toMatchObject({ row: 'confirmDoubt', canCancel: false, cancelBlock: { code: 'REGISTRATION_PAYING' } })
    world.sandbox.bank.faults.clear()
    await world.pass(30 * minute)
    expect((await desk.read(open.id)).row).toBe('done')
    expect(locksOf(open.id)[0]?.confirmedFen).toBe(open.appointment.amountFen)
  })
})

describe('one registration, one lock', () => {
  it('under a thousand repeats of the same and of other keys', async () => {
    const body = await desk.body({}, fresh())
    const key = randomUUID()
    const keys = Array.from({ length: 1_000 }, (_, n) => (n % 2 === 0 ? key : randomUUID()))
    const ids = new Set<string>()
    for (let at = 0; at < keys.length; at += 50) {
      const answers = await Promise.all(
        keys.slice(at, at + 50).map((one) => zhang.try('openRegistration', { body, key: one })),
      )
      for (const { status, body } of answers) {
        expect(status).toBe(200)
        ids.add((body as Registration).id)
      }
    }
    expect(ids.size).toBe(1)
    await world.rest()
    const [id = ''] = ids
    expect(statesOf(id)).toEqual(['CONFIRMED'])
    expect(
      hospital()
        .registrations.list()
        .filter((one) => one.slotNo === body.slotNo),
    ).toHaveLength(1)
  }, 120_000)

  it('on two devices of two accounts that hold the same card', async () => {
    const lei = await world.signIn('oDemo-zhanglei')
    const { name, idNumber } = { name: '张为民', idNumber: '990109197406080113' }
    await lei.call('bindCard', { body: { institution: 'jc-first', name, idNumber, relation: 'family' } })
    const card = (await lei.call('listCards')).cards.find((one) => one.relation === 'family')
    await lei.call('agreeToCredit', { body: { cardId: card?.id ?? '', version: creditConsentVersion, agree: true } })
    const body = await desk.body({}, fresh())
    const [one, two] = await Promise.all([
      zhang.call('openRegistration', { body, key: randomUUID() }),
      lei.call('openRegistration', { body: { ...body, cardId: card?.id ?? '' }, key: randomUUID() }),
    ])
    expect(one.id).toBe(two.id)
    await world.rest()
    expect(statesOf(one.id)).toEqual(['CONFIRMED'])
  })

  it('the same key with other content is refused and changes nothing', async () => {
    const body = await desk.body({}, fresh())
    const key = randomUUID()
    await zhang.call('openRegistration', { body, key })
    const other = await zhang.try('openRegistration', { body: { ...body, pays: 'desk' }, key })
    expect([other.status, codeOf(other.body)]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED'])
  })

  it('somebody else’s registration answers as if it did not exist', async () => {
    const made = await desk.register({}, fresh())
    const lixiao = await world.signIn('oDemo-lixiao')
    const tries = ['readRegistration', 'cancelRegistration', 'chooseCredit'] as const
    for (const name of tries) {
      const body = name === 'chooseCredit' ? { body: { useCredit: false } } : {}
      for (const registrationId of [made.id, 'reg_absent']) {
        const answer = await lixiao.try(name, { params: { registrationId }, key: randomUUID(), ...body })
        expect([answer.status, codeOf(answer.body)]).toEqual([404, 'REGISTRATION_NOT_FOUND'])
      }
    }
    expect((await desk.read(made.id)).row).toBe('done')
  })

  it('a key finds its registration again, for this account only', async () => {
    const key = randomUUID()
    const made = await zhang.call('openRegistration', { body: await desk.body({}, fresh()), key })
    expect(await zhang.call('readOperation', { params: { key } })).toEqual({
      found: true,
      registrationId: made.id,
      refundId: null,
    })
    const lei = await world.signIn('oDemo-zhanglei')
    expect(await lei.call('readOperation', { params: { key } })).toEqual({
      found: false,
      registrationId: null,
      refundId: null,
    })
  })
})

describe('refused before anything is stored', () => {
  const rows = statement('select count(*) as n from registration')
  const count = () =>
    world.x.store.read(function* () {
      const [row] = yield* query(rows, {})
      return row ? integer(row, 'n') : -1
    })

  it.each([
    ['another price', { amountFen: 1 }, 409, 'SLOT_PRICE_CHANGED'],
    ['an unknown slot', { slotNo: 'nowhere' }, 404, 'SLOT_NOT_FOUND'],
    ['somebody else’s card', { cardId: 'card_absent' }, 404, 'CARD_NOT_FOUND'],
  ] as const)('%s', async (_name, more, status, code) => {
    const before = await count()
    const answer = await zhang.try('openRegistration', { body: await desk.body(more, fresh()), key: randomUUID() })
    expect([answer.status, codeOf(answer.body)]).toEqual([status, code])
    expect(await count()).toBe(before)
  })

  it('not signed up', async () => {
    const xu = await RegistrationDesk.come(await world.signIn('oDemo-xujiayi'))
    const before = await count()
    await expect(xu.register({}, fresh())).rejects.toThrow('CREDIT_NOT_SIGNED')
    expect(await count()).toBe(before)
  })

  it('the bank is silent', async () => {
    world.sandbox.bank.faults.add({ api: 'querySign', kind: 'DROP_BEFORE', times: 1 })
    await expect(desk.register({}, fresh())).rejects.toThrow('CREDIT_SILENT')
  })

  it('without a key', async () => {
    const answer = await zhang.try('openRegistration', { body: await desk.body({}, fresh()) })
    expect([answer.status, codeOf(answer.body)]).toEqual([400, 'IDEMPOTENCY_KEY_MISSING'])
  })
})

describe('the hospital does not answer', () => {
  it.each(['reserve', 'book', 'paid'] as const)('%s is told again until it is heard, with one effect', async (api) => {
    hospital().faults.add({ api, kind: 'silent', times: 2 })
    const open = await desk.register({}, fresh())
    await world.pass(minute)
    const done = await desk.read(open.id)
    expect(done.row).toBe('done')
    expect(statesOf(open.id)).toEqual(['CONFIRMED'])
    expect(eventsOf(done)).toContain('doubt')
  })

  it('for long: a person is told, and telling goes on', async () => {
    hospital().faults.add({ api: 'reserve', kind: 'dead', times: 30 })
    const open = await desk.register({}, fresh())
    await world.pass(30 * minute)
    const items = await world.x.store.read(function* () {
      return yield* query(statement("select subject_id from work_item where kind = 'hospitalSilent'"), {})
    })
    expect(items.map((row) => row['subject_id'])).toContain(open.id)
    hospital().faults.clear()
    await world.pass(10 * minute)
    expect((await desk.read(open.id)).row).toBe('done')
  })
})

it('the journal of every registration replays to its row', async () => {
  const { registrationMutableKeys } = await import('@paycare/bff/modules/registrations/index.ts')
  const { findRegistration } = await import('@paycare/bff/modules/registrations/store.ts')
  const ids = await world.x.store.read(function* () {
    return yield* query(statement('select id from registration'), {})
  })
  expect(ids.length).toBeGreaterThan(10)
  for (const row of ids) {
    const id = String(row['id'])
    await world.x.store.read(function* () {
      const stored = yield* findRegistration(id)
      const { version, mutable } = replay(yield* journalOf<Partial<Registration>>(id))
      expect(version).toBe(stored?.version)
      const kept = Object.fromEntries(registrationMutableKeys.map((key) => [key, stored?.[key]]))
      expect(mutable).toEqual(kept)
    })
  }
})
