import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { PostgresServer } from '../store/postgres-server.ts'
import { kinds } from '../store/stores.ts'
import { World } from '../world/world.ts'

let server: PostgresServer
beforeAll(async () => {
  server = await PostgresServer.start()
})
afterAll(() => server.stop())

describe.each(kinds)('a visit on “信用就医”, stored in $name', ({ open }) => {
  let world: World
  beforeEach(async () => {
    world = await World.start({ store: await open(server) })
  })
  afterEach(() => world.close())

  it('locks each order when it is written and deducts what was used when the visit ends', async () => {
    const his = world.his()
    const started = await his.start('V1', '陈静')
    expect(started.body).toMatchObject({
      state: 'open',
      credit: { inUse: true, mark: '信用就医' },
      prompt: '该患者本次就诊已确认使用“信用就医”服务',
    })
    const first = await his.order('V1', { orderNo: 'O1', amountFen: 12_345 })
    expect(first.body.prompt).toBe('患者本次使用“信用就医”额度支付总费用')
    expect(first.body.order.payments[0]).toMatchObject({ state: 'held', certain: true, amountFen: 12_345 })
    await his.order('V1', { orderNo: 'O2', amountFen: 6_000 })
    const finished = await his.finish('V1', { O1: 12_345, O2: 4_000 })
    expect(finished.body).toMatchObject({
      state: 'finished',
      totals: { lockedFen: 0, paidFen: 16_345, releasedFen: 2_000, pendingFen: 0 },
    })
    const locks = world.sandbox.bank.locks()
    expect(locks.map((lock) => [lock.state, lock.amountFen, lock.confirmedFen])).toEqual([
      ['CONFIRMED', 12_345, 12_345],
      ['CONFIRMED', 6_000, 4_000],
    ])
    expect(world.sandbox.bank.invariants()).toEqual({ ok: true, violations: [] })
  })

  it('shows the patient the same amounts, order by order and item by item', async () => {
    const his = world.his()
    await his.start('V1', '陈静')
    await his.order('V1', { orderNo: 'O1', amountFen: 12_345 })
    const app = await world.signIn('oDemo-chenjing')
    const [card] = (await app.call('listCards')).cards
    const { visits } = await app.call('listVisits', { query: { cardId: card?.id ?? '', filter: 'all' } })
    const visitId = visits[0]?.id ?? ''
    const open = await app.call('readVisit', { params: { visitId } })
    expect(open.tonight).toMatchObject({ amountFen: 12_345 })
    expect(open.orders[0]?.payments[0]?.row).toBe('held')
    await his.finish('V1', { O1: 12_345 })
    const fees = await app.call('readVisitFees', { params: { visitId } })
    expect(fees.totalFen).toBe(12_345)
    expect(fees.categories[0]?.items[0]).toMatchObject({ plainName: '抽血看血细胞，查感染和贫血', row: 'paid' })
    const payment = await app.call('readPayment', { params: { paymentId: open.orders[0]?.payments[0]?.id ?? '' } })
    expect(payment.events.map((event) => event.event)).toEqual(['opened', 'locked', 'finish', 'confirmed'])
  })
})
