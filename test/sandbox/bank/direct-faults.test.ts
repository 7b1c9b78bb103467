import { describe, expect, it } from 'vitest'
import { AGREEMENT, bankWorld, LIMIT_FEN, MOTHER, TODAY, type BankWorld } from './fixture.ts'
import { CODE, messageOf } from './codes.ts'
import { DROP_STATUS } from './wire-answers.ts'

const rawPay = (world: BankWorld, serial: string, amountFen: number) =>
  world.bank.handle({
    path: '/api/creditMed/pay/v1',
    body: world.caller.form('pay', world.caller.payBody(serial, AGREEMENT, MOTHER, amountFen)),
  })

const rawRefund = (world: BankWorld, serial: string, originalSerial: string, amountFen: number) =>
  world.bank.handle({
    path: '/api/creditMed/refund/v1',
    body: world.caller.form('refund', world.caller.refundBody(serial, originalSerial, TODAY, amountFen)),
  })

describe('faults of a payment', () => {
  it('dropped before execution leave nothing, and the serial works afterwards', () => {
    const world = bankWorld()
    world.bank.faults.add({ api: 'pay', kind: 'DROP_BEFORE', times: 1 })
    expect(rawPay(world, 'P1', 100).status).toBe(DROP_STATUS)
    expect([world.payQuery('P1').body['found'], world.available()]).toEqual(['N', LIMIT_FEN])
    expect(world.pay('P1', 100).status).toBe('S')
  })

  it('dropped after execution have deducted, once, and the query finds it', () => {
    const world = bankWorld()
    world.bank.faults.add({ api: 'pay', kind: 'EXECUTE_THEN_DROP', times: 1 })
    expect(rawPay(world, 'P1', 100).status).toBe(DROP_STATUS)
    expect(world.payQuery('P1').body).toMatchObject({ found: 'Y', pay_state: 'SUCCESS' })
    expect(world.pay('P1', 100).status).toBe('S')
    expect([world.bank.effects('P1'), world.available()]).toEqual([1, LIMIT_FEN - 100])
  })

  it('in PROCESSING keep the quota back, and end in SUCCESS with the nth query', () => {
    const world = bankWorld()
    world.bank.faults.add({ api: 'pay', kind: 'EXECUTE_THEN_PROCESSING', afterQueries: 2, times: 1 })
    expect(world.pay('P1', 400_000)).toMatchObject({ status: 'P', body: { pay_state: 'PROCESSING' } })
    expect(world.principal()).toMatchObject({ availableFen: 100_000, pendingFen: 400_000, usedFen: 0 })
    expect(world.pay('P2', 100_001).code).toBe(CODE.quotaInsufficient)
    expect(world.bank.invariants()).toEqual({ ok: true, violations: [] })
    expect(world.payQuery('P1').body).toMatchObject({ pay_state: 'PROCESSING' })
    expect(world.payQuery('P1').body).toMatchObject({ pay_state: 'SUCCESS', acct_date: TODAY })
    expect(world.principal()).toMatchObject({ availableFen: 100_000, pendingFen: 0, usedFen: 400_000 })
    expect([world.bank.effects('P1'), world.bank.invariants().violations]).toEqual([1, []])
  })

  it('in PROCESSING that end in FAIL give the quota back', () => {
    const world = bankWorld()
    world.bank.faults.add({ api: 'pay', kind: 'EXECUTE_THEN_PROCESSING', final: 'FAIL', afterMs: 5_000 })
    world.pay('P1', 400_000)
    world.clock.advance(5_000)
    expect(world.payQuery('P1').body).toMatchObject({ pay_state: 'FAIL', fail_code: CODE.quotaInsufficient })
    expect([world.available(), world.bank.effects('P1')]).toEqual([LIMIT_FEN, 0])
    expect(world.bank.invariants().violations).toEqual([])
  })

  it('that are decided after midnight belong to the day of the decision', () => {
    const world = bankWorld()
    world.bank.faults.add({ api: 'pay', kind: 'EXECUTE_THEN_PROCESSING', afterMs: 86_400_000 })
    world.pay('P1', 10_000)
    world.nextDay()
    expect(world.payQuery('P1', TODAY).body).toMatchObject({ pay_state: 'SUCCESS', acct_date: '20261122' })
    expect(world.bank.invariants().violations).toEqual([])
  })

  it('stay hidden from the query for a while where it lags', () => {
    const world = bankWorld()
    world.bank.faults.add({ api: 'pay', kind: 'QUERY_LAGS', lagMs: 5_000 })
    world.pay('P1', 100)
    expect(world.payQuery('P1').body['found']).toBe('N')
    world.clock.advance(5_000)
    expect(world.payQuery('P1').body['found']).toBe('Y')
  })
})

describe('faults of a refund', () => {
  it('dropped after execution have moved the money once', () => {
    const world = bankWorld()
    world.spend('1', 10_000)
    world.bank.faults.add({ api: 'refund', kind: 'EXECUTE_THEN_DROP', times: 1 })
    expect(rawRefund(world, 'R1', 'C1', 4_000).status).toBe(DROP_STATUS)
    expect(world.refundQuery('R1').body).toMatchObject({ found: 'Y', refund_state: 'SUCCESS' })
    expect(world.refund('R1', 'C1', 4_000).status).toBe('S')
    expect([world.bank.effects('R1'), world.principal().usedFen]).toEqual([1, 6_000])
  })

  it('in PROCESSING take the money out of its source, so that the end cannot fail for want of it', () => {
    const world = bankWorld()
    world.spend('1', 10_000)
    world.spend('2', 1_000)
    world.bank.faults.add({ api: 'refund', kind: 'EXECUTE_THEN_PROCESSING', afterQueries: 2, times: 1 })
    world.refund('R1', 'C1', 10_000)
    expect(world.merchant()).toMatchObject({ receivableFen: { [TODAY]: 1_000 }, refundingFen: 10_000 })
    expect(world.available()).toBe(LIMIT_FEN - 11_000)
    expect(world.refund('R2', 'C2', 1_000).status).toBe('S')
    expect(world.bank.invariants()).toEqual({ ok: true, violations: [] })
    world.refundQuery('R1')
    expect(world.refundQuery('R1').body).toMatchObject({ refund_state: 'SUCCESS', done_refund_amount: '100.00' })
    expect([world.merchant().refundingFen, world.available()]).toEqual([0, LIMIT_FEN])
    expect(world.bank.invariants()).toEqual({ ok: true, violations: [] })
  })

  it.each(['TODAY_RECEIVABLE', 'RESERVE'] as const)('that fail give back what they took from %s', (source) => {
    const world = bankWorld()
    world.spend('1', 10_000)
    if (source === 'RESERVE') world.nextDay()
    const before = world.merchant()
    world.bank.faults.add({ api: 'refund', kind: 'EXECUTE_THEN_PROCESSING', final: 'FAIL', afterMs: 5_000 })
    world.refund('R1', 'C1', 10_000)
    expect(world.bank.refunds()).toMatchObject([{ source, state: 'PROCESSING' }])
    world.clock.advance(5_000)
    expect(world.merchant()).toEqual(before)
    expect(world.refundQuery('R1').body).toMatchObject({ fail_code: 'DCBS0004PL0974' })
    expect(world.bank.invariants()).toEqual({ ok: true, violations: [] })
  })

  it('stay hidden from the query for a while where it lags', () => {
    const world = bankWorld()
    world.spend('1', 10_000)
    world.refund('R1', 'C1', 100)
    world.bank.faults.add({ api: 'refundQuery', kind: 'QUERY_LAGS', lagMs: 5_000 })
    expect(world.refundQuery('R1').body['found']).toBe('N')
    world.clock.advance(5_000)
    expect(world.refundQuery('R1').body['found']).toBe('Y')
  })
})

describe('time-outs that the bank reports itself (C 四（六）table 2)', () => {
  const kinds = ['ADPTSY_0003', 'ADPTSY_0004', 'ADPTSY_0005', 'ADPTSY_0006', 'ADPTSY_0008'] as const
  const calls = ['pay', 'refund', 'payCheck', 'payQuery', 'refundQuery', 'downloadBill', 'heldAmountQuery'] as const

  it.each(calls.flatMap((api) => kinds.map((kind) => ({ api, kind, code: kind.replace('_', '') }))))(
    '$api answers $code with its text, executed or not',
    ({ api, code, kind }) => {
      const world = bankWorld()
      world.spend('1', 10_000)
      const bodies = {
        pay: world.caller.payBody('P1', AGREEMENT, MOTHER, 100),
        refund: world.caller.refundBody('R1', 'C1', TODAY, 100),
        payCheck: {
          ...world.caller.identityBlock(MOTHER),
          sign_agr_no: AGREEMENT,
          total_amount: '1.00',
          biz_scene: 'INP_TOPUP',
        },
        payQuery: { pay_mer_tran_no: 'P1', mer_trade_date: TODAY },
        refundQuery: { refund_mer_tran_no: 'R1', mer_refund_date: TODAY },
        downloadBill: { stmt_date: TODAY },
        heldAmountQuery: {},
      }
      for (const phase of ['before', 'after'] as const) {
        world.bank.faults.add({ api, kind, phase, times: 1 })
        const { body } = world.bank.handle({
          path: `/api/creditMed/${api}/v1`,
          body: world.caller.form(api, bodies[api]),
        })
        expect(body).toContain(`"rsp_code":"${code}","rsp_msg":"${messageOf(code)}"`)
        if (api === 'pay') expect(world.bank.effects('P1')).toBe(phase === 'after' ? 1 : 0)
        if (api === 'refund') expect(world.bank.effects('R1')).toBe(phase === 'after' ? 1 : 0)
      }
    },
  )
})

describe('sentinel amounts', () => {
  it.each([
    ['.33', 10_033, 'SUCCESS'],
    ['.34', 10_034, undefined],
  ])('%s breaks a payment off', (_name, amountFen, state) => {
    const world = bankWorld({ sentinels: true })
    expect(rawPay(world, 'P1', amountFen).status).toBe(DROP_STATUS)
    expect(world.payQuery('P1').body['pay_state']).toBe(state)
    expect(world.pay('P1', amountFen).status).toBe('S')
  })

  it('.35 leaves a payment in PROCESSING for one query, .36 answers ADPTSY0004 though executed', () => {
    const world = bankWorld({ sentinels: true })
    expect(world.pay('P1', 10_035).status).toBe('P')
    expect(world.payQuery('P1').body['pay_state']).toBe('PROCESSING')
    expect(world.payQuery('P1').body['pay_state']).toBe('SUCCESS')
    expect(world.pay('P2', 10_036).code).toBe('ADPTSY0004')
    expect(world.payQuery('P2').body['pay_state']).toBe('SUCCESS')
  })

  it.each([
    ['.43', 43, 'SUCCESS'],
    ['.44', 44, undefined],
  ])('%s breaks a refund off', (_name, amountFen, state) => {
    const world = bankWorld({ sentinels: true })
    world.spend('1', 10_000)
    expect(rawRefund(world, 'R1', 'C1', amountFen).status).toBe(DROP_STATUS)
    expect(world.refundQuery('R1').body['refund_state']).toBe(state)
    expect(world.refund('R1', 'C1', amountFen).status).toBe('S')
  })

  it('.45 leaves a refund in PROCESSING for one query', () => {
    const world = bankWorld({ sentinels: true })
    world.spend('1', 10_000)
    expect(world.refund('R1', 'C1', 45).status).toBe('P')
    world.refundQuery('R1')
    expect(world.refundQuery('R1').body['refund_state']).toBe('SUCCESS')
  })
})
