import { randomUUID } from 'node:crypto'
import type { Registration } from '@paycare/shared/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PostgresServer } from '../store/postgres-server.ts'
import { migrated, postgresAt } from '../store/stores.ts'
import type { AppClient } from '../world/app-client.ts'
import { World } from '../world/world.ts'
import { RegistrationDesk } from './registration-desk.ts'

const second = 1_000
let server: PostgresServer
let world: World
/** Addresses of two processes that share a database and nothing else. */
let urls: readonly [string, string]
let zhang: AppClient
let desk: RegistrationDesk
beforeAll(async () => {
  server = await PostgresServer.start()
  const url = await migrated(server)
  world = await World.start({ store: postgresAt(url, 'injected') })
  urls = [world.url, await world.beside(postgresAt(url, 'injected'))]
  zhang = await world.signIn('oDemo-zhangweimin')
  desk = await RegistrationDesk.come(zhang)
})
afterAll(async () => {
  await world.close()
  await server.stop()
})

const locksOf = (orderNo: string) => world.sandbox.bank.locks().filter((lock) => lock.orderNo === orderNo)
const statesOf = (orderNo: string) => locksOf(orderNo).map((lock) => lock.state)
/** The same request at both processes, again and again, all at once. */
const atBoth = <T>(times: number, ask: (url: string, at: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: times }, (_, at) => ask(urls[at % 2 === 0 ? 0 : 1], at)))

describe('two processes on one PostgreSQL', () => {
  it('an order that HIS posts to both at once, with one key or with many, is one lock', async () => {
    await world.his().start('P1', '陈静')
    const key = randomUUID()
    const answers = await atBoth(20, (url, at) => {
      const own = at < 10 ? key : randomUUID()
      return world.his('jc-first', url).order('P1', { orderNo: 'P1-1', amountFen: 12_345 }, own)
    })
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    await world.pass(second)
    const { body } = await world.his('jc-first', urls[1]).visit('P1')
    expect(body.orders[0]?.payments).toMatchObject([{ state: 'held', certain: true, amountFen: 12_345 }])
    expect(statesOf('P1-1')).toEqual(['LOCKED'])
  })

  it('what one process locked the other deducts', async () => {
    await world.his().start('P2', '陈静')
    await world.his().order('P2', { orderNo: 'P2-1', amountFen: 5_000 })
    const finished = await world.his('jc-first', urls[1]).finish('P2', { 'P2-1': 4_000 })
    expect(finished.body.totals).toEqual({ lockedFen: 0, paidFen: 4_000, releasedFen: 1_000, pendingFen: 0 })
    expect(locksOf('P2-1')).toMatchObject([{ state: 'CONFIRMED', confirmedFen: 4_000 }])
  })

  it('the end of a visit and a cancel of its order at the same moment: one of them holds, and nothing is done twice', async () => {
    await world.his().start('P3', '陈静')
    await world.his().order('P3', { orderNo: 'P3-1', amountFen: 2_000 })
    await Promise.all([
      world.his('jc-first', urls[0]).finish('P3', { 'P3-1': 2_000 }),
      world.his('jc-first', urls[1]).cancel('P3', 'P3-1'),
    ])
    await world.pass(5 * second)
    const { body } = await world.his().visit('P3')
    const [payment] = body.orders[0]?.payments ?? []
    expect(payment).toMatchObject({ certain: true })
    expect(statesOf('P3-1')).toEqual([payment?.state === 'paid' ? 'CONFIRMED' : 'CANCELLED'])
  })

  it('a lost answer is asked about by one process or the other, and the lock is made once', async () => {
    world.sandbox.bank.faults.add({ api: 'lock', kind: 'EXECUTE_THEN_DROP', times: 1 })
    await world.his().start('P4', '陈静')
    const ordered = await world.his().order('P4', { orderNo: 'P4-1', amountFen: 3_000 })
    expect(ordered.body.order.payments[0]).toMatchObject({ state: 'opening', certain: false })
    await world.pass(5 * second)
    const { body } = await world.his('jc-first', urls[1]).visit('P4')
    expect(body.orders[0]?.payments[0]).toMatchObject({ state: 'held', certain: true })
    expect(statesOf('P4-1')).toEqual(['LOCKED'])
  })

  it('reserves, locks, books, deducts and tells the hospital, in one answer', async () => {
    const done = await desk.register({}, 0)
    expect(done).toMatchObject({ row: 'done', pays: 'credit', role: 'own' })
    expect(done.events.map((event) => event.event)).toEqual([
      'opened',
      'reserved',
      'locked',
      'booked',
      'confirmed',
      'posted',
    ])
    expect(statesOf(done.id)).toEqual(['CONFIRMED'])
  })

  it('a registration that is tapped at both at once, with one key, is one slot and one lock', async () => {
    const body = await desk.body({}, 1)
    const key = randomUUID()
    const answers = await atBoth(20, (url) => zhang.at(url).try('openRegistration', { body, key }))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    const ids = new Set(answers.map((answer) => (answer.body as Registration).id))
    expect(ids.size).toBe(1)
    await world.pass(5 * second)
    const [id = ''] = ids
    expect((await desk.read(id)).row).toBe('done')
    expect(statesOf(id)).toEqual(['CONFIRMED'])
  })

  it('the bank’s books are in order', () => {
    expect(world.sandbox.bank.invariants()).toEqual({ ok: true, violations: [] })
  })
})
