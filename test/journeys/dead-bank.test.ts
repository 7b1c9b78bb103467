import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seedInstitutions } from '../sandbox/index.ts'
import { BankDoor } from '../world/bank-door.ts'
import { World } from '../world/world.ts'

const second = 1_000
const minute = 60 * second
const visits = 50
const ordersEach = 10

describe('a bank that dies for one hospital', () => {
  const door = new BankDoor()
  let world: World
  beforeAll(async () => {
    world = await World.start({ bankDoor: door })
  })
  afterAll(async () => {
    door.release()
    await world.close()
    door.close()
  })

  const heldAt = async (visitNo: string): Promise<number> => {
    const { orders } = (await world.his('yulin').visit(visitNo)).body
    return orders.filter((order) => order.payments[0]?.state === 'held').length
  }

  it(
    'keeps eight calls waiting, whatever else is due there, and not one of another hospital',
    async () => {
      const yulin = world.his('yulin')
      const merPtcId = seedInstitutions.find((one) => one.id === 'yulin')?.merPtcId ?? ''
      world.sandbox.bank.faults.add({
        api: 'lock',
        kind: 'EXECUTE_THEN_PROCESSING',
        afterQueries: 1,
        match: { merPtcId },
      })
      for (let visit = 0; visit < visits; visit++) {
        await yulin.start(`Y${visit}`, '刘洋')
        const orders = Array.from({ length: ordersEach }, (_, at) => ({ orderNo: `Y${visit}-${at}`, amountFen: 100 }))
        await Promise.all(orders.map((order) => yulin.order(`Y${visit}`, order)))
      }
      await world.his().start('J1', '陈静')
      door.isStalled = true
      door.mostAtOnce = 0
      // 500 locks that the bank has and has not decided: every one is asked about two seconds later.
      const untilMs = world.clock.now() + 3 * second
      while (world.clock.step(untilMs));
      await expect.poll(() => door.waiting).toBe(8)
      await world.x.worker.quiet()
      // The other hospital's requests reach the bank.
      door.isStalled = false
      const ordered = await world.his().order('J1', { orderNo: 'J1-1', amountFen: 12_345 })
      const finished = await world.his().finish('J1', { 'J1-1': 12_345 })
      expect(ordered.body.order.payments[0]).toMatchObject({ state: 'held', certain: true })
      expect(finished.body.totals).toMatchObject({ paidFen: 12_345, pendingFen: 0 })
      expect(door.waiting).toBe(8)
      expect(door.mostAtOnce).toBe(9)
      door.release()
      await world.rest()
      await world.pass(minute)
      expect(await heldAt('Y0')).toBe(ordersEach)
      expect(await heldAt(`Y${visits - 1}`)).toBe(ordersEach)
      expect(door.mostAtOnce).toBe(9)
    },
    4 * minute,
  )

  it('an order is taken all the same, waits as 锁定中 without keeping HIS waiting, and is locked when the bank is back', async () => {
    const his = world.his()
    await his.start('J2', '刘洋')
    world.sandbox.bank.faults.add({ api: 'lock', kind: 'DROP_BEFORE' })
    for (let at = 0; at < 5; at++) await his.order('J2', { orderNo: `J2-${at}`, amountFen: 100 })
    door.mostAtOnce = 0
    const waiting = await his.order('J2', { orderNo: 'J2-5', amountFen: 100 })
    expect(door.mostAtOnce).toBe(0)
    expect(waiting.body.order.payments[0]).toMatchObject({ state: 'opening', certain: false, reason: null })
    expect(world.x.engine.openBreakers()).toMatchObject([{ lane: 'jc-first:credit', step: 'lock' }])
    const opened = world.logLines.filter((line) => line.includes('breaker opens'))
    expect(opened).toHaveLength(1)
    expect(opened[0]).toContain('jc-first:credit')
    world.sandbox.bank.faults.clear()
    await world.pass(minute)
    const { orders } = (await his.visit('J2')).body
    expect(orders.map((order) => order.payments[0]?.state)).toEqual(Array.from({ length: 6 }, () => 'held'))
    expect(world.x.engine.openBreakers()).toEqual([])
  })
})
