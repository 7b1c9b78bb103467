import { query, statement, text } from '@paycare/bff/db/unit.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { World } from '../world/world.ts'
import { codeOf, item, RefundDesk } from './refund-desk.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const merPtcId = '301510000000001'

let world: World
let desk: RefundDesk
beforeEach(async () => {
  world = await World.start()
  desk = new RefundDesk(world, await world.signIn('oDemo-liuyang'))
  bank().putMerchant({ merPtcId, name: 'x', tier: '三级', suspended: false, reserve: false })
})
afterEach(async () => {
  await world.pass(0)
  expect(bank().invariants()).toEqual({ ok: true, violations: [] })
  await world.close()
})

const bank = () => world.sandbox.bank
const rows = (sql: string) => world.x.store.read(() => query(statement(sql), {}))
const items = async () => (await rows('select kind from work_item order by raised_at, id')).map((row) => row['kind'])
/** Bank calls of refunds: when, and how much. */
const tries = () =>
  bank()
    .journal()
    .filter((row) => row.api === 'refund')
    .map((row) => [clockOf(row.atMs), row.amountFen] as const)
const clockOf = (atMs: number): string => new Date(atMs + 8 * hour).toISOString().slice(8, 16)
const statesOf = async (...refundNos: string[]) =>
  Promise.all(refundNos.map(async (no) => (await desk.at(no)).body.legs.map((leg) => leg.state).join()))

const insertBill = statement(
  `insert into bill (id, institution, kind, his_no, rev, visit_id, title, amount_fen, lines_json, body_hash, created_at)
   values (:id, 'jc-first', 'order', :no, 0, :visitId, '住院预交金', :amountFen, :lines, '', 0)`,
)

/** A deposit as an admission pays it: at once, without a lock. */
async function deposit(orderNo: string, amountFen: number): Promise<void> {
  const { x } = world
  const [visit] = await rows(`select id, person_id from visit where his_no = 'V1'`)
  if (!visit) throw new Error('no visit')
  const terms = {
    scene: 'INP_DEPOSIT',
    agreementNo: 'CM2026990000000008',
    admissionNo: 'Z1',
    authType: 'WRITTEN',
    authRef: 'A1',
  }
  const line = { ...item(orderNo, amountFen), name: '住院预交金', category: 'other', unit: '次', quantity: 1 }
  const lease = await x.store.run(function* () {
    const billId = `bill_${orderNo}`
    const lines = JSON.stringify([line])
    yield* query(insertBill, { id: billId, no: orderNo, visitId: text(visit, 'id'), amountFen, lines })
    const about = { institution: 'jc-first', billId, channel: 'credit', kind: 'direct', goal: 'paid' } as const
    const personId = text(visit, 'person_id')
    return (yield* x.engine.open({ ...about, personId, role: 'own', amountFen, terms }, 'his')).lease
  })
  await x.engine.settleSoon([lease])
  const [paid] = await rows(`select state from payment where bill_id = 'bill_${orderNo}'`)
  expect(paid).toEqual({ state: 'paid' })
}

/** Money comes in, so that something can go out. */
const income = (amountFen: number, visitNo: string) => desk.paid('张为民', [amountFen], visitNo)

describe('inpatient refunds for which the balance is too small (C 二（四）1（4）)', () => {
  beforeEach(async () => {
    await world.his().start('V1', '刘洋')
    for (const [at, amountFen] of [30_000, 20_000, 10_000].entries()) await deposit(`D${at}`, amountFen)
    await world.pass(day)
  })

  it('are tried again at 16:00 and 21:00, in the order of application, each once a run, until they succeed', async () => {
    for (const [at, fen] of [30_000, 20_000, 10_000].entries()) {
      await desk.his(`H${at}`, [item(`D${at}`, fen)])
      await world.pass(minute)
    }
    expect(await statesOf('H0', 'H1', 'H2')).toEqual(['waiting', 'waiting', 'waiting'])
    await world.pass(6 * hour)
    expect(tries().slice(3)).toEqual([
      ['22T16:00', 30_000],
      ['22T16:00', 20_000],
      ['22T16:00', 10_000],
    ])
    // Every failure of every try is told.
    expect((await items()).filter((kind) => kind === 'refundDeferred')).toHaveLength(6)
    const [waiting] = await desk.waiting()
    expect(waiting?.legs[0]).toMatchObject({ tries: 2, canResend: false })
    expect(waiting?.legs[0]?.notice).toContain('该居民退款失败（第 2 次')
    await income(31_000, 'V2')
    await world.pass(6 * hour)
    // What is too small for one is enough for another: nobody is skipped, and nobody is held up.
    expect(tries().slice(6)).toEqual([
      ['22T21:00', 30_000],
      ['22T21:00', 20_000],
      ['22T21:00', 10_000],
    ])
    expect(await statesOf('H0', 'H1', 'H2')).toEqual(['done', 'waiting', 'waiting'])
    await world.pass(14 * hour)
    await income(50_000, 'V3')
    await world.pass(6 * hour)
    expect(await statesOf('H0', 'H1', 'H2')).toEqual(['done', 'done', 'done'])
    expect((await desk.at('H2')).body.state).toBe('done')
    const after = tries().length
    await world.pass(3 * day)
    expect(tries()).toHaveLength(after)
  })

  it('whose answer is missing is asked about and holds up nobody but itself', async () => {
    await desk.his('H0', [item('D0', 30_000)])
    await world.pass(minute)
    await desk.his('H1', [item('D1', 20_000)])
    await income(60_000, 'V2')
    bank().faults.add({ api: 'refund', kind: 'EXECUTE_THEN_DROP', times: 1 })
    bank().faults.add({ api: 'refundQuery', kind: 'DROP_BEFORE' })
    await world.pass(6 * hour)
    expect(await statesOf('H0', 'H1')).toEqual(['doubt', 'done'])
    await world.pass(6 * hour)
    expect(tries().slice(2)).toHaveLength(2)
    bank().faults.clear()
    await world.pass(hour)
    expect(await statesOf('H0', 'H1')).toEqual(['done', 'done'])
    expect(bank().refunds()).toHaveLength(2)
  })

  it('are not sent again by hand', async () => {
    await desk.his('H0', [item('D0', 30_000)])
    await world.pass(day)
    expect(codeOf(await desk.resend('H0'))).toBe('REFUND_NOT_WAITING')
  })
})

it('what goes back by itself, because nobody wanted it any more, is taken along by the daily run', async () => {
  await desk.locked('刘洋', [12_000])
  bank().faults.add({ api: 'confirm', kind: 'EXECUTE_THEN_DROP' })
  bank().faults.add({ api: 'postPayQuery', kind: 'DROP_BEFORE' })
  await world.his().finish('V1', { V1A: 12_000 })
  const [payment] = await rows('select id from payment')
  await world.pass(day)
  await world.x.store.run(() => world.x.engine.aim(String(payment?.['id']), 'gone', 'staff'))
  bank().faults.clear()
  await world.pass(2 * hour)
  expect(tries()).toEqual([[expect.any(String), 12_000]])
  await income(12_000, 'V2')
  await world.pass(day)
  expect(tries().at(-1)).toEqual(['22T16:00', 12_000])
  expect((await rows('select refunded_fen from payment'))[0]).toEqual({ refunded_fen: 12_000 })
})
