import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { FaultRuleInput } from '../sandbox/index.ts'
import { World } from '../world/world.ts'

const minute = 60_000

/** Every way in which an answer can be missing, wrong or late, for one interface. */
function faultsOf(api: 'lock' | 'confirm' | 'cancel'): [string, FaultRuleInput[]][] {
  const once = { api, times: 1 } as const
  return [
    ['request lost', [{ ...once, kind: 'DROP_BEFORE' }]],
    ['answer lost', [{ ...once, kind: 'EXECUTE_THEN_DROP' }]],
    ['PROCESSING, then done', [{ ...once, kind: 'EXECUTE_THEN_PROCESSING', afterQueries: 2 }]],
    ['ADPTSY0003 before execution', [{ ...once, kind: 'ADPTSY_0003', phase: 'before' }]],
    ['ADPTSY0004 after execution', [{ ...once, kind: 'ADPTSY_0004', phase: 'after' }]],
    ['ADPTSY0008 after execution', [{ ...once, kind: 'ADPTSY_0008', phase: 'after' }]],
    ['wrong signature', [{ ...once, kind: 'BAD_SIGN' }]],
    ['an HTML page', [{ ...once, kind: 'HTTP_502_HTML' }]],
    ['half an answer', [{ ...once, kind: 'TRUNCATED_JSON' }]],
    [
      'answer lost and the query lags behind',
      [
        { ...once, kind: 'EXECUTE_THEN_DROP' },
        { ...once, kind: 'QUERY_LAGS', lagMs: 90_000 },
      ],
    ],
  ]
}

describe('a missing answer', () => {
  let world: World
  let visits = 0
  beforeAll(async () => {
    world = await World.start()
  })
  afterEach(() => world.sandbox.bank.faults.clear())
  afterAll(() => world.close())

  /** A new visit of a patient with room in the quota, so that the cases do not touch each other. */
  async function newVisit(): Promise<{ visitNo: string; orderNo: string }> {
    visits += 1
    const visitNo = `F${visits}`
    await world.his().start(visitNo, '刘洋')
    return { visitNo, orderNo: `${visitNo}-1` }
  }

  const lockOf = (orderNo: string) => world.sandbox.bank.locks().filter((lock) => lock.orderNo === orderNo)

  it.each(faultsOf('lock'))('at the lock (%s) is told as under way and ends in one lock', async (_, rules) => {
    const { visitNo, orderNo } = await newVisit()
    for (const rule of rules) world.sandbox.bank.faults.add(rule)
    const ordered = await world.his().order(visitNo, { orderNo, amountFen: 1_000 })
    expect(ordered.body.order.payments[0]).toMatchObject({
      state: 'opening',
      doing: 'lock',
      certain: false,
      reason: null,
    })
    await world.pass(3 * minute)
    const { body } = await world.his().visit(visitNo)
    expect(body.orders[0]?.payments[0]).toMatchObject({ state: 'held', certain: true })
    expect(lockOf(orderNo).map((lock) => [lock.state, lock.amountFen])).toEqual([['LOCKED', 1_000]])
    await world.his().cancel(visitNo, orderNo)
  })

  it.each(faultsOf('confirm'))(
    'at the confirm (%s) is told as under way and ends in one deduction',
    async (_, rules) => {
      const { visitNo, orderNo } = await newVisit()
      await world.his().order(visitNo, { orderNo, amountFen: 1_000 })
      for (const rule of rules) world.sandbox.bank.faults.add(rule)
      const finished = await world.his().finish(visitNo, { [orderNo]: 900 })
      expect(finished.body.orders[0]?.payments[0]).toMatchObject({ state: 'held', doing: 'confirm', certain: false })
      await world.pass(3 * minute)
      const { body } = await world.his().visit(visitNo)
      expect(body.totals).toEqual({ lockedFen: 0, paidFen: 900, releasedFen: 100, pendingFen: 0 })
      const [lock] = lockOf(orderNo)
      expect(lock).toMatchObject({ state: 'CONFIRMED', confirmedFen: 900 })
      expect(world.sandbox.bank.effects(lock?.confirmSerial ?? '')).toBe(1)
    },
  )

  it.each(faultsOf('cancel'))('at the cancel (%s) is told as under way and ends in one release', async (_, rules) => {
    const { visitNo, orderNo } = await newVisit()
    await world.his().order(visitNo, { orderNo, amountFen: 1_000 })
    for (const rule of rules) world.sandbox.bank.faults.add(rule)
    const cancelled = await world.his().cancel(visitNo, orderNo)
    expect(cancelled.body.order.payments[0]).toMatchObject({ state: 'held', doing: 'cancel', certain: false })
    await world.pass(3 * minute)
    const { body } = await world.his().visit(visitNo)
    expect(body.orders[0]?.payments[0]?.state).toBe('released')
    expect(lockOf(orderNo)[0]?.state).toBe('CANCELLED')
  })

  it('at the lock, PROCESSING that ends in a refusal leaves nothing locked', async () => {
    const { visitNo, orderNo } = await newVisit()
    world.sandbox.bank.faults.add({
      api: 'lock',
      times: 1,
      kind: 'EXECUTE_THEN_PROCESSING',
      final: 'FAIL',
      afterQueries: 1,
    })
    await world.his().order(visitNo, { orderNo, amountFen: 1_000 })
    await world.pass(3 * minute)
    const { body } = await world.his().visit(visitNo)
    expect(body.orders[0]?.payments[0]).toMatchObject({ state: 'declined', reason: { code: 'SBOX0004PL0103' } })
    expect(lockOf(orderNo)[0]?.state).toBe('FAIL')
  })

  it('at the confirm, a refusal is not believed: the lock is asked about and the deduction is made', async () => {
    const { visitNo, orderNo } = await newVisit()
    await world.his().order(visitNo, { orderNo, amountFen: 1_000 })
    world.sandbox.bank.faults.add({
      api: 'confirm',
      times: 1,
      kind: 'EXECUTE_THEN_PROCESSING',
      final: 'FAIL',
      afterQueries: 1,
    })
    await world.his().finish(visitNo, { [orderNo]: 1_000 })
    await world.pass(10 * minute)
    expect(lockOf(orderNo)[0]).toMatchObject({ state: 'CONFIRMED', confirmedFen: 1_000 })
    expect((await world.his().visit(visitNo)).body.totals.paidFen).toBe(1_000)
  })

  it.each(['DROP_BEFORE', 'EXECUTE_THEN_DROP'] as const)(
    'at the lock (%s) does not stop the doctor from cancelling',
    async (kind) => {
      const { visitNo, orderNo } = await newVisit()
      world.sandbox.bank.faults.add({ api: 'lock', times: 1, kind })
      await world.his().order(visitNo, { orderNo, amountFen: 1_000 })
      const cancelled = await world.his().cancel(visitNo, orderNo)
      expect(cancelled.body.order.payments[0]).toMatchObject({ state: 'opening', certain: false })
      await world.pass(20 * minute)
      expect((await world.his().visit(visitNo)).body.orders[0]?.payments[0]?.state).toBe('released')
      expect(lockOf(orderNo).filter((lock) => lock.state === 'LOCKED')).toEqual([])
    },
  )

  it('keeps the same serial for every send, and asks with the date of the first', async () => {
    const { visitNo, orderNo } = await newVisit()
    const before = world.sandbox.bank.journal().length
    world.sandbox.bank.faults.add({ api: 'lock', times: 2, kind: 'DROP_BEFORE' })
    await world.his().order(visitNo, { orderNo, amountFen: 1_000 })
    await world.pass(5 * minute)
    const calls = world.sandbox.bank
      .journal()
      .slice(before)
      .filter((row) => row.api === 'lock')
    expect(calls).toHaveLength(3)
    expect(new Set(calls.map((row) => row.serial)).size).toBe(1)
    expect(new Set(calls.map((row) => row.msgId)).size).toBe(3)
    await world.his().cancel(visitNo, orderNo)
  })

  it('never repeats before 30 s, and concludes “not executed” only after 10 min', async () => {
    const { visitNo, orderNo } = await newVisit()
    world.sandbox.bank.faults.add({ api: 'lock', kind: 'DROP_BEFORE' })
    await world.his().order(visitNo, { orderNo, amountFen: 1_000 })
    const sends = () => world.sandbox.bank.journal().filter((row) => row.api === 'lock' && row.serial === serial).length
    const serial = world.sandbox.bank.journal().findLast((row) => row.api === 'lock')?.serial
    await world.pass(29_000)
    expect(sends()).toBe(1)
    await world.pass(2_000)
    expect(sends()).toBe(2)
    await world.his().cancel(visitNo, orderNo)
    await world.pass(9 * minute)
    expect((await world.his().visit(visitNo)).body.orders[0]?.payments[0]).toMatchObject({
      state: 'opening',
      certain: false,
    })
    await world.pass(8 * minute)
    expect((await world.his().visit(visitNo)).body.orders[0]?.payments[0]?.state).toBe('released')
  })

  it('leaves books that agree to the fen', () => {
    expect(world.sandbox.bank.invariants()).toEqual({ ok: true, violations: [] })
  })
})
