import { randomUUID } from 'node:crypto'
import { journalOf, replay } from '@paycare/bff/engine/index.ts'
import { query, statement } from '@paycare/bff/db/unit.ts'
import type { Problem } from '@paycare/shared/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AppClient } from '../world/app-client.ts'
import { repayNow } from '../sandbox/bank/debts/repayment.ts'
import { World } from '../world/world.ts'
import { codeOf, item, RefundDesk } from './refund-desk.ts'
import { RegistrationDesk } from './registration-desk.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const merPtcId = '301510000000001'

let world: World
let liu: AppClient
let desk: RefundDesk
beforeEach(async () => {
  world = await World.start()
  liu = await world.signIn('oDemo-liuyang')
  desk = new RefundDesk(world, liu)
  hospital().refunds.ruleUpToFen = 0
})
afterEach(async () => {
  await world.pass(0)
  expect(world.sandbox.bank.invariants()).toEqual({ ok: true, violations: [] })
  await expectReplayed()
  await world.close()
})

/** A session ends after a day. */
async function comeAgain(): Promise<void> {
  liu = await world.signIn('oDemo-liuyang')
  desk = new RefundDesk(world, liu)
}

const hospital = () => world.sandbox.hospital.at('jc-first')
const bank = () => world.sandbox.bank
const rows = (sql: string) => world.x.store.read(() => query(statement(sql), {}))
const items = async () => (await rows('select kind from work_item order by raised_at, id')).map((row) => row['kind'])
const refunds = () =>
  bank()
    .refunds()
    .map((one) => [one.amountFen, one.state, one.source] as const)
const locks = () =>
  bank()
    .locks()
    .map((lock) => [lock.orderNo, lock.state] as const)
const calls = (api: string): number =>
  bank()
    .journal()
    .filter((row) => row.api === api).length
const withoutReserve = () => bank().putMerchant({ merPtcId, name: 'x', tier: '三级', suspended: false, reserve: false })
const merchant = () =>
  bank()
    .ledger()
    .merchants.find((one) => one.merPtcId === merPtcId)
const usedFen = (): number =>
  bank()
    .ledger()
    .principals.find((one) => one.accountNo === accountOf())?.usedFen ?? -1
const accountOf = (): string => bank().locks()[0]?.accountNo ?? ''

/** What the journal of each request replays to is what its row says. */
async function expectReplayed(): Promise<void> {
  const columns = `id, version, state, goal, accepted_json as "acceptedJson", accepted_fen as "acceptedFen",
    decided_by as "decidedBy", approved_by as "approvedBy", decided_at as "decidedAtMs", approved_at as "approvedAtMs",
    done_at as "doneAtMs", is_told as "isTold", tries, not_before as "notBeforeMs"`
  for (const { id, version, ...row } of await rows(`select ${columns} from refund_request`)) {
    const replayed = replay<Record<string, unknown>>(await world.x.store.read(() => journalOf(String(id))))
    expect(replayed.version).toBe(version)
    expect({ ...replayed.mutable, isTold: replayed.mutable['isTold'] === true ? 1 : 0 }).toEqual(row)
  }
}

describe('every row of table 1 (C 二（一）5)', () => {
  it('day T, locked and not deducted: the lock is cancelled, nothing is refunded', async () => {
    await desk.locked('刘洋', [12_000])
    const asked = await desk.ask([item('V1A', 12_000)])
    expect(asked).toMatchObject({ row: 'asked', askedFen: 12_000, canWithdraw: true })
    await desk.decide(asked.requestNo, { decision: 'accepted', items: [item('V1A', 12_000)] })
    await world.pass(minute)
    const done = await desk.read(asked.id)
    expect(done).toMatchObject({ row: 'done', backFen: 12_000, legs: [{ way: 'release', state: 'done', tries: 0 }] })
    expect([locks(), refunds(), calls('cancel')]).toEqual([[['V1A', 'CANCELLED']], [], 1])
    expect(merchant()?.receivableFen['20261121'] ?? 0).toBe(0)
  })

  it('day T, deducted: refunded from today’s receivable, and the quota is back at once', async () => {
    await desk.paid('刘洋', [12_000])
    const answer = await desk.his('H1', [item('V1A', 5_000)])
    expect(answer.body).toMatchObject({
      state: 'done',
      backFen: 5_000,
      legs: [{ way: 'refund', state: 'done', tries: 1, source: 'today', canResend: false }],
    })
    expect(refunds()).toEqual([[5_000, 'SUCCESS', 'TODAY_RECEIVABLE']])
    expect([usedFen(), merchant()?.receivableFen['20261121']]).toEqual([7_000, 7_000])
  })

  it('T+N, deducted, with a reserve: refunded from the reserve', async () => {
    await desk.paid('刘洋', [12_000])
    await world.pass(day)
    const answer = await desk.his('H1', [item('V1A', 12_000)])
    expect(answer.body).toMatchObject({ state: 'done', legs: [{ state: 'done', source: 'reserve' }] })
    expect(refunds()).toEqual([[12_000, 'SUCCESS', 'RESERVE']])
    expect([usedFen(), merchant()?.reserveFen, merchant()?.settledFen]).toEqual([0, 1_988_000, 12_000])
  })

  it('T+N, deducted, without a reserve: refunded from what the hospital receives on that day', async () => {
    withoutReserve()
    await desk.paid('刘洋', [12_000])
    await world.pass(day)
    await desk.paid('刘洋', [20_000], 'V2')
    await desk.his('H1', [item('V1A', 12_000)])
    expect(refunds()).toEqual([[12_000, 'SUCCESS', 'RECEIVABLE']])
    expect([usedFen(), merchant()?.receivableFen['20261122']]).toEqual([20_000, 8_000])
  })

  it('T+N, locked and never deducted: the lock has ended, there is nothing to do', async () => {
    await desk.locked('刘洋', [12_000])
    hospital().faults.add({ api: 'amounts', kind: 'dead' })
    await world.pass(day)
    expect(locks()).toEqual([['V1A', 'EXPIRED']])
    await comeAgain()
    const options = await liu.call('readRefundOptions', { query: { kind: 'visit', id: await desk.visitId() } })
    expect(options).toMatchObject({ block: { code: 'REFUND_NOTHING' }, orders: [{ way: null }] })
    expect(codeOf(await desk.his('H1', [item('V1A', 12_000)]))).toBe('REFUND_EXCEEDS')
    expect([await desk.tryAsk([item('V1A', 12_000)]), refunds(), calls('cancel')]).toEqual(['REFUND_EXCEEDS', [], 0])
  })
})

describe('amounts', () => {
  it('come back in parts, again and again, up to what was paid and not a fen more', async () => {
    await desk.paid('刘洋', [10_000, 3_000])
    expect((await desk.his('H1', [item('V1A', 4_000), item('V1B', 1)])).status).toBe(200)
    expect((await desk.his('H2', [item('V1A', 5_999)])).status).toBe(200)
    expect(codeOf(await desk.his('H3', [item('V1A', 2)]))).toBe('REFUND_EXCEEDS')
    expect((await desk.at('H3')).status).toBe(404)
    expect((await desk.his('H4', [item('V1A', 1), item('V1B', 2_999)])).body).toMatchObject({
      state: 'done',
      backFen: 3_000,
    })
    expect([usedFen(), refunds().length]).toEqual([0, 5])
    const visit = await liu.call('readVisit', { params: { visitId: await desk.visitId() } })
    expect(visit.totals).toMatchObject({ paidFen: 13_000, refundedFen: 13_000, refundingFen: 0 })
    const paymentId = visit.orders[0]?.payments[0]?.id ?? ''
    const payment = await liu.call('readPayment', { params: { paymentId } })
    expect(payment).toMatchObject({ paidFen: 10_000, refundedFen: 10_000 })
    expect(payment.events.filter((one) => one.event === 'refunded').map((one) => one.amountFen)).toEqual([
      4_000, 5_999, 1,
    ])
  })

  it('are spread over the payments of a dearer order, the latest first', async () => {
    await desk.locked('刘洋', [10_000])
    await world.pass(minute)
    await world.his().order('V1', { orderNo: 'V1A', revision: 1, amountFen: 2_000 })
    await world.his().finish('V1', { V1A: 12_000 })
    const answer = await desk.his('H1', [item('V1A', 2_500)])
    expect(answer.body.legs.map((leg) => leg.amountFen).toSorted((a, b) => a - b)).toEqual([500, 2_000])
  })

  it('of what is only locked go as a whole or not at all', async () => {
    await desk.locked('刘洋', [10_000])
    expect(codeOf(await desk.his('H1', [item('V1A', 9_999)]))).toBe('REFUND_STILL_LOCKED')
    expect(await desk.tryAsk([item('V1A', 1)])).toBe('REFUND_STILL_LOCKED')
    expect(locks()).toEqual([['V1A', 'LOCKED']])
  })

  it('of an item that nobody knows, or of one item twice, are refused', async () => {
    await desk.paid('刘洋', [10_000])
    expect(codeOf(await desk.his('H1', [item('V1A', 1, 'X')]))).toBe('REFUND_ITEM_UNKNOWN')
    expect(codeOf(await desk.his('H1', [item('V1A', 1), item('V1A', 1)]))).toBe('REQUEST_INVALID')
  })
})

describe('a patient’s request', () => {
  it('is accepted with less than was asked for, item by item, with the hospital’s words', async () => {
    await desk.paid('刘洋', [10_000, 3_000])
    const asked = await desk.ask([item('V1A', 10_000), item('V1B', 3_000)], { note: '没有做成' })
    expect(hospital().refunds.find(asked.requestNo)?.wish).toMatchObject({
      visitNo: 'V1',
      note: '没有做成',
      cause: 'notDone',
    })
    const text = '血常规已经做了'
    await hospital().refunds.decide(asked.requestNo, { is: 'accepted', items: [item('V1B', 2_000)], text, by: '0815' })
    expect(await desk.read(asked.id)).toMatchObject({
      row: 'done',
      askedFen: 13_000,
      acceptedFen: 2_000,
      backFen: 2_000,
      decisionText: text,
      note: '没有做成',
      items: [{ acceptedFen: 0 }, { acceptedFen: 2_000 }],
    })
    expect(usedFen()).toBe(11_000)
    // What was not accepted may be asked for again, what was accepted may not.
    expect(await desk.tryAsk([item('V1B', 1_001)])).toBe('REFUND_EXCEEDS')
    expect((await desk.ask([item('V1B', 1_000), item('V1A', 10_000)])).row).toBe('asked')
  })

  it('is declined with the reason, and nothing moves', async () => {
    await desk.paid('刘洋', [10_000])
    const asked = await desk.ask([item('V1A', 10_000)])
    await hospital().refunds.decide(asked.requestNo, { is: 'declined', text: '标本已经检验', by: '0815' })
    const page = await desk.read(asked.id)
    expect(page).toMatchObject({
      row: 'declined',
      decisionText: '标本已经检验',
      legs: [],
      canWithdraw: false,
      acceptedFen: null,
    })
    expect([usedFen(), refunds()]).toEqual([10_000, []])
    expect(codeOf(await desk.decide(asked.requestNo, { decision: 'accepted', items: [item('V1A', 1)] }))).toBe(
      'REFUND_DECIDED',
    )
    expect((await desk.decide(asked.requestNo, { decision: 'declined', text: '标本已经检验' })).status).toBe(200)
  })

  it('is decided by the hospital’s rule in the same answer', async () => {
    hospital().refunds.ruleUpToFen = 20_000
    await desk.paid('刘洋', [10_000])
    expect(await desk.ask([item('V1A', 10_000)])).toMatchObject({ row: 'done', backFen: 10_000 })
  })

  it('is taken back until somebody decided, and the hospital hears of it', async () => {
    await desk.paid('刘洋', [10_000])
    const asked = await desk.ask([item('V1A', 10_000)])
    expect(await desk.withdraw(asked.id)).toMatchObject({ row: 'withdrawn', canWithdraw: false })
    expect(hospital().refunds.find(asked.requestNo)?.state).toBe('withdrawn')
    const again = await desk.ask([item('V1A', 10_000)])
    hospital().faults.add({ api: 'refundLook', kind: 'dead' })
    await desk.decide(again.requestNo, { decision: 'accepted', items: [item('V1A', 10_000)] })
    const { status, body } = await liu.try('withdrawRefund', { params: { refundId: again.id }, key: randomUUID() })
    expect([status, (body as Problem).code]).toEqual([409, 'REFUND_DECIDED'])
  })

  it('taken back too late ends as the hospital had decided', async () => {
    await desk.paid('刘洋', [10_000])
    const asked = await desk.ask([item('V1A', 10_000)])
    const deaf = world.sandbox.hospital.at('jc-first').refunds.find(asked.requestNo)
    if (deaf) Object.assign(deaf, { state: 'accepted', items: [item('V1A', 4_000)], decidedBy: '0815' })
    expect(await desk.withdraw(asked.id)).toMatchObject({ row: 'done', acceptedFen: 4_000, backFen: 4_000 })
  })

  it('reaches a hospital that is silent at first, is heard once, and is found again by its key', async () => {
    await desk.paid('刘洋', [10_000])
    hospital().faults.add({ api: 'refundAsk', kind: 'silent', times: 2 })
    const key = randomUUID()
    const body = await desk.wish([item('V1A', 10_000)])
    const asked = await liu.call('askRefund', { body, key })
    expect(asked.row).toBe('askDoubt')
    expect(await liu.call('readOperation', { params: { key } })).toEqual({
      found: true,
      registrationId: null,
      refundId: asked.id,
    })
    await world.pass(minute)
    expect((await desk.read(asked.id)).row).toBe('asked')
    expect((await liu.call('askRefund', { body, key })).id).toBe(asked.id)
    expect(hospital().refunds.list()).toHaveLength(1)
    expect(await desk.tryAsk([item('V1A', 1)])).toBe('REFUND_EXCEEDS')
  })

  it('is decided although the hospital never tells: it is asked, sooner when somebody looks', async () => {
    await desk.paid('刘洋', [10_000])
    const asked = await desk.ask([item('V1A', 10_000)])
    await world.pass(hour)
    const known = hospital().refunds.find(asked.requestNo)
    if (known) Object.assign(known, { state: 'accepted', items: [item('V1A', 10_000)], decidedBy: '0815' })
    await desk.read(asked.id)
    await world.pass(3_000)
    expect((await desk.read(asked.id)).row).toBe('done')
  })

  it('with a decision that cannot be carried out waits for the hospital to put it right, and a person is told once', async () => {
    await desk.paid('刘洋', [10_000])
    const asked = await desk.ask([item('V1A', 5_000)])
    const known = hospital().refunds.find(asked.requestNo)
    if (known) Object.assign(known, { state: 'accepted', items: [item('V1A', 5_001)], decidedBy: '0815' })
    await world.pass(hour)
    expect([await items(), (await desk.read(asked.id)).row, refunds()]).toEqual([['refundDiffers'], 'asked', []])
    if (known) Object.assign(known, { items: [item('V1A', 5_000)] })
    await world.pass(6 * minute)
    expect((await desk.read(asked.id)).row).toBe('done')
  })

  it('of somebody else looks absent, and so does everything about it', async () => {
    await desk.paid('刘洋', [10_000])
    const asked = await desk.ask([item('V1A', 10_000)])
    const chen = await world.signIn('oDemo-chenjing')
    const params = { refundId: asked.id }
    const target = { kind: 'visit', id: await desk.visitId() } as const
    const codes = await Promise.all(
      [
        chen.try('readRefund', { params }),
        chen.try('withdrawRefund', { params, key: randomUUID() }),
        chen.try('readRefundOptions', { query: target }),
        chen.try('askRefund', { body: { target, items: [item('V1A', 1)], cause: 'other' }, key: randomUUID() }),
      ].map(async (answer) => ((await answer).body as Problem).code),
    )
    expect(codes).toEqual(['REFUND_NOT_FOUND', 'REFUND_NOT_FOUND', 'VISIT_NOT_FOUND', 'VISIT_NOT_FOUND'])
    expect((await world.his('yulin').call('GET', `/refunds/${asked.requestNo}`)).status).toBe(404)
    const { cards } = await liu.call('listCards')
    const lists = await Promise.all(cards.map(({ id }) => liu.call('listRefunds', { query: { cardId: id } })))
    expect(lists.flatMap((list) => list.refunds).map((one) => one.id)).toEqual([asked.id])
  })

  it('shows what can be asked for, who decides and until when, and what is under way', async () => {
    await desk.paid('刘洋', [10_000])
    const asked = await desk.ask([item('V1A', 4_000)])
    const options = await liu.call('readRefundOptions', { query: { kind: 'visit', id: await desk.visitId() } })
    expect(options).toMatchObject({
      block: null,
      decidedBy: 'staff',
      under: [asked.id],
      orders: [
        { orderNo: 'V1A', way: 'refund', block: null, items: [{ itemNo: 'L001', amountFen: 10_000, leftFen: 6_000 }] },
      ],
    })
    expect(options.decidedByMs - options.nowMs).toBe(48 * hour)
  })
})

describe('a large amount', () => {
  it('waits for a second person, who is not the first, and only then goes', async () => {
    const rich = new RefundDesk(world, await world.signIn('oDemo-abduraxman'))
    await rich.paid('阿卜杜热合曼·买买提江', [600_000])
    expect((await rich.his('H1', [item('V1A', 500_000)])).body).toMatchObject({
      state: 'approving',
      acceptedFen: 500_000,
      legs: [],
    })
    expect(refunds()).toEqual([])
    expect(codeOf(await rich.approve('H1', '0815'))).toBe('REFUND_APPROVER_SAME')
    // What waits for a second person is spoken for.
    expect(codeOf(await rich.his('H2', [item('V1A', 100_001)]))).toBe('REFUND_EXCEEDS')
    expect((await rich.approve('H1', '0816')).body).toMatchObject({
      state: 'done',
      approvedBy: '0816',
      backFen: 500_000,
    })
    expect((await rich.approve('H1', '0816')).status).toBe(200)
    expect(codeOf(await rich.approve('H1', '0817'))).toBe('REFUND_NOT_APPROVING')
    expect((await rich.his('H3', [item('V1A', 100_000)])).body.state).toBe('done')
  })

  it('may still be declined by the second person', async () => {
    const rich = new RefundDesk(world, await world.signIn('oDemo-abduraxman'))
    await rich.paid('阿卜杜热合曼·买买提江', [600_000])
    const asked = await rich.ask([item('V1A', 600_000)])
    await rich.decide(asked.requestNo, { decision: 'accepted', items: [item('V1A', 600_000)] })
    expect((await rich.read(asked.id)).row).toBe('approving')
    await rich.decide(asked.requestNo, { decision: 'declined', text: '材料不全' })
    expect([(await rich.read(asked.id)).row, refunds()]).toEqual(['declined', []])
  })
})

describe('the balance is too small (DCBS0004PL0974)', () => {
  it('outpatient: staff are told of each try and send it again from the next day, with its age', async () => {
    withoutReserve()
    await desk.paid('刘洋', [12_000])
    const asked = await desk.ask([item('V1A', 12_000)])
    await world.pass(day)
    await comeAgain()
    await desk.decide(asked.requestNo, { decision: 'accepted', items: [item('V1A', 12_000)] })
    expect(await desk.read(asked.id)).toMatchObject({
      row: 'waiting',
      backFen: 0,
      legs: [{ state: 'waiting', tries: 1 }],
    })
    expect(await items()).toEqual(['refundDeferred'])
    expect(codeOf(await desk.resend(asked.requestNo))).toBe('REFUND_RESEND_TOMORROW')
    await world.pass(2 * day)
    // Nothing goes by itself.
    expect(calls('refund')).toBe(1)
    const [waiting] = await desk.waiting()
    expect(waiting?.legs[0]).toMatchObject({ canResend: true, ageDays: 2, reason: { code: 'DCBS0004PL0974' } })
    expect(waiting?.legs[0]?.notice).toMatch(/^该居民退款失败（第 1 次，自11月22日/)
    await desk.resend(asked.requestNo)
    expect(await items()).toEqual(['refundDeferred', 'refundDeferred'])
    await world.pass(day)
    await desk.paid('刘洋', [30_000], 'V2')
    expect((await desk.resend(asked.requestNo)).body).toMatchObject({ state: 'done', legs: [{ tries: 3 }] })
    expect(codeOf(await desk.resend(asked.requestNo))).toBe('REFUND_NOT_WAITING')
    await comeAgain()
    expect([await desk.waiting(), refunds()]).toEqual([[], [[12_000, 'SUCCESS', 'RECEIVABLE']]])
    expect((await desk.read(asked.id)).row).toBe('done')
  })

  it('tells staff what the merchant number holds and how much waits', async () => {
    withoutReserve()
    await desk.paid('刘洋', [12_000])
    await world.pass(day)
    await desk.his('H1', [item('V1A', 12_000)])
    const { body } = await world.his().call('GET', '/merchant-balance')
    expect(body).toMatchObject({
      receivableTodayFen: 0,
      refundableFen: 0,
      waitingFen: 12_000,
      waitingCount: 1,
      reserveWantedFen: 2_000_000,
    })
    bank().faults.add({ api: 'heldAmountQuery', kind: 'DROP_BEFORE' })
    expect(codeOf(await world.his().call('GET', '/merchant-balance'))).toBe('BALANCE_SILENT')
    bank().faults.clear()
  })
})

describe('an answer is missing', () => {
  it('of a refund: it is asked about, on the next day still by the date of the first send, and never sent twice', async () => {
    await desk.paid('刘洋', [12_000])
    await world.pass(13 * hour + 59 * minute)
    bank().faults.add({ api: 'refund', kind: 'EXECUTE_THEN_DROP' })
    bank().faults.add({ api: 'refundQuery', kind: 'DROP_BEFORE' })
    expect((await desk.his('H1', [item('V1A', 12_000)])).body.legs[0]?.state).toBe('doubt')
    expect(codeOf(await desk.his('H2', [item('V1A', 1)]))).toBe('REFUND_EXCEEDS')
    await world.pass(2 * minute)
    bank().faults.clear()
    await world.pass(hour)
    expect((await desk.at('H1')).body).toMatchObject({ state: 'done', legs: [{ state: 'done', tries: 1 }] })
    expect([refunds().length, usedFen()]).toEqual([1, 0])
    const [attempt] = await rows(`select trade_date, sends from attempt where step = 'refund'`)
    expect(attempt).toEqual({ trade_date: '20261121', sends: 1 })
  })

  it('of a payment: nothing is refunded before the bank has answered', async () => {
    await desk.locked('刘洋', [12_000])
    const asked = await desk.ask([item('V1A', 12_000)])
    bank().faults.add({ api: 'confirm', kind: 'EXECUTE_THEN_DROP' })
    bank().faults.add({ api: 'postPayQuery', kind: 'DROP_BEFORE' })
    await world.his().finish('V1', { V1A: 12_000 })
    expect(codeOf(await desk.his('H1', [item('V1A', 12_000)]))).toBe('REFUND_PAYMENT_IN_DOUBT')
    const known = hospital().refunds.find(asked.requestNo)
    if (known) Object.assign(known, { state: 'accepted', items: [item('V1A', 12_000)], decidedBy: '0815' })
    await world.pass(2 * minute)
    expect([await items(), (await desk.read(asked.id)).row]).toEqual([[], 'asked'])
    bank().faults.clear()
    await world.pass(hour)
    expect(await desk.read(asked.id)).toMatchObject({ row: 'done', backFen: 12_000 })
    expect(refunds()).toEqual([[12_000, 'SUCCESS', 'TODAY_RECEIVABLE']])
  })

  it('of a lock that is released and turns out to be deducted: all of it goes back by itself', async () => {
    await desk.locked('刘洋', [12_000])
    bank().faults.add({ api: 'confirm', kind: 'EXECUTE_THEN_DROP' })
    bank().faults.add({ api: 'postPayQuery', kind: 'DROP_BEFORE' })
    await world.his().finish('V1', { V1A: 12_000 })
    const visit = await liu.call('readVisit', { params: { visitId: await desk.visitId() } })
    const paymentId = visit.orders[0]?.payments[0]?.id ?? ''
    await world.x.store.run(() => world.x.engine.aim(paymentId, 'gone', 'staff'))
    bank().faults.clear()
    await world.pass(hour)
    expect([refunds(), usedFen()]).toEqual([[[12_000, 'SUCCESS', 'TODAY_RECEIVABLE']], 0])
    const payment = await liu.call('readPayment', { params: { paymentId } })
    expect(payment).toMatchObject({ paidFen: 12_000, refundedFen: 12_000 })
  })
})

describe('two at once', () => {
  it('two clerks on one amount: one wins, the other is told, and nothing of the other is stored', async () => {
    await desk.paid('刘洋', [10_000])
    const [one, two] = await Promise.all([desk.his('H1', [item('V1A', 6_000)]), desk.his('H2', [item('V1A', 6_000)])])
    expect([one.status, two.status].toSorted((a, b) => a - b)).toEqual([200, 409])
    expect([refunds().length, usedFen()]).toEqual([1, 4_000])
    expect(await rows('select id from refund_request')).toHaveLength(1)
  })

  it('HIS’s number is the identity: again it is the same, with other content it is refused', async () => {
    await desk.paid('刘洋', [10_000])
    const wish = [item('V1A', 1_000)]
    const both = await Promise.all([desk.his('H1', wish), desk.his('H1', wish)])
    expect(both.map((one) => one.status)).toEqual([200, 200])
    expect(codeOf(await desk.his('H1', [item('V1A', 1_001)]))).toBe('REFUND_CHANGED')
    expect(refunds()).toHaveLength(1)
  })
})

describe('退号 of a paid registration', () => {
  it('is a request; accepted, the registration is cancelled at the hospital and the fee goes back', async () => {
    const zhang = await world.signIn('oDemo-zhangweimin')
    const front = await RegistrationDesk.come(zhang)
    const registered = await front.register()
    expect(registered).toMatchObject({ row: 'done', canCancel: false, cancelBlock: { code: 'REGISTRATION_PAID' } })
    const target = { kind: 'registration', id: registered.id } as const
    const options = await zhang.call('readRefundOptions', { query: target })
    const [order] = options.orders
    const [fee] = order?.items ?? []
    const wish = [item(order?.orderNo ?? '', fee?.leftFen ?? 0, fee?.itemNo)]
    const own = new RefundDesk(world, zhang)
    const asked = await own.ask(wish, { target, cause: 'notComing' })
    expect((await front.read(registered.id)).row).toBe('done')
    await hospital().refunds.decide(asked.requestNo, { is: 'accepted', by: '0815' })
    await world.pass(minute)
    expect(await own.read(asked.id)).toMatchObject({ row: 'done', backFen: registered.appointment.amountFen })
    expect(await front.read(registered.id)).toMatchObject({
      row: 'cancelledPaid',
      payment: { refundedFen: fee?.amountFen },
    })
    expect(hospital().registrations.find(registered.id)?.state).toBe('cancelled')
    expect([await items(), usedFen()]).toEqual([[], 120_000])
    expect((await zhang.call('readRefundOptions', { query: target })).block?.code).toBe('REGISTRATION_OVER')
  })

  it('declined, it stands as it was', async () => {
    const zhang = await world.signIn('oDemo-zhangweimin')
    const front = await RegistrationDesk.come(zhang)
    const registered = await front.register()
    const target = { kind: 'registration', id: registered.id } as const
    const [order] = (await zhang.call('readRefundOptions', { query: target })).orders
    const own = new RefundDesk(world, zhang)
    const wish = [item(order?.orderNo ?? '', 1, order?.items[0]?.itemNo)]
    const asked = await own.ask(wish, { target, cause: 'notComing' })
    await hospital().refunds.decide(asked.requestNo, { is: 'declined', text: '已过退号时间', by: '0815' })
    expect(await front.read(registered.id)).toMatchObject({ row: 'done', payment: { refundedFen: 0 } })
  })
})

describe('whatever the patient did at the bank meanwhile', () => {
  it('repaid: all of it goes back, and what was repaid too much stays to the patient’s credit', async () => {
    await desk.paid('刘洋', [12_000])
    const account = bank().desk()
    repayNow(account.core, accountOf(), 12_000)
    expect(usedFen()).toBe(0)
    await desk.his('H1', [item('V1A', 12_000)])
    const principal = bank()
      .ledger()
      .principals.find((one) => one.accountNo === accountOf())
    expect(principal).toMatchObject({ usedFen: 0, overpaidFen: 12_000 })
  })

  it('converted to instalments: all of it goes back from the reserve', async () => {
    await desk.paid('刘洋', [60_000])
    // Nothing of ours is due in this time; without the worker's look every minute it passes at once.
    await world.x.worker.stop()
    await world.pass(75 * day)
    world.x.worker.start()
    const debt = bank()
      .ledger()
      .debts.find((one) => one.accountNo === accountOf())
    expect(debt?.plans).toHaveLength(1)
    expect((await desk.his('H1', [item('V1A', 60_000)])).body).toMatchObject({
      state: 'done',
      legs: [{ source: 'reserve' }],
    })
    expect(refunds()).toEqual([[60_000, 'SUCCESS', 'RESERVE']])
  })
})

describe('the hospital’s page “退费审批”', () => {
  const page = async () => (await hospitalApp().request('http://h/jc-first/refunds')).text()
  const hospitalApp = () => world.sandbox.hospital.app
  const press = async (what: string, fields: Record<string, string>): Promise<string> => {
    const body = new FormData()
    for (const [name, value] of Object.entries(fields)) body.set(name, value)
    const answer = await hospitalApp().request(`http://h/jc-first/refunds/${what}`, { method: 'POST', body })
    return new URL(answer.headers.get('location') ?? '', 'http://h').searchParams.get('error') ?? ''
  }

  it('accepts item by item, has a second person approve, declines, and sends again with its age', async () => {
    withoutReserve()
    const rich = new RefundDesk(world, await world.signIn('oDemo-abduraxman'))
    await rich.paid('阿卜杜热合曼·买买提江', [600_000, 3_000])
    const asked = await rich.ask([item('V1A', 600_000), item('V1B', 3_000)], { note: '<b>没做</b>' })
    expect(await page()).toContain('居民说明：&lt;b&gt;没做&lt;/b&gt;')
    await world.pass(day)
    await press('accept', { request: asked.requestNo, by: '0815', 'item-0': '5500.00', 'item-1': '0' })
    expect(await page()).toContain('待复核 ¥5,500.00')
    expect(await press('approve', { request: asked.requestNo, by: '0815' })).toContain('复核人不能是同一个人')
    expect(await press('approve', { request: asked.requestNo, by: '0816' })).toBe('')
    expect(await page()).toContain('该居民退款失败（第 1 次')
    expect(await press('resend', { request: asked.requestNo, by: '0815' })).toContain('次日才能重新发起')
    await world.pass(2 * day)
    expect(await page()).toContain('已等 2 天')
    await rich.paid('阿卜杜热合曼·买买提江', [700_000], 'V2')
    expect(await press('resend', { request: asked.requestNo, by: '0815' })).toBe('')
    expect(await page()).toContain('没有要处理的退费')
    expect(refunds()).toEqual([[550_000, 'SUCCESS', 'RECEIVABLE']])
  })
})
