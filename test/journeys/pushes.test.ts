import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { NotifySwitchInput } from '../sandbox/index.ts'
import { World } from '../world/world.ts'
import { RegistrationDesk } from './registration-desk.ts'

const minute = 60_000

/** A day in which every kind of call is accepted first and decided by the bank half a minute later, then everything comes to rest. */
async function day(options: { readonly pushes: readonly NotifySwitchInput[] | 'off' }) {
  const world = await World.start({ notifications: options.pushes !== 'off' })
  try {
    const { bank } = world.sandbox
    const pushes = options.pushes === 'off' ? [] : options.pushes
    bank.notifications.all = true
    for (const fault of pushes) bank.notifications.switches.add(fault)
    for (const api of ['lock', 'confirm', 'cancel'] as const) {
      bank.faults.add({ api, kind: 'EXECUTE_THEN_PROCESSING', afterMs: 30_000, times: 2 })
    }
    bank.faults.add({
      api: 'lock',
      kind: 'EXECUTE_THEN_PROCESSING',
      final: 'FAIL',
      failCode: 'SBOX0004PL0103',
      afterMs: 30_000,
      times: 1,
    })
    const his = world.his()
    const passing = async (ms: number) => {
      for (let left = ms; left > 0; left -= 15_000) {
        await world.pass(15_000)
        if (options.pushes !== 'off') await bank.notifications.deliverDue()
        await world.rest()
      }
    }
    await his.start('N1', '陈静')
    for (const n of [1, 2, 3]) await his.order('N1', { orderNo: `N1-${n}`, amountFen: n * 1_000 })
    await passing(2 * minute)
    await his.cancel('N1', 'N1-2')
    const standing = (await his.visit('N1')).body.orders.filter((one) => one.payments.some((p) => p.state === 'held'))
    await his.finish('N1', Object.fromEntries(standing.map((one) => [one.orderNo, one.amountFen - 100])))
    const app = await world.signIn('oDemo-zhangweimin')
    const desk = await RegistrationDesk.come(app)
    const opened = await app.call('openRegistration', { body: await desk.body(), key: randomUUID() })
    await passing(90 * minute)
    const { orders, totals } = (await his.visit('N1')).body
    return {
      orders: orders.map(({ orderNo, payments }) => [orderNo, payments.map((p) => [p.state, p.certain, p.paidFen])]),
      totals,
      registration: (await desk.read(opened.id)).row,
      bank: bank
        .locks()
        .map((lock) => [lock.orderNo.startsWith('reg') ? 'reg' : lock.orderNo, lock.state, lock.confirmedFen]),
      broken: bank.invariants().violations,
      sent: bank.notifications.log().length,
    }
  } finally {
    await world.close()
  }
}

describe('with pushes the end is what it is without them', () => {
  const faults: readonly (readonly [string, readonly NotifySwitchInput[]])[] = [
    ['as they should be', []],
    ['lost', [{ kind: 'DROP' }]],
    ['doubled', [{ kind: 'DUPLICATE', copies: 3 }]],
    ['an hour late', [{ kind: 'DELAY', delayMs: 60 * minute }]],
    ['before the answer', [{ kind: 'EARLY' }]],
    ['forged', [{ kind: 'FORGE' }]],
    ['out of order', [{ kind: 'REORDER' }]],
  ]

  it('whatever happens to them on the way', async () => {
    const { sent, ...without } = await day({ pushes: 'off' })
    expect(sent).toBe(0)
    expect(without).toMatchObject({ registration: 'done', broken: [] })
    for (const [how, pushes] of faults) {
      const { sent: pushed, ...end } = await day({ pushes })
      expect(end, how).toEqual(without)
      expect(pushed, how).toBeGreaterThan(0)
    }
  }, 120_000)
})
