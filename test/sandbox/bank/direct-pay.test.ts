import { describe, expect, it } from 'vitest'
import { AGREEMENT, bankWorld, CHILD, HOSPITAL, LIMIT_FEN, MOTHER, person, TODAY, TOMORROW } from './fixture.ts'
import { CODE, messageOf, SUCCESS_CODE } from './codes.ts'

const RETIRED = person('王德福', '99010119430211001')

describe('pay', () => {
  it('deducts at once, says by when to repay, and raises the day’s receivable', () => {
    const world = bankWorld()
    const reply = world.pay('P1', 300_000)
    expect(reply).toMatchObject({ verified: true, code: SUCCESS_CODE, status: 'S' })
    expect(reply.body).toMatchObject({
      pay_mer_tran_no: 'P1',
      pay_state: 'SUCCESS',
      total_amount: '3000.00',
      final_time: '20261121100000',
      acct_date: TODAY,
      repay_due_date: '20261223',
    })
    expect(reply.body['sys_order_no']).toMatch(/^\d{28}$/)
    expect(world.principal()).toMatchObject({ availableFen: 200_000, usedFen: 300_000, lockedFen: 0 })
    expect(world.merchant().receivableFen).toEqual({ [TODAY]: 300_000 })
    expect(world.bank.invariants()).toEqual({ ok: true, violations: [] })
  })

  it('takes the whole quota to the last fen, what is locked is not available, and one fen more is refused', () => {
    const world = bankWorld()
    world.lock('L1', 1)
    expect(world.pay('P1', LIMIT_FEN)).toMatchObject({ code: CODE.quotaInsufficient, status: 'F' })
    expect(world.pay('P2', LIMIT_FEN - 1).status).toBe('S')
    expect(world.pay('P3', 1).code).toBe(CODE.quotaInsufficient)
  })

  it('checks merchant, agreement, identity, quota state and amount in this order', () => {
    const world = bankWorld()
    world.bank.addCustomer({ ...RETIRED, signStatus: 'TERMINATED', agreementNo: 'CMGONE' })
    expect(world.pay('P1', 100, MOTHER, 'CMNONE').code).toBe(CODE.notSigned)
    expect(world.pay('P2', 100, RETIRED, 'CMGONE').code).toBe(CODE.terminated)
    expect(world.pay('P3', LIMIT_FEN + 1, CHILD).code).toBe(CODE.identityMismatch)
    world.bank.changeCustomer(MOTHER.certNo, { quotaStatus: 'FROZEN' })
    expect(world.pay('P4', LIMIT_FEN + 1).code).toBe(CODE.quotaBlocked)
    world.bank.putMerchant({ merPtcId: HOSPITAL, name: 'x', tier: '三级', suspended: true })
    expect(world.pay('P5', 100, MOTHER, 'CMNONE').code).toBe(CODE.merchantUnknown)
    expect(world.principal().usedFen).toBe(0)
  })

  it('of a sharer draws on the principal, and is refused once the link is gone', () => {
    const world = bankWorld()
    const agreement = world.childAgreement()
    expect(world.pay('P1', 100, CHILD, agreement).status).toBe('S')
    expect(world.bank.payments()).toMatchObject([{ role: 'SHARER', accountNo: AGREEMENT }])
    world.bank.unbindSharer(CHILD.certNo)
    expect(world.pay('P2', 100, CHILD, agreement).code).toBe(CODE.sharerLinkMissing)
  })

  it.each([
    ['an inpatient scene without an inpatient number', { inpatient_no: '' }],
    ['no proof of consent', { auth_ref: '' }],
    ['half a proxy', { agent_name: 'x' }],
    ['another currency', { currency: 'USD' }],
    ['nothing', { total_amount: '0.00' }],
  ])('is malformed with %s', (_name, change) => {
    const world = bankWorld()
    const body = { ...world.caller.payBody('P1', AGREEMENT, MOTHER, 100), ...change }
    expect(world.call('pay', body)).toMatchObject({ code: CODE.malformed })
  })

  it('of a registration fee needs no inpatient number', () => {
    const world = bankWorld()
    const { inpatient_no: _, ...body } = world.caller.payBody('P1', AGREEMENT, MOTHER, 2_200)
    expect(world.call('pay', { ...body, biz_scene: 'OUTP_REG' }).status).toBe('S')
  })
})

describe('a repeated payment', () => {
  it('is answered with the same text and deducted once', () => {
    const world = bankWorld()
    const body = world.caller.payBody('P1', AGREEMENT, MOTHER, 12_000)
    const send = () => world.bank.handle({ path: '/api/creditMed/pay/v1', body: world.caller.form('pay', body) }).body
    const first = send()
    world.clock.advance(60_000)
    expect(send()).toBe(first)
    expect([world.bank.effects('P1'), world.principal().usedFen]).toEqual([1, 12_000])
  })

  it('may bring another proof of time, but neither another amount nor another proxy', () => {
    const world = bankWorld()
    const agent = { agent_name: world.caller.seal('李晓'), agent_cert_no: world.caller.seal('99010120060211001X') }
    const body = { ...world.caller.payBody('P1', AGREEMENT, MOTHER, 12_000), ...agent }
    expect(world.call('pay', body).status).toBe('S')
    expect(world.call('pay', { ...body, mer_trade_time: '235959' }).status).toBe('S')
    expect(world.call('pay', { ...body, total_amount: '120.01' }).code).toBe(CODE.serialReused)
    expect(world.call('pay', { ...body, agent_name: world.caller.seal('李晚') }).code).toBe(CODE.serialReused)
    expect(world.principal().usedFen).toBe(12_000)
  })

  it('under a serial of a lock is another matter: groups have serials of their own', () => {
    const world = bankWorld()
    expect(world.lock('S1', 100).status).toBe('S')
    expect(world.pay('S1', 200).status).toBe('S')
    expect(world.bank.invariants().ok).toBe(true)
  })
})

describe('payment check', () => {
  const check = (world: ReturnType<typeof bankWorld>, amountFen: number, identity = MOTHER, agreement = AGREEMENT) => {
    const { total_amount: total } = world.caller.payBody('X', agreement, identity, amountFen)
    return world.call('payCheck', {
      ...world.caller.identityBlock(identity),
      sign_agr_no: agreement,
      total_amount: String(total),
      biz_scene: 'INP_DEPOSIT',
    })
  }

  it('passes what the quota covers, holds nothing, and calls one fen more insufficient', () => {
    const world = bankWorld()
    expect(check(world, LIMIT_FEN).body).toEqual({ check_result: 'PASS', check_time: '20261121100000' })
    expect(world.available()).toBe(LIMIT_FEN)
    expect(check(world, LIMIT_FEN + 1).body['check_result']).toBe('INSUFFICIENT')
    world.pay('P1', 1)
    expect(check(world, LIMIT_FEN).body['check_result']).toBe('INSUFFICIENT')
  })

  it('says FROZEN of every blocked quota and UNSIGNED where there is no agreement or no family link', () => {
    const world = bankWorld()
    const agreement = world.childAgreement()
    world.bank.unbindSharer(CHILD.certNo)
    expect(check(world, 1, CHILD, agreement).body['check_result']).toBe('UNSIGNED')
    expect(check(world, 1, MOTHER, 'CMNONE').body['check_result']).toBe('UNSIGNED')
    for (const quotaStatus of ['FROZEN', 'OVERDUE', 'EXPIRED'] as const) {
      world.bank.changeCustomer(MOTHER.certNo, { quotaStatus })
      expect(check(world, 1).body['check_result']).toBe('FROZEN')
    }
    world.bank.changeCustomer(MOTHER.certNo, { quotaStatus: 'NORMAL', signStatus: 'TERMINATED' })
    expect(check(world, 1).body['check_result']).toBe('UNSIGNED')
  })

  it('declines another person’s agreement and an unknown merchant by code', () => {
    const world = bankWorld()
    expect(check(world, 1, CHILD)).toMatchObject({ status: 'F', code: CODE.identityMismatch })
    world.bank.putMerchant({ merPtcId: HOSPITAL, name: 'x', tier: '三级', suspended: true })
    expect(check(world, 1)).toMatchObject({ status: 'F', code: CODE.merchantUnknown })
  })
})

describe('payment query', () => {
  it('tells the fate by serial and the date sent, or by the bank’s number, refunds included', () => {
    const world = bankWorld()
    const { sys_order_no: number } = world.pay('P1', 10_000).body
    world.refund('R1', 'P1', 4_000)
    const told = {
      found: 'Y',
      pay_mer_tran_no: 'P1',
      pay_state: 'SUCCESS',
      sys_order_no: number,
      total_amount: '100.00',
      done_refund_amount: '40.00',
      final_time: '20261121100000',
      acct_date: TODAY,
    }
    expect(world.payQuery('P1').body).toEqual(told)
    const byNumber = { pay_mer_tran_no: 'PX', mer_trade_date: TOMORROW, sys_order_no: String(number) }
    expect(world.call('payQuery', byNumber).body).toEqual(told)
  })

  it('tells why a payment was declined, and finds neither a stranger nor another day', () => {
    const world = bankWorld()
    world.pay('P1', LIMIT_FEN + 1)
    expect(world.payQuery('P1').body).toMatchObject({
      pay_state: 'FAIL',
      fail_code: CODE.quotaInsufficient,
      fail_msg: messageOf(CODE.quotaInsufficient),
    })
    expect(world.payQuery('P1', TOMORROW)).toMatchObject({ status: 'S', body: { found: 'N' } })
    expect(world.payQuery('P2')).toMatchObject({ status: 'S', body: { found: 'N' } })
    const confirmed = world.spend('1', 100).body['sys_order_no']
    const other = { pay_mer_tran_no: 'P1', mer_trade_date: TODAY, sys_order_no: String(confirmed) }
    expect(world.call('payQuery', other).body['found']).toBe('N')
  })
})

describe('held amount', () => {
  it('tells receivable, reserve and what a refund of an earlier day could use', () => {
    const world = bankWorld()
    world.pay('P1', 10_000)
    world.refund('R1', 'P1', 4_000)
    expect(world.held()).toEqual({
      query_time: '20261121100000',
      total_balance: '20060.00',
      receivable_today: '60.00',
      reserve_balance: '20000.00',
      reserve_enabled: 'Y',
      refundable_balance: '20000.00',
      pending_settle_amount: '60.00',
    })
    world.nextDay()
    expect(world.held()).toMatchObject({ receivable_today: '0.00', total_balance: '20000.00' })
  })

  it('without a reserve is what the day has brought so far', () => {
    const world = bankWorld()
    world.bank.putMerchant({ merPtcId: HOSPITAL, name: 'x', tier: '三级', suspended: false, reserve: false })
    world.pay('P1', 10_000)
    expect(world.held()).toMatchObject({ reserve_enabled: 'N', refundable_balance: '100.00' })
  })

  it('of a fallback policy is the larger of the two, since one refund draws on one of them', () => {
    const core = { uniquePerDay: false, revealAvailable: false, refundPolicy: 'RESERVE_THEN_RECEIVABLE' } as const
    const world = bankWorld({ core })
    world.bank.addCustomer({ ...RETIRED, signStatus: 'SIGNED', agreementNo: 'CMRICH', limitFen: 9_000_000 })
    world.pay('P1', 3_000_000, RETIRED, 'CMRICH')
    expect(world.held()).toMatchObject({ refundable_balance: '30000.00' })
  })
})
