import { describe, expect, it } from 'vitest'
import { createVirtualClock } from '../clock.ts'
import {
  AGREEMENT,
  APP,
  bankParts,
  bankWorld,
  CHILD,
  MORNING,
  HOSPITAL,
  LIMIT_FEN,
  MOTHER,
  TODAY,
  TOMORROW,
  type BankWorld,
} from './fixture.ts'
import { CODE, messageOf } from './codes.ts'
import { repayNow } from './debts/repayment.ts'
import { SUGGESTED_RESERVE_FEN, type Tier } from './merchants.ts'

const RESERVE_FEN = 2_000_000
const strict = { uniquePerDay: false, revealAvailable: false }

const withoutReserve = (world: BankWorld): void =>
  world.bank.putMerchant({ merPtcId: HOSPITAL, name: 'x', tier: '三级', suspended: false, reserve: false })

/** Nothing has moved since `before`, and the books are in order. */
function expectUnmoved(world: BankWorld, before: readonly unknown[]): void {
  expect([world.principal(), world.merchant()]).toEqual(before)
  expect(world.bank.invariants()).toEqual({ ok: true, violations: [] })
}

describe('the source of a refund (C 二（一）5 table 1)', () => {
  it('is the day’s receivable on day T, and quota and answer come at once', () => {
    const world = bankWorld()
    world.spend('1', 10_000)
    const reply = world.refund('R1', 'C1', 3_000)
    expect(reply).toMatchObject({ status: 'S', code: 'DCBS0004PL0000' })
    expect(reply.body).toMatchObject({
      refund_mer_tran_no: 'R1',
      refund_state: 'SUCCESS',
      refund_amount: '30.00',
      done_refund_amount: '30.00',
      total_amount: '100.00',
      fund_source: 'TODAY_RECEIVABLE',
      final_time: '20261121100000',
      acct_date: TODAY,
    })
    expect(world.principal()).toMatchObject({ availableFen: LIMIT_FEN - 7_000, usedFen: 7_000 })
    expect(world.merchant()).toMatchObject({ receivableFen: { [TODAY]: 7_000 }, reserveFen: RESERVE_FEN })
    expect(world.bank.invariants()).toEqual({ ok: true, violations: [] })
  })

  it('is the reserve on a later day, where the hospital has one', () => {
    const world = bankWorld()
    world.spend('1', 10_000)
    world.nextDay()
    world.spend('2', 50_000)
    expect(world.refund('R1', 'C1', 10_000).body).toMatchObject({ fund_source: 'RESERVE', acct_date: TOMORROW })
    expect(world.merchant()).toMatchObject({ reserveFen: RESERVE_FEN - 10_000, settledFen: 10_000 })
    expect(world.merchant().receivableFen[TOMORROW]).toBe(50_000)
    expect(world.bank.invariants().violations).toEqual([])
  })

  it('is the receivable of the refund’s day on a later day without a reserve', () => {
    const world = bankWorld()
    withoutReserve(world)
    world.spend('1', 10_000)
    world.nextDay()
    const before = [world.principal(), world.merchant()]
    expect(world.refund('R1', 'C1', 10_000)).toMatchObject({ status: 'F', code: 'DCBS0004PL0974' })
    expectUnmoved(world, before)
    world.spend('2', 10_000)
    expect(world.refund('R2', 'C1', 10_000).body).toMatchObject({ refund_state: 'SUCCESS', fund_source: 'RECEIVABLE' })
    expect(world.merchant().receivableFen[TOMORROW]).toBe(0)
    expect(world.bank.invariants().violations).toEqual([])
  })

  it('changes at midnight to the millisecond', () => {
    const world = bankWorld()
    world.spend('1', 10_000)
    world.clock.set(Date.parse('2026-11-21T23:59:59.999+08:00'))
    expect(world.refund('R1', 'C1', 1).body['fund_source']).toBe('TODAY_RECEIVABLE')
    world.clock.set(Date.parse('2026-11-22T00:00:00+08:00'))
    expect(world.refund('R2', 'C1', 1).body['fund_source']).toBe('RESERVE')
  })

  it('is the reserve alone unless the bank falls back to the receivable', () => {
    for (const [refundPolicy, code] of [
      ['SEED_STRICT', CODE.refundBalanceShort],
      ['RESERVE_THEN_RECEIVABLE', 'DCBS0004PL0000'],
    ] as const) {
      const world = bankWorld({ core: { ...strict, refundPolicy } })
      const rich = { ...CHILD, name: '林一', certNo: '990101200001010014' }
      world.bank.addCustomer({ ...rich, signStatus: 'SIGNED', agreementNo: 'CMRICH', limitFen: 9_000_000 })
      world.pay('P1', RESERVE_FEN + 1, rich, 'CMRICH')
      world.nextDay()
      world.pay('P2', RESERVE_FEN + 1, rich, 'CMRICH')
      const reply = world.refund('R1', 'P1', RESERVE_FEN + 1)
      expect([reply.code, reply.body['fund_source']]).toEqual([
        code,
        refundPolicy === 'SEED_STRICT' ? undefined : 'RECEIVABLE',
      ])
      expect(world.merchant().reserveFen).toBe(RESERVE_FEN)
    }
  })

  it('has never too little left to the last fen, and one fen more moves nothing', () => {
    const world = bankWorld()
    withoutReserve(world)
    world.spend('1', 10_000)
    world.nextDay()
    world.spend('2', 5_000)
    const before = [world.principal(), world.merchant()]
    expect(world.refund('R1', 'C1', 5_001).code).toBe(CODE.refundBalanceShort)
    expectUnmoved(world, before)
    expect(world.refund('R2', 'C1', 5_000).status).toBe('S')
  })
})

describe('a reserve', () => {
  it.each<[Tier, number]>([
    ['三级', 2_000_000],
    ['二级', 1_000_000],
    ['基层', 500_000],
  ])('of a %s hospital is deposited once', (tier, reserveFen) => {
    const world = bankWorld()
    const other = { merPtcId: '301510000000099', name: 'x', tier, suspended: false }
    world.bank.putMerchant(other)
    world.bank.putMerchant({ ...other, suspended: true })
    expect(SUGGESTED_RESERVE_FEN[tier]).toBe(reserveFen)
    expect(world.bank.ledger().merchants[1]).toMatchObject({ reserveFen })
  })

  it('may be left out, switched off with what is in it untouched, and topped up', () => {
    const world = bankWorld()
    withoutReserve(world)
    expect(world.merchant().reserveFen).toBe(RESERVE_FEN)
    expect(() => world.bank.depositReserve(HOSPITAL, 1)).toThrow('no reserve')
    world.bank.putMerchant({ merPtcId: HOSPITAL, name: 'x', tier: '三级', suspended: false })
    world.bank.depositReserve(HOSPITAL, 1)
    expect(world.merchant().reserveFen).toBe(RESERVE_FEN + 1)
    world.bank.putMerchant({ merPtcId: '301510000000098', name: 'y', tier: '基层', suspended: false, reserve: false })
    expect(world.bank.ledger().merchants[1]).toMatchObject({ reserveFen: 0 })
    expect(world.bank.invariants().ok).toBe(true)
  })
})

describe('what may be refunded', () => {
  it('is all of a payment in as many parts as one likes, and not a fen more', () => {
    const world = bankWorld()
    world.spend('1', 10_000)
    expect(world.refund('R1', 'C1', 10_001).code).toBe(CODE.refundAboveRest)
    expect(world.refund('R2', 'C1', 4_000).body['done_refund_amount']).toBe('40.00')
    expect(world.refund('R3', 'C1', 6_001).code).toBe(CODE.refundAboveRest)
    expect(world.refund('R4', 'C1', 6_000).body['done_refund_amount']).toBe('100.00')
    expect(world.refund('R5', 'C1', 1).code).toBe(CODE.refundAboveRest)
    expect(world.available()).toBe(LIMIT_FEN)
    expect(world.query('CONFIRM', 'C1').body).toMatchObject({ lock_status: 'CONFIRMED', done_refund_amount: '100.00' })
    expect(world.bank.invariants().violations).toEqual([])
  })

  it('counts refunds in PROCESSING as if they had succeeded', () => {
    const world = bankWorld()
    world.spend('1', 10_000)
    world.bank.faults.add({ api: 'refund', kind: 'EXECUTE_THEN_PROCESSING', final: 'FAIL', times: 1 })
    expect(world.refund('R1', 'C1', 6_000)).toMatchObject({ status: 'P', body: { refund_state: 'PROCESSING' } })
    expect(world.refund('R2', 'C1', 4_001).code).toBe(CODE.refundAboveRest)
    expect(world.bank.invariants().violations).toEqual([])
    world.refundQuery('R1')
    expect(world.refundQuery('R1').body['refund_state']).toBe('FAIL')
    expect(world.refund('R3', 'C1', 10_000).status).toBe('S')
  })

  it('is nothing of what does not exist, was declined or was sent on another day', () => {
    const world = bankWorld()
    expect(world.refund('R1', 'C9', 1).code).toBe(CODE.originalNotFound)
    world.pay('P1', LIMIT_FEN + 1)
    expect(world.refund('R2', 'P1', 1).code).toBe(CODE.stateForbids)
    world.lock('L1', 100)
    expect(world.refund('R3', 'L1', 1).code).toBe(CODE.originalNotFound)
    const paid = world.pay('P2', 100)
    expect(world.refund('R4', 'P2', 1, { mer_trade_date: TOMORROW }).code).toBe(CODE.originalNotFound)
    const number = String(paid.body['sys_order_no'])
    const mistaken = { sys_order_no: number.replace(/^\d/, '9') }
    expect(world.refund('R5', 'P2', 1, mistaken).code).toBe(CODE.originalNotFound)
    const byNumber = { mer_trade_date: TOMORROW, sys_order_no: number }
    expect(world.refund('R6', 'PX', 1, byNumber).status).toBe('S')
  })

  it('is nothing that another hospital took, neither by serial nor by the bank’s number', () => {
    const other = '301510000000002'
    const { gateway } = bankParts(createVirtualClock({ now: () => MORNING }))
    const apps = [{ appId: APP, publicKey: '', merchants: [HOSPITAL, other] }]
    const world = bankWorld({ gateway: { ...gateway, apps } })
    world.bank.putMerchant({ merPtcId: other, name: '二院', tier: '二级', suspended: false })
    const number = String(world.spend('1', 10_000).body['sys_order_no'])
    expect(world.refund('R1', 'C1', 1, { mer_ptc_id: other }).code).toBe(CODE.originalNotFound)
    const byNumber = { mer_ptc_id: other, sys_order_no: number }
    expect(world.refund('R2', 'C1', 1, byNumber).code).toBe(CODE.originalNotFound)
    expect(world.refund('R2', 'C1', 1).status).toBe('S')
    world.nextDay()
    expect(world.bill(TODAY, { mer_ptc_id: other }).body['bill_status']).toBe('EMPTY')
    expect(world.call('heldAmountQuery', { mer_ptc_id: other }).body['reserve_balance']).toBe('10000.00')
  })

  it('is no payment that is still in PROCESSING', () => {
    const world = bankWorld()
    world.bank.faults.add({ api: 'pay', kind: 'EXECUTE_THEN_PROCESSING', times: 1 })
    world.pay('P1', 100)
    expect(world.refund('R1', 'P1', 1).code).toBe(CODE.stateForbids)
  })

  it('follows the scene where a confirm and a payment share a serial', () => {
    const world = bankWorld()
    world.spend('1', 100)
    world.pay('C1', 200)
    expect(world.refund('R1', 'C1', 1).body['total_amount']).toBe('1.00')
    expect(world.refund('R2', 'C1', 1, { refund_scene: 'INP_DEPOSIT' }).body['total_amount']).toBe('2.00')
  })

  it('is stopped by no blocked quota, ended agreement, lost family link or suspended hospital', () => {
    const world = bankWorld()
    const agreement = world.childAgreement()
    world.spend('1', 100)
    world.pay('P1', 100, CHILD, agreement)
    world.bank.unbindSharer(CHILD.certNo)
    world.bank.changeCustomer(MOTHER.certNo, { quotaStatus: 'OVERDUE', signStatus: 'TERMINATED' })
    world.bank.putMerchant({ merPtcId: HOSPITAL, name: 'x', tier: '三级', suspended: true })
    expect(world.refund('R1', 'C1', 100).status).toBe('S')
    expect(world.refund('R2', 'P1', 100).status).toBe('S')
    expect(world.principal()).toMatchObject({ availableFen: LIMIT_FEN, usedFen: 0 })
  })
})

describe('a refund after repayment', () => {
  it('leaves a credit balance that later uses draw on first', () => {
    const world = bankWorld()
    world.spend('1', 10_000)
    expect(repayNow(world.bank.desk().core, AGREEMENT, 8_000)).toBe(true)
    world.refund('R1', 'C1', 10_000)
    expect(world.principal()).toMatchObject({ availableFen: LIMIT_FEN + 8_000, usedFen: 0, overpaidFen: 8_000 })
    world.spend('2', 5_000)
    expect(world.principal()).toMatchObject({ usedFen: 0, overpaidFen: 3_000, availableFen: LIMIT_FEN + 3_000 })
    world.pay('P1', 5_000)
    expect(world.principal()).toMatchObject({ usedFen: 2_000, overpaidFen: 0, availableFen: LIMIT_FEN - 2_000 })
    expect(world.bank.invariants()).toEqual({ ok: true, violations: [] })
  })
})

describe('a repeated refund', () => {
  it('is answered with the same text and moves money once', () => {
    const world = bankWorld()
    world.spend('1', 10_000)
    const body = world.caller.refundBody('R1', 'C1', TODAY, 4_000)
    const send = () =>
      world.bank.handle({ path: '/api/creditMed/refund/v1', body: world.caller.form('refund', body) }).body
    const first = send()
    world.clock.advance(60_000)
    expect(send()).toBe(first)
    expect(world.call('refund', { ...body, mer_refund_time: '235959' }).status).toBe('S')
    expect(world.refund('R1', 'C1', 4_001).code).toBe(CODE.serialReused)
    expect([world.bank.effects('R1'), world.principal().usedFen]).toEqual([1, 6_000])
  })

  it('stays declined under its serial even when the money has come in', () => {
    const world = bankWorld()
    withoutReserve(world)
    world.spend('1', 10_000)
    world.nextDay()
    expect(world.refund('R1', 'C1', 10_000)).toMatchObject({ code: CODE.refundBalanceShort })
    world.spend('2', 20_000)
    expect(world.refund('R1', 'C1', 10_000)).toMatchObject({ code: CODE.refundBalanceShort })
    expect(world.refund('R2', 'C1', 10_000).status).toBe('S')
  })

  it('may use its serial again on another day only where serials are unique per day', () => {
    for (const uniquePerDay of [true, false]) {
      const world = bankWorld({ core: { ...strict, uniquePerDay } })
      world.spend('1', 10_000)
      world.refund('R1', 'C1', 1_000)
      world.nextDay()
      expect(world.refund('R1', 'C1', 2_000).code).toBe(uniquePerDay ? 'DCBS0004PL0000' : CODE.serialReused)
      expect(world.refundQuery('R1', TODAY).body['refund_amount']).toBe('10.00')
      expect(world.refundQuery('R1', TOMORROW).body['found']).toBe(uniquePerDay ? 'Y' : 'N')
      expect(world.bank.invariants().violations).toEqual([])
    }
  })
})

describe('refund query', () => {
  it('answers by the date that was sent with the refund, not by today', () => {
    const world = bankWorld()
    const paid = String(world.spend('1', 10_000).body['sys_order_no'])
    world.refund('R1', 'C1', 4_000)
    world.nextDay()
    expect(world.refundQuery('R1').body).toEqual({ found: 'N', refund_mer_tran_no: 'R1' })
    const told = world.refundQuery('R1', TODAY)
    expect(told.body).toMatchObject({
      found: 'Y',
      refund_state: 'SUCCESS',
      refund_amount: '40.00',
      done_refund_amount: '40.00',
      total_amount: '100.00',
      fund_source: 'TODAY_RECEIVABLE',
      acct_date: TODAY,
    })
    const query = { refund_mer_tran_no: 'R1', mer_refund_date: TODAY }
    expect(world.call('refundQuery', { ...query, sys_order_no: paid }).body['found']).toBe('Y')
    const other = { ...query, sys_order_no: paid.replace(/^\d/, '9') }
    expect(world.call('refundQuery', other).body['found']).toBe('N')
  })

  it('names the code of the source and its exact text when the balance was too small', () => {
    const world = bankWorld()
    withoutReserve(world)
    world.spend('1', 10_000)
    world.nextDay()
    world.refund('R1', 'C1', 1)
    expect(world.refundQuery('R1').body).toEqual({
      found: 'Y',
      refund_mer_tran_no: 'R1',
      refund_state: 'FAIL',
      fail_code: 'DCBS0004PL0974',
      fail_msg: '医药机构退款可用余额不足',
    })
  })
})

describe('the codes of the source (C 四（六）table 2)', () => {
  it.each([
    ['DCBS0004PL0974', '医药机构退款可用余额不足'],
    ['ADPTSY0003', '与外围系统建立连接失败'],
    ['ADPTSY0004', '获取外围系统响应超时'],
    ['ADPTSY0005', '与外围系统交互异常'],
    ['ADPTSY0006', '与外围系统交互异常'],
    ['ADPTSY0008', 'Decode 响应报文发生异常'],
  ])('%s reads %s', (code, text) => {
    expect(messageOf(code)).toBe(text)
  })
})
