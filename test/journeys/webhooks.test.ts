import type { HisDeliveries, HisDelivery, Problem } from '@paycare/shared/contract'
import { query, statement, text } from '@paycare/bff/db/unit.ts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { personNamed } from '../world/his-client.ts'
import { World } from '../world/world.ts'
import { RegistrationDesk } from './registration-desk.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute

let world: World
let visits = 0
let visitNo = ''
let orderNo = ''
beforeAll(async () => {
  world = await World.start({ webhooks: true })
})
beforeEach(() => {
  visits += 1
  visitNo = `W${visits}`
  orderNo = `${visitNo}-1`
})
afterEach(() => {
  world.sandbox.hospital.at('jc-first').faults.clear()
})
afterAll(() => world.close())

const hospital = () => world.sandbox.hospital.at('jc-first')
const his = () => world.his()
/** What the hospital got of this test's order. */
const got = () =>
  hospital()
    .webhooks.list()
    .filter(({ data }) => data['orderNo'] === orderNo)
const states = () => got().map(({ type, data }) => [type, (data['payment'] as { state: string }).state])
const listed = async (at = his()) => {
  const { body } = await at.call<HisDeliveries>('GET', '/deliveries')
  return body.deliveries.filter(({ news }) => news.type === 'payment.changed' && news.data.orderNo === orderNo)
}

async function locked(amountFen = 1_000): Promise<void> {
  expect((await his().start(visitNo, '阿卜杜热合曼·买买提江')).status).toBe(200)
  expect((await his().order(visitNo, { orderNo, amountFen })).status).toBe(200)
  await world.rest()
}

describe('a change of a payment', () => {
  it('is told once, signed, with what polling answers', async () => {
    await locked()
    await his().finish(visitNo, { [orderNo]: 900 })
    await world.rest()
    expect(states()).toEqual([
      ['payment.changed', 'held'],
      ['payment.changed', 'paid'],
    ])
    const polled = (await his().visit(visitNo)).body.orders[0]?.payments[0]
    const last = got().at(-1)
    expect(last?.data).toMatchObject({ visitNo, orderNo, registrationNo: null, payment: polled })
    expect(got().map((one) => one.repeats)).toEqual([0, 0])
    const versions = got().map((one) => one.version)
    expect(versions).toEqual([...versions].sort((a, b) => a - b))
    expect((await listed()).map((one) => [one.state, one.tries, one.lastStatus])).toEqual([
      ['sent', 1, '204'],
      ['sent', 1, '204'],
    ])
  })

  it('is written in the transaction of the change: one news row for each new state, and no identity', async () => {
    await locked()
    const rows = await world.x.store.read(() =>
      query(
        statement(`select d.payload_json from delivery d join journal j on j.subject_id = d.subject_id and j.version = d.version
          where j.from_state <> j.to_state`),
        {},
      ),
    )
    const changes = await world.x.store.read(() =>
      query(statement(`select version from journal where from_state <> to_state`), {}),
    )
    expect(rows).toHaveLength(changes.length)
    const payloads = rows.map((row) => text(row, 'payload_json')).join('')
    expect(payloads).not.toContain('阿卜杜热合曼')
  })
})

describe('a change of a refund', () => {
  it('is told with the payment and the visit that it belongs to', async () => {
    await locked()
    await his().finish(visitNo, { [orderNo]: 1_000 })
    const paymentId = (await his().visit(visitNo)).body.orders[0]?.payments[0]?.id ?? ''
    const { lease } = await world.x.store.run(() =>
      world.x.engine.openRefund({ paymentId, amountFen: 300, queue: 'manual', terms: {} }, 'test'),
    )
    await world.x.engine.settleSoon([lease])
    await world.rest()
    const refund = got().find(({ type }) => type === 'refund.changed')
    expect(refund?.data).toMatchObject({
      visitNo,
      orderNo,
      refund: { paymentId, state: 'refunded', certain: true, amountFen: 300, reason: null },
    })
  })
})

describe('a change of a registration', () => {
  it('made online is told with every new state, as polling answers it', async () => {
    const desk = await RegistrationDesk.come(await world.signIn('oDemo-liuyang'))
    const { id } = await desk.register()
    await world.rest()
    const news = hospital()
      .webhooks.list()
      .map(({ data }) => data['registration'] as { registrationNo: string; state: string } | undefined)
      .filter((one) => one?.registrationNo === id)
    expect(news.map((one) => one?.state)).toEqual(['reserved', 'booked', 'settled'])
    const polled = await his().call('GET', `/registrations/${id}`)
    expect(news.at(-1)).toEqual(polled.body)
  })

  it('at the window is told as its payment, with HIS’s own number', async () => {
    const { idNumber } = personNamed('刘洋')
    const patient = { patientNo: 'P1', name: '刘洋', idType: '01', idNumber }
    const body = { patient, feeFen: 500, department: '内科', cashierNo: 'S01', useCredit: true }
    await his().call('PUT', `/window-registrations/${orderNo}`, body)
    await world.rest()
    const news = hospital()
      .webhooks.list()
      .filter(({ data }) => data['windowRegistrationNo'] === orderNo)
    expect(news.map(({ data }) => (data['payment'] as { state: string }).state)).toEqual(['held', 'paid'])
  })
})

describe('a hospital that does not take a message', () => {
  it.each(['error', 'dead'] as const)(
    'by “%s” is told again after five seconds, five minutes, half an hour',
    async (kind) => {
      hospital().faults.add({ api: 'webhook', kind, times: 3 })
      await locked()
      expect(got()).toEqual([])
      await world.pass(5 * second)
      await world.pass(5 * minute)
      expect(got()).toEqual([])
      await world.pass(30 * minute)
      expect(states()).toEqual([['payment.changed', 'held']])
      expect(await listed()).toMatchObject([{ state: 'sent', tries: 4 }])
    },
  )

  it('but had it, because only its answer was lost, knows the repetition by its number', async () => {
    hospital().faults.add({ api: 'webhook', kind: 'silent', times: 1 })
    await locked()
    await world.pass(5 * second)
    expect(got().map((one) => one.repeats)).toEqual([1])
  })

  it('for two days is given up, a person is told, and asking still tells all', async () => {
    hospital().faults.add({ api: 'webhook', kind: 'error' })
    await locked()
    await world.pass(50 * hour)
    expect((await listed())[0]).toMatchObject({ state: 'waiting', lastStatus: '500' })
    await world.pass(4 * hour)
    const [first] = await listed()
    expect(first).toMatchObject({ state: 'givenUp', tries: 9, lastStatus: '500' })
    const items = await world.x.store.read(() =>
      query(statement('select kind from work_item where subject_id = :id'), { id: first?.id ?? '' }),
    )
    expect(items.map((row) => text(row, 'kind'))).toEqual(['hospitalSilent'])
    hospital().faults.clear()
    const again = await his().call<HisDelivery>('POST', `/deliveries/${first?.id}/redeliver`)
    expect([again.status, again.body]).toMatchObject([200, { state: 'sent', tries: 1, lastStatus: '204' }])
    expect(got().map((one) => one.id)).toEqual([first?.id])
  })

  it('with 410 is not told of it any more', async () => {
    hospital().faults.add({ api: 'webhook', kind: 'gone', times: 1 })
    await locked()
    await world.pass(hour)
    expect(await listed()).toMatchObject([{ state: 'givenUp', tries: 1, lastStatus: '410' }])
    expect(got()).toEqual([])
  })
})

describe('the list of changes', () => {
  it('goes on where it ended, and begins where it is told', async () => {
    const before = world.clock.now()
    await world.pass(second)
    await locked()
    const since = await his().call<HisDeliveries>('GET', `/deliveries?since=${before + 1}`)
    expect(since.body.deliveries.every((one) => Date.parse(one.at) > before)).toBe(true)
    expect(since.body).toMatchObject({ deliveries: [{ news: { data: { orderNo } } }], next: null })
    const [last] = since.body.deliveries
    const after = await his().call<HisDeliveries>('GET', `/deliveries?after=${world.clock.now()}.${last?.id}`)
    expect(after.body).toEqual({ deliveries: [], next: null })
  })

  it('shows nothing of another institution, and tells nothing of it again', async () => {
    await locked()
    expect(await listed(world.his('yulin'))).toEqual([])
    const [first] = await listed()
    const other = await world.his('yulin').call<Problem>('POST', `/deliveries/${first?.id}/redeliver`)
    expect([other.status, other.body.code]).toEqual([404, 'DELIVERY_NOT_FOUND'])
  })
})

describe('a message that is not surely the product’s', () => {
  it('is not taken by the hospital', async () => {
    await locked()
    const [first] = got()
    const url = `${world.x.config.institutions[0]?.webhookUrl}`
    const headers = { 'webhook-id': 'msg_x', 'webhook-timestamp': '1', 'webhook-signature': 'v1,AAAA' }
    expect((await fetch(url, { method: 'POST', headers, body: first?.body ?? '' })).status).toBe(401)
  })
})
