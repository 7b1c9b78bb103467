import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import Database from 'better-sqlite3'
import { World } from '../world/world.ts'
import { RegistrationDesk } from './registration-desk.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
/** 2026-11-21 24:00 in Shanghai. */
const midnightMs = Date.UTC(2026, 10, 21, 16)
const once = { times: 1 } as const

let world: World
beforeEach(async () => {
  world = await World.start()
})
afterEach(async () => {
  expect(world.sandbox.bank.invariants()).toEqual({ ok: true, violations: [] })
  await world.close()
})

const his = () => world.his()
const hospital = () => world.sandbox.hospital.at('jc-first')
/** Lets time pass until so long before midnight. */
const until = (beforeMs: number): Promise<void> => world.pass(midnightMs - beforeMs - world.clock.now())
const locks = () => world.sandbox.bank.locks().map((lock) => [lock.orderNo, lock.state, lock.confirmedFen] as const)
const states = async (visitNo = 'V1') =>
  (await his().visit(visitNo)).body.orders.flatMap((order) => order.payments.map((one) => one.state))

function rows(sql: string): Record<string, unknown>[] {
  const database = new Database(world.databaseFile, { readonly: true })
  try {
    return database.prepare(sql).all() as Record<string, unknown>[]
  } finally {
    database.close()
  }
}
const items = (): unknown[] => rows('select kind from work_item order by raised_at, id').map((row) => row['kind'])
const asked = (): number[] =>
  rows(`select sent_at from exchange where interface = 'amounts' order by sent_at`).map((row) => Number(row['sent_at']))
const confirmsAt = (): number[] =>
  world.sandbox.bank
    .journal()
    .filter((row) => row.api === 'confirm')
    .map((row) => row.atMs)

/** A visit with two orders in the morning. */
async function visitWithOrders(visitNo = 'V1'): Promise<void> {
  await his().start(visitNo, '刘洋')
  await his().order(visitNo, { orderNo: `${visitNo}A`, amountFen: 12_000 })
  await his().order(visitNo, { orderNo: `${visitNo}B`, amountFen: 5_000 })
}

const amounts = (a: number, b: number, state: 'open' | 'finished' = 'finished', visitNo = 'V1') => ({
  state,
  orders: [
    { orderNo: `${visitNo}A`, actualFen: a },
    { orderNo: `${visitNo}B`, actualFen: b },
  ],
})

describe('the evening sweep', () => {
  it('asks HIS once between 22:00 and 22:45 and takes exactly what HIS states; nothing used is released', async () => {
    await visitWithOrders()
    hospital().stateAmounts('V1', amounts(8_000, 0))
    await until(2 * hour + second)
    expect([asked(), await states()]).toEqual([[], ['held', 'held']])
    await until(75 * minute)
    expect(asked()).toHaveLength(1)
    expect(locks()).toEqual([
      ['V1A', 'CONFIRMED', 8_000],
      ['V1B', 'CANCELLED', 0],
    ])
    expect((await his().visit('V1')).body).toMatchObject({
      state: 'finished',
      totals: { paidFen: 8_000, lockedFen: 0 },
    })
    await until(-hour)
    expect([asked().length, items()]).toEqual([1, []])
  })

  it('waits with an open visit until the last pass before 23:30, in which what HIS states counts', async () => {
    await visitWithOrders()
    hospital().stateAmounts('V1', amounts(12_000, 1_000, 'open'))
    await until(50 * minute)
    expect([asked().length, await states()]).toEqual([1, ['held', 'held']])
    await until(30 * minute)
    expect(asked()).toHaveLength(2)
    expect(locks().map(([, state, fen]) => [state, fen])).toEqual([
      ['CONFIRMED', 12_000],
      ['CONFIRMED', 1_000],
    ])
    expect((await his().visit('V1')).body.state).toBe('open')
    expect((await his().finish('V1', { V1A: 12_000, V1B: 1_000 })).status).toBe(200)
  })

  it('asks a silent HIS again until 23:45, takes nothing, tells a person, and the locks end at midnight', async () => {
    await visitWithOrders()
    hospital().faults.add({ api: 'amounts', kind: 'dead' })
    await until(15 * minute)
    expect(asked().length).toBeGreaterThan(5)
    expect(asked().length).toBeLessThan(20)
    await until(14 * minute)
    expect(items()).toEqual(['sweepUnanswered', 'sweepUnanswered'])
    await until(-minute)
    expect(locks().map(([, state]) => state)).toEqual(['EXPIRED', 'EXPIRED'])
    expect([await states(), confirmsAt()]).toEqual([['expired', 'expired'], []])
    expect(items()).toEqual(['sweepUnanswered', 'sweepUnanswered', 'expiredUnpaid', 'expiredUnpaid'])
    expect(asked().every((at) => at < midnightMs - 15 * minute)).toBe(true)
  })

  it('takes what a HIS states that answers again at last', async () => {
    await visitWithOrders()
    hospital().stateAmounts('V1', amounts(12_000, 5_000))
    hospital().faults.add({ api: 'amounts', kind: 'silent', times: 4 })
    await until(14 * minute)
    expect(await states()).toEqual(['paid', 'paid'])
    expect(items()).toEqual([])
  })

  it.each([
    ['above the locks', amounts(12_001, 5_000)],
    ['for one order only', { state: 'finished' as const, orders: [{ orderNo: 'V1A', actualFen: 100 }] }],
    ['twice for one order', { state: 'finished' as const, orders: [...amounts(1, 1).orders, ...amounts(2, 2).orders] }],
  ])('takes nothing when HIS states amounts %s: a person is told', async (_, stated) => {
    await visitWithOrders()
    hospital().stateAmounts('V1', stated)
    await until(minute)
    expect([await states(), confirmsAt()]).toEqual([['held', 'held'], []])
    expect(items().filter((kind) => kind === 'sweepDiffers').length).toBeGreaterThan(0)
  })

  it('and the end of the visit may meet: HIS’s message wins, each lock is taken once', async () => {
    await visitWithOrders()
    hospital().stateAmounts('V1', amounts(12_000, 5_000))
    hospital().faults.add({ api: 'amounts', kind: 'dead', ...once })
    await until(2 * hour)
    while (asked().length === 0) await world.pass(10 * second)
    expect((await his().finish('V1', { V1A: 700, V1B: 0 })).status).toBe(200)
    await until(-minute)
    expect(locks()).toEqual([
      ['V1A', 'CONFIRMED', 700],
      ['V1B', 'CANCELLED', 0],
    ])
  })

  it('was first: the end of the visit that says the same is heard, another amount is refused', async () => {
    await visitWithOrders()
    hospital().stateAmounts('V1', amounts(12_000, 0))
    await until(75 * minute)
    expect((await his().finish('V1', { V1A: 11_000, V1B: 0 })).body).toMatchObject({ code: 'PAYMENT_SETTLED' })
    expect((await his().finish('V1', { V1A: 12_000, V1B: 1 })).body).toMatchObject({ code: 'FINISH_OVER_LOCK' })
    expect((await his().finish('V1', { V1A: 12_000, V1B: 0 })).status).toBe(200)
    expect((await his().finish('V1', { V1A: 12_000, V1B: 0 })).status).toBe(200)
    expect((await his().visit('V1')).body.totals.paidFen).toBe(12_000)
  })

  it('asks about an order that is written late, five minutes after it', async () => {
    await visitWithOrders()
    hospital().stateAmounts('V1', amounts(12_000, 5_000, 'open'))
    await until(25 * minute)
    await his().order('V1', { orderNo: 'V1C', amountFen: 900 })
    const before = asked().length
    const late = { orderNo: 'V1C', actualFen: 900 }
    hospital().stateAmounts('V1', { state: 'open', orders: [...amounts(12_000, 5_000).orders, late] })
    await world.pass(5 * minute - second)
    expect(asked()).toHaveLength(before)
    await world.pass(2 * second)
    expect(await states()).toEqual(['paid', 'paid', 'paid'])
  })
})

describe('midnight', () => {
  it('a visit that ends at 23:57 is deducted today', async () => {
    await visitWithOrders()
    hospital().faults.add({ api: 'amounts', kind: 'dead' })
    await until(3 * minute)
    await his().finish('V1', { V1A: 12_000, V1B: 5_000 })
    expect(await states()).toEqual(['paid', 'paid'])
    expect(world.sandbox.bank.locks().map((lock) => lock.acctDate)).toEqual(['20261121', '20261121'])
  })

  it('a visit that ends at 23:59 is deducted no more: the locks end, a person finds another way', async () => {
    await visitWithOrders()
    hospital().faults.add({ api: 'amounts', kind: 'dead' })
    await until(minute)
    const told = await his().finish('V1', { V1A: 12_000, V1B: 5_000 })
    expect(told.body.orders[0]?.payments[0]).toMatchObject({ state: 'held', certain: false })
    await until(-minute)
    expect([await states(), confirmsAt()]).toEqual([['expired', 'expired'], []])
    expect(items().filter((kind) => kind === 'expiredUnpaid')).toHaveLength(2)
    await until(-12 * hour)
    expect(world.sandbox.bank.locks()).toHaveLength(2)
  })

  it.each([
    ['answer lost', [{ api: 'confirm', ...once, kind: 'EXECUTE_THEN_DROP' }], 'paid'],
    [
      'PROCESSING, then done',
      [{ api: 'confirm', ...once, kind: 'EXECUTE_THEN_PROCESSING', afterMs: 4 * minute }],
      'paid',
    ],
    [
      'PROCESSING, then refused',
      [{ api: 'confirm', ...once, kind: 'EXECUTE_THEN_PROCESSING', afterMs: 4 * minute, final: 'FAIL' }],
      'expired',
    ],
    ['request lost and 23:58 passed', [{ api: 'confirm', kind: 'DROP_BEFORE' }], 'expired'],
  ] as const)('a confirm in doubt since 23:57:50 (%s) is only asked about', async (_, faults, ends) => {
    await his().start('V1', '刘洋')
    await his().order('V1', { orderNo: 'V1A', amountFen: 12_000 })
    hospital().faults.add({ api: 'amounts', kind: 'dead' })
    await until(2 * minute + 10 * second)
    for (const fault of faults) world.sandbox.bank.faults.add(fault)
    await his().finish('V1', { V1A: 12_000 })
    await until(minute)
    expect(confirmsAt()).toHaveLength(1)
    await until(-15 * minute)
    expect(await states()).toEqual([ends])
    expect(confirmsAt()).toHaveLength(1)
    expect(items().includes('expiredUnpaid')).toBe(ends === 'expired')
    expect(locks()[0]?.[1]).toBe(ends === 'paid' ? 'CONFIRMED' : 'EXPIRED')
  })

  it('a lock in doubt over midnight is not made again on the next day', async () => {
    await his().start('V1', '刘洋')
    await until(10 * second)
    world.sandbox.bank.faults.add({ api: 'lock', kind: 'DROP_BEFORE' })
    await his().order('V1', { orderNo: 'V1A', amountFen: 12_000 })
    await until(-15 * minute)
    expect([await states(), world.sandbox.bank.locks()]).toEqual([['expired'], []])
    const sent = world.sandbox.bank.journal().filter((row) => row.api === 'lock')
    expect(sent.every((row) => row.atMs < midnightMs)).toBe(true)
    expect(items()).toContain('expiredUnpaid')
  })

  it('an order taken back after midnight is released', async () => {
    await visitWithOrders()
    hospital().faults.add({ api: 'amounts', kind: 'dead' })
    await until(second)
    world.sandbox.bank.faults.add({ api: 'cancel', ...once, kind: 'DROP_BEFORE' })
    await his().cancel('V1', 'V1A')
    await until(-5 * minute)
    expect(await states()).toEqual(['released', 'expired'])
    expect(items().filter((kind) => kind === 'expiredUnpaid')).toHaveLength(1)
  })
})

describe('the bank’s clock', () => {
  it('more than a minute apart: a registration is offered ordinary payment, its slot is kept', async () => {
    const desk = await RegistrationDesk.come(await world.signIn('oDemo-chenjing'))
    world.sandbox.bank.skew(90 * second)
    const registration = await desk.register()
    expect(registration).toMatchObject({ pays: 'desk', reason: { code: 'CREDIT_CLOCK' } })
    expect(world.sandbox.bank.locks()).toEqual([])
  })

  it('decides when its day ends, and a person reads once that it is apart', async () => {
    world.sandbox.bank.skew(30 * second)
    await visitWithOrders()
    hospital().faults.add({ api: 'amounts', kind: 'dead' })
    await until(2 * minute + 20 * second)
    await his().finish('V1', { V1A: 12_000, V1B: 5_000 })
    expect(confirmsAt()).toEqual([])
    await until(20 * second)
    expect(await states()).toEqual(['expired', 'expired'])
    expect(world.logLines.filter((line) => line.includes('"bank clock"'))).toHaveLength(1)
  })

  it('more than a minute apart opens nothing new, and what is open goes on', async () => {
    await visitWithOrders()
    world.sandbox.bank.skew(-90 * second)
    await his().start('V2', '刘洋')
    const refused = await his().order('V2', { orderNo: 'V2A', amountFen: 900 })
    expect([refused.status, refused.body]).toMatchObject([503, { code: 'CREDIT_CLOCK' }])
    expect(world.sandbox.bank.locks()).toHaveLength(2)
    await his().finish('V1', { V1A: 12_000, V1B: 5_000 })
    expect(await states()).toEqual(['paid', 'paid'])
    world.sandbox.bank.skew(0)
    await his().start('V3', '刘洋')
    expect((await his().order('V2', { orderNo: 'V2A', amountFen: 900 })).status).toBe(200)
  })
})
