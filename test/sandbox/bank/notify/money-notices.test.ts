import { describe, expect, it } from 'vitest'
import { CODE, SUCCESS_CODE } from '../codes.ts'
import { APP, bankWorld, HOSPITAL, TODAY, type BankWorld } from '../fixture.ts'

type Content = Readonly<Record<string, string>>

/** A bank under NONE whose notifications are written down and acknowledged. */
function toldWorld(): { world: BankWorld; told: Content[]; deliver(): Promise<void> } {
  const told: Content[] = []
  const notify = {
    appId: APP,
    baseUrl: 'http://product.test',
    institutions: new Map([[HOSPITAL, 'jc-first']]),
    all: false,
    fetch: (_url: string, init: RequestInit) => {
      const content: Content = JSON.parse(String(init.body)).notify_biz_content
      told.push(content)
      const ack = { rsp_code: '0000', rsp_msg: 'SUCCESS', notify_id: content['notify_id'] }
      return Promise.resolve(new Response(JSON.stringify({ rsp_biz_content: ack, sign: 'none' })))
    },
  }
  const world = bankWorld({ notify })
  return { world, told, deliver: () => world.bank.notifications.deliverDue() }
}

describe('a notification of a payment or refund', () => {
  it('tells how a payment that was in PROCESSING has ended', async () => {
    const { world, told, deliver } = toldWorld()
    world.bank.faults.add({ api: 'pay', kind: 'EXECUTE_THEN_PROCESSING', times: 1, afterMs: 5_000 })
    world.pay('P1', 12_000)
    await deliver()
    expect(told).toEqual([])
    world.clock.advance(5_000)
    await deliver()
    expect(told).toMatchObject([
      {
        notify_type: 'PAY_RESULT',
        tran_type: 'PAY',
        tran_state: 'SUCCESS',
        tran_state_code: SUCCESS_CODE,
        mer_tran_no: 'P1',
        sys_order_no: expect.stringMatching(/^\d{28}$/),
        total_amount: '120.00',
        final_time: '20261121100005',
      },
    ])
  })

  it('tells what a refund has come to, and from which money', async () => {
    const { world, told, deliver } = toldWorld()
    world.spend('1', 12_000)
    world.refund('R0', 'C1', 2_000)
    world.bank.faults.add({ api: 'refund', kind: 'EXECUTE_THEN_PROCESSING', times: 1, afterMs: 5_000 })
    world.refund('R1', 'C1', 5_000)
    world.clock.advance(5_000)
    await deliver()
    expect(told).toMatchObject([
      {
        notify_type: 'REFUND_RESULT',
        refund_mer_tran_no: 'R1',
        tran_state: 'SUCCESS',
        refund_amount: '50.00',
        done_refund_amount: '70.00',
        fund_source: 'TODAY_RECEIVABLE',
      },
    ])
    expect(told[0]).not.toHaveProperty('mer_tran_no')
  })

  it('tells a failure with its code and no amounts', async () => {
    const { world, told, deliver } = toldWorld()
    world.spend('1', 12_000)
    world.bank.faults.add({ api: 'refund', kind: 'EXECUTE_THEN_PROCESSING', final: 'FAIL', times: 1, afterMs: 1 })
    world.refund('R1', 'C1', 5_000)
    world.clock.advance(1)
    await deliver()
    expect(told).toMatchObject([{ tran_state: 'FAIL', tran_state_code: CODE.refundBalanceShort }])
    expect(told[0]).not.toHaveProperty('refund_amount')
  })

  it('tells the end that is coming while the query still says PROCESSING, once', async () => {
    const { world, told, deliver } = toldWorld()
    world.spend('1', 12_000)
    world.bank.notifications.switches.add({ kind: 'EARLY', type: 'REFUND_RESULT' })
    world.bank.faults.add({ api: 'refund', kind: 'EXECUTE_THEN_PROCESSING', times: 1, afterMs: 5_000 })
    world.refund('R1', 'C1', 5_000)
    await world.bank.notifications.idle()
    expect(told).toMatchObject([{ refund_amount: '50.00', done_refund_amount: '50.00' }])
    expect(world.refundQuery('R1').body['refund_state']).toBe('PROCESSING')
    world.clock.advance(5_000)
    await deliver()
    expect(told).toHaveLength(1)
  })

  it('comes for every operation where the bank is told so', async () => {
    const { world, told, deliver } = toldWorld()
    world.bank.notifications.all = true
    world.pay('P1', 12_000)
    world.refund('R1', 'P1', 5_000)
    await deliver()
    expect(told.map((one) => one['notify_type'])).toEqual(['PAY_RESULT', 'REFUND_RESULT'])
  })
})

describe('BILL_READY', () => {
  it('comes at 06:00 of the next day for every hospital that had movements, once', async () => {
    const { world, told, deliver } = toldWorld()
    expect(world.bank.notifications.nextDueAt()).toBeNull()
    world.spend('1', 12_000)
    const six = Date.parse('2026-11-22T06:00:00+08:00')
    world.clock.set(six - 1)
    await deliver()
    expect([told, world.bank.notifications.nextDueAt()]).toEqual([[], six])
    world.clock.set(six)
    await deliver()
    await deliver()
    expect(told).toMatchObject([{ notify_type: 'BILL_READY', stmt_date: TODAY, mer_ptc_id: HOSPITAL }])
    expect(world.bank.notifications.nextDueAt()).toBeNull()
  })

  it('comes at once for a bill made by hand, and can be dropped', async () => {
    const { world, told, deliver } = toldWorld()
    world.spend('1', 12_000)
    world.bank.makeBills(TODAY)
    await deliver()
    expect(told).toMatchObject([{ notify_type: 'BILL_READY' }])
    world.nextDay()
    world.bank.notifications.switches.add({ kind: 'DROP', type: 'BILL_READY' })
    world.spend('2', 100)
    world.nextDay()
    await deliver()
    expect(told).toHaveLength(1)
    expect(world.bank.notifications.log().at(-1)?.outcome).toBe('dropped')
  })

  it('does not come where notifications are off', () => {
    const { bank, spend } = bankWorld()
    spend('1', 100)
    expect([bank.notifications.isOn(), bank.notifications.nextDueAt()]).toEqual([false, null])
  })
})
