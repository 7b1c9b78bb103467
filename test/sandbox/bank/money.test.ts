import { describe, expect, it } from 'vitest'
import { AGREEMENT, APP, bankWorld, CHILD, HOSPITAL, LIMIT_FEN, MOTHER, person } from './fixture.ts'
import { CODE, SUCCESS_CODE } from './codes.ts'

describe('lock', () => {
  it('takes its amount from the available quota and names the end of the day', () => {
    const world = bankWorld()
    const reply = world.lock('L1', 12_000)
    expect(reply).toMatchObject({ verified: true, code: SUCCESS_CODE, status: 'S' })
    expect(reply.body).toMatchObject({
      lock_state: 'SUCCESS',
      lock_amount: '120.00',
      lock_expire_time: '20261122000000',
    })
    expect(world.bank.ledger().principals[0]).toMatchObject({ availableFen: 488_000, lockedFen: 12_000, usedFen: 0 })
    expect(world.bank.invariants()).toEqual({ ok: true, violations: [] })
  })

  it('uses the whole quota to the last fen and refuses one fen more', () => {
    const world = bankWorld()
    expect(world.lock('L1', LIMIT_FEN + 1)).toMatchObject({ code: CODE.quotaInsufficient, status: 'F' })
    expect(world.available()).toBe(LIMIT_FEN)
    expect(world.lock('L2', LIMIT_FEN).status).toBe('S')
    expect(world.lock('L3', 1).code).toBe(CODE.quotaInsufficient)
    expect(world.available()).toBe(0)
  })

  it.each([
    ['an unknown agreement', { agreement: 'CM1', identity: MOTHER, code: CODE.notSigned }],
    [
      'a person who is not the one of the agreement',
      { agreement: AGREEMENT, identity: CHILD, code: CODE.identityMismatch },
    ],
    ['a wrong name', { agreement: AGREEMENT, identity: { ...MOTHER, name: '陈净' }, code: CODE.identityMismatch }],
  ])('refuses %s and moves nothing', (_name, { agreement, identity, code }) => {
    const world = bankWorld()
    expect(world.lock('L1', 100, identity, agreement).code).toBe(code)
    expect(world.available()).toBe(LIMIT_FEN)
    expect(world.bank.effects('L1')).toBe(0)
  })

  it('refuses an overdue quota, a terminated agreement and a suspended hospital', () => {
    const world = bankWorld()
    const late = person('王德福', '99010119430211001')
    const gone = person('李晓', '99010120060211001')
    world.bank.addCustomer({
      ...late,
      signStatus: 'SIGNED',
      agreementNo: 'CMLATE',
      limitFen: 9_000,
      quotaStatus: 'OVERDUE',
    })
    world.bank.addCustomer({ ...gone, signStatus: 'TERMINATED', agreementNo: 'CMGONE' })
    expect(world.lock('L1', 100, late, 'CMLATE').code).toBe(CODE.quotaBlocked)
    expect(world.lock('L2', 100, gone, 'CMGONE').code).toBe(CODE.terminated)
    world.bank.putMerchant({ merPtcId: HOSPITAL, name: 'x', tier: '三级', suspended: true })
    expect(world.lock('L3', 100).code).toBe(CODE.merchantUnknown)
  })
})

describe('confirm', () => {
  it('deducts what was used and gives the rest back in the same step', () => {
    const world = bankWorld()
    world.lock('L1', 12_000)
    const reply = world.confirm('C1', 'L1', 8_050)
    expect(reply.body).toMatchObject({
      confirm_state: 'SUCCESS',
      confirm_amount: '80.50',
      released_amount: '39.50',
      acct_date: '20261121',
      final_time: '20261121100000',
      repay_due_date: '20261223',
    })
    expect(world.bank.ledger().principals[0]).toMatchObject({ availableFen: 491_950, lockedFen: 0, usedFen: 8_050 })
    expect(world.bank.ledger().merchants[0]?.receivableFen).toEqual({ '20261121': 8_050 })
    expect(world.bank.invariants().violations).toEqual([])
  })

  it.each([
    ['more than the lock', 12_001, MOTHER, CODE.amountAboveLock],
    ['for somebody else', 100, CHILD, CODE.identityMismatch],
  ])('refuses %s', (_name, amountFen, identity, code) => {
    const world = bankWorld()
    world.lock('L1', 12_000)
    expect(world.confirm('C1', 'L1', amountFen, identity).code).toBe(code)
    expect(world.bank.ledger().principals[0]).toMatchObject({ lockedFen: 12_000, usedFen: 0 })
  })

  it('refuses an unknown lock and a second confirm', () => {
    const world = bankWorld()
    expect(world.confirm('C0', 'L1', 100).code).toBe(CODE.originalNotFound)
    world.lock('L1', 12_000)
    world.confirm('C1', 'L1', 12_000)
    expect(world.confirm('C2', 'L1', 1).code).toBe(CODE.stateForbids)
    expect(world.bank.ledger().principals[0]?.usedFen).toBe(12_000)
  })

  it('confirms a lock of a quota that is overdue by now', () => {
    const world = bankWorld()
    world.lock('L1', 12_000)
    world.bank.changeCustomer(MOTHER.certNo, { quotaStatus: 'OVERDUE' })
    expect(world.lock('L2', 1).code).toBe(CODE.quotaBlocked)
    expect(world.confirm('C1', 'L1', 12_000).status).toBe('S')
  })
})

describe('cancel', () => {
  it('gives the whole lock back once, and says so the second time', () => {
    const world = bankWorld()
    world.lock('L1', 12_000)
    expect(world.cancel('X1', 'L1').body).toMatchObject({ cancel_state: 'SUCCESS', released_amount: '120.00' })
    expect(world.cancel('X2', 'L1').body).toMatchObject({
      cancel_state: 'SUCCESS',
      already_released: true,
      released_amount: '0.00',
    })
    expect(world.available()).toBe(LIMIT_FEN)
    expect([world.bank.effects('X1'), world.bank.effects('X2')]).toEqual([1, 0])
  })

  it('refuses a confirmed lock, a failed one and an unknown one', () => {
    const world = bankWorld()
    world.lock('L1', 100)
    world.confirm('C1', 'L1', 100)
    expect(world.cancel('X1', 'L1').code).toBe(CODE.stateForbids)
    world.lock('L2', LIMIT_FEN + 1)
    expect(world.cancel('X2', 'L2').code).toBe(CODE.stateForbids)
    expect(world.cancel('X3', 'L9').code).toBe(CODE.originalNotFound)
  })
})

describe('family pay', () => {
  it('draws a sharer’s lock on the principal and marks the role', () => {
    const world = bankWorld()
    const sign = world.call('querySign', world.caller.identityBlock(CHILD)).body
    const own = world.call('querySign', world.caller.identityBlock(MOTHER)).body
    expect(sign).toMatchObject({ sign_status: 'SIGNED', user_role: 'SHARER', quota_status: 'NORMAL' })
    expect(own).toMatchObject({ user_role: 'PRINCIPAL', sign_agr_no: AGREEMENT })
    expect(sign['family_ref']).toBe(own['family_ref'])
    world.lock('L1', 20_000, CHILD, String(sign['sign_agr_no']))
    world.confirm('C1', 'L1', 15_000, CHILD)
    expect(world.bank.ledger().principals).toHaveLength(1)
    expect(world.bank.ledger().principals[0]).toMatchObject({ availableFen: 485_000, usedFen: 15_000 })
  })

  it('keeps an open lock of a sharer who leaves, and refuses a new one', () => {
    const world = bankWorld()
    const agreement = world.childAgreement()
    world.lock('L1', 100, CHILD, agreement)
    world.bank.unbindSharer(CHILD.certNo)
    expect(world.lock('L2', 100, CHILD, agreement).code).toBe(CODE.sharerLinkMissing)
    expect(world.call('querySign', world.caller.identityBlock(CHILD)).body).toEqual({ sign_status: 'UNSIGNED' })
    expect(world.confirm('C1', 'L1', 100, CHILD).status).toBe('S')
    expect(world.bank.ledger().principals[0]).toMatchObject({ availableFen: LIMIT_FEN - 100, usedFen: 100 })
  })

  it('ends for the sharers when the principal’s agreement ends', () => {
    const world = bankWorld()
    const agreement = world.childAgreement()
    world.bank.changeCustomer(MOTHER.certNo, { signStatus: 'TERMINATED' })
    expect(world.call('querySign', world.caller.identityBlock(CHILD)).body).toEqual({ sign_status: 'UNSIGNED' })
    expect(world.lock('L1', 100, CHILD, agreement).code).toBe(CODE.sharerLinkMissing)
  })

  it('gives no lock on an agreement that a newer one has replaced', () => {
    const world = bankWorld()
    world.bank.changeCustomer(MOTHER.certNo, { signStatus: 'TERMINATED' })
    const { core } = world.bank.desk()
    const { agreementNo } = core.people.sign(MOTHER.certNo, world.clock.now())
    core.openAccount(agreementNo, 1_000, 0)
    expect(world.lock('L1', 100).code).toBe(CODE.terminated)
    expect(world.lock('L2', 100, MOTHER, agreementNo).status).toBe('S')
  })

  it('gives two families two references, even when the first binding failed', () => {
    const world = bankWorld()
    const [other, third] = [person('李晓', '99010120060211001'), person('王德福', '99010119430211001')]
    for (const one of [other, third]) world.bank.addCustomer({ ...one, signStatus: 'SIGNED', limitFen: 1 })
    for (const one of [other, third]) {
      expect(() => world.bank.bindFamily({ principalCertNo: one.certNo, sharerCertNos: ['nobody'] })).toThrow()
    }
    const refs = [other, third].map(
      (one) => world.call('querySign', world.caller.identityBlock(one)).body['family_ref'],
    )
    expect(refs[0]).not.toBe(refs[1])
  })

  it('takes at most eight sharers, and nobody who has signed up', () => {
    const world = bankWorld()
    const others = Array.from({ length: 8 }, (_, at) => person(`家人${at}`, `9901012000010110${at}`))
    for (const one of others) world.bank.addCustomer({ ...one, signStatus: 'UNSIGNED' })
    const bind = (certNos: string[]) =>
      world.bank.bindFamily({ principalCertNo: MOTHER.certNo, sharerCertNos: certNos })
    expect(() => bind(others.map((one) => one.certNo))).toThrow('more than 8')
    bind(others.slice(1).map((one) => one.certNo))
    expect(() => bind([MOTHER.certNo])).toThrow()
  })

  it('never shows the quota unless told to', () => {
    const world = bankWorld()
    expect(world.call('querySign', world.caller.identityBlock(MOTHER)).body).not.toHaveProperty('avail_amount')
    const open = bankWorld({ core: { uniquePerDay: false, revealAvailable: true } })
    expect(open.call('querySign', open.caller.identityBlock(MOTHER)).body['avail_amount']).toBe('5000.00')
    expect(open.call('querySign', open.caller.identityBlock(CHILD)).body).not.toHaveProperty('avail_amount')
  })

  it('answers UNSIGNED for a stranger and for a wrong name alike', () => {
    const world = bankWorld()
    for (const identity of [person('无名', '99010120000101001'), { ...MOTHER, name: '陈净' }]) {
      expect(world.call('querySign', world.caller.identityBlock(identity)).body).toEqual({ sign_status: 'UNSIGNED' })
    }
  })
})

describe('idempotency', () => {
  it('answers a repeated lock with the same text and locks once', () => {
    const world = bankWorld()
    const body = world.caller.lockBody('L1', AGREEMENT, MOTHER, 12_000)
    const send = () => world.bank.handle({ path: '/api/creditMed/lock/v1', body: world.caller.form('lock', body) }).body
    const first = send()
    world.clock.advance(60_000)
    expect(send()).toBe(first)
    expect(world.bank.effects('L1')).toBe(1)
    expect(world.available()).toBe(LIMIT_FEN - 12_000)
  })

  it('ignores time, callback and the random part of sealed identity, but not the person', () => {
    const world = bankWorld()
    const body = world.caller.lockBody('L1', AGREEMENT, MOTHER, 12_000)
    world.call('lock', body)
    expect(
      world.call('lock', { ...body, mer_trade_time: '235959', notify_url: `${APP}@https://x.test/n` }).status,
    ).toBe('S')
    expect(world.call('lock', { ...body, ...world.caller.identityBlock(CHILD) }).code).toBe(CODE.serialReused)
  })

  it('refuses other content under a known serial and keeps the first answer', () => {
    const world = bankWorld()
    world.lock('L1', 12_000)
    expect(world.lock('L1', 12_001)).toMatchObject({ code: CODE.serialReused, status: 'F' })
    expect(world.lock('L1', 12_000).status).toBe('S')
    expect(world.available()).toBe(LIMIT_FEN - 12_000)
  })

  it('keeps a refusal final even after the quota has come back', () => {
    const world = bankWorld()
    world.lock('L1', LIMIT_FEN)
    world.lock('L2', 100)
    world.cancel('X1', 'L1')
    expect(world.lock('L2', 100).code).toBe(CODE.quotaInsufficient)
    expect(world.lock('L3', 100).status).toBe('S')
  })

  it('lets a serial come again on another day only when serials are unique per day', () => {
    for (const [uniquePerDay, expected] of [
      [true, 2],
      [false, 1],
    ] as const) {
      const world = bankWorld({ core: { uniquePerDay, revealAvailable: false } })
      world.lock('L1', 100)
      world.clock.advance(86_400_000)
      world.lock('L1', 100)
      expect(world.bank.effects('L1')).toBe(expected)
      expect(world.bank.invariants().violations).toEqual([])
    }
  })
})

describe('query', () => {
  it('tells the fate of each call by serial and original date', () => {
    const world = bankWorld()
    world.lock('L1', 12_000)
    world.confirm('C1', 'L1', 8_000)
    world.lock('L2', LIMIT_FEN)
    expect(world.query('LOCK', 'L1').body).toMatchObject({
      found: 'Y',
      lock_status: 'CONFIRMED',
      confirm_amount: '80.00',
    })
    expect(world.query('CONFIRM', 'C1').body).toMatchObject({
      confirm_state: 'SUCCESS',
      repay_due_date: '20261223',
      released_amount: '40.00',
      acct_date: '20261121',
    })
    expect(world.query('LOCK', 'L2').body).toMatchObject({ lock_status: 'FAIL', fail_code: CODE.quotaInsufficient })
    expect(world.query('CANCEL', 'X1').body).toMatchObject({ found: 'N' })
    world.clock.advance(86_400_000)
    expect(world.query('LOCK', 'L1').body).toMatchObject({ found: 'N' })
  })
})
