import { describe, expect, it } from 'vitest'
import { AGREEMENT, CHILD, LIMIT_FEN, MORNING, MOTHER } from '../fixture.ts'
import type { Identity } from '../identity.ts'
import { MINOR, NEWCOMER, pagesWorld, REFUSED, type Guest, type PagesWorld } from './fixture.ts'

const PHONE = '19900000009'

/** Consent given, code on its way. */
async function applied(world: PagesWorld, identity: Identity): Promise<Guest> {
  const guest = await world.jump(identity)
  await guest.send('/apply/consent', { agree: 'yes', phone: PHONE })
  return guest
}

const balance = (world: PagesWorld, agreementNo: string) =>
  world.sandbox.bank.ledger().principals.find((one) => one.accountNo === agreementNo)

const standing = (world: PagesWorld, { certNo }: Identity) => world.sandbox.bank.desk().core.people.findByCertNo(certNo)

describe('signing up', () => {
  it('shows who applies, masked, and what is offered', async () => {
    const world = pagesWorld()
    const page = await (await world.jump(NEWCOMER)).get('/apply')
    expect(page.text).toContain('演示银行，非真实')
    expect(page.text).toContain('许**')
    expect(page.text).toContain('¥5,000.00')
    expect(page.text).toContain('返回锦城市第一人民医院')
    expect(page.text).not.toContain(NEWCOMER.name)
    expect(page.text).not.toContain(NEWCOMER.certNo)
  })

  it('ends in an agreement with a limit that the query and the accounts know', async () => {
    const world = pagesWorld()
    const guest = await applied(world, NEWCOMER)
    expect(standing(world, NEWCOMER)?.signStatus).toBe('UNSIGNED')
    const page = await guest.send('/apply/code', { code: world.code() })
    expect([page.path, page.text.includes('签约成功')]).toEqual(['/apply/result', true])
    const customer = standing(world, NEWCOMER)
    expect(customer).toMatchObject({ signStatus: 'SIGNED', role: 'PRINCIPAL', phone: PHONE, signDate: '20261121' })
    expect(balance(world, customer?.agreementNo ?? '')).toMatchObject({ limitFen: 500_000, availableFen: 500_000 })
    expect(world.sandbox.bank.invariants()).toEqual({ ok: true, violations: [] })
    expect((await guest.get('/apply')).path).toBe('/account')
  })

  it('wants consent and a mobile number before any code goes out', async () => {
    const world = pagesWorld()
    const guest = await world.jump(NEWCOMER)
    expect((await guest.get('/apply/code')).path).toBe('/apply')
    const without = await guest.send('/apply/consent', { phone: PHONE })
    expect([without.status, without.text.includes('请先阅读并同意授权')]).toEqual([422, true])
    expect((await guest.send('/apply/consent', { agree: 'yes', phone: '123' })).status).toBe(422)
    expect(world.sandbox.bank.sms()).toEqual([])
  })

  it('sends the code to the number on file, whatever the form says', async () => {
    const world = pagesWorld()
    await applied(world, REFUSED)
    expect(world.sandbox.bank.sms().map((one) => one.phone)).toEqual(['19900000003'])
  })

  it('takes a wrong code twice, sends a new one at the third and forgets the old one', async () => {
    const world = pagesWorld()
    const guest = await applied(world, NEWCOMER)
    const first = world.code()
    const wrong = first === '000000' ? '000001' : '000000'
    for (const text of ['验证码不对', '验证码不对', '新的验证码已发送']) {
      const page = await guest.send('/apply/code', { code: wrong })
      expect([page.status, page.text.includes(text)]).toEqual([422, true])
    }
    expect(world.sandbox.bank.sms()).toHaveLength(2)
    expect(world.code()).not.toBe(first)
    expect((await guest.send('/apply/code', { code: first })).status).toBe(422)
    expect((await guest.send('/apply/code', { code: world.code() })).path).toBe('/apply/result')
  })

  it('does not take a code after five minutes, and sends at most five', async () => {
    const world = pagesWorld()
    const guest = await applied(world, NEWCOMER)
    const late = world.code()
    world.clock.advance(300_000)
    expect((await guest.send('/apply/code', { code: late })).text).toContain('新的验证码已发送')
    for (let more = 0; more < 5; more += 1) await guest.send('/apply/code/again')
    expect(world.sandbox.bank.sms()).toHaveLength(5)
  })

  it.each([
    ['somebody whom the bank refuses', REFUSED, '暂时不能为您开通'],
    ['a child', MINOR, '未满 18 周岁'],
  ])('turns down %s with a reason and signs nothing', async (_who, identity, reason) => {
    const world = pagesWorld()
    const guest = await applied(world, identity)
    const page = await guest.send('/apply/code', { code: world.code() })
    expect(page.text).toContain('申请未通过')
    expect(page.text).toContain(reason)
    expect(standing(world, identity)).toMatchObject({ signStatus: 'UNSIGNED', agreementNo: null })
    expect((await guest.get('/account')).path).toBe('/apply')
  })
})

describe('the quota', () => {
  /** The mother owes ¥80.00, of which her child used ¥30.00; ¥20.00 more are locked. */
  function inUse(): PagesWorld {
    const world = pagesWorld()
    const { core } = world.sandbox.bank.desk()
    const origin = { atMs: MORNING, day: '20261121', accountNo: AGREEMENT, merPtcId: '301510000000001', serial: 'L1' }
    core.ledger.post('lock', { lockFen: 8_000 }, origin)
    core.ledger.post('confirm', { lockFen: 8_000, confirmFen: 8_000 }, { ...origin, serial: 'C1' })
    core.debts.use(AGREEMENT, MORNING, 8_000)
    return world
  }

  it('is shown with total, use, lock and due date', async () => {
    const page = await (await inUse().jump(MOTHER)).get('/account')
    for (const text of ['¥4,920.00', '¥5,000.00', '¥80.00', '2026 年 12 月 23 日']) expect(page.text).toContain(text)
  })

  it('comes back by the amount repaid, once per form', async () => {
    const world = inUse()
    const guest = await world.jump(MOTHER)
    const ticket = /name="ticket" value="([^"]+)"/.exec((await guest.get('/repay')).text)?.[1] ?? ''
    expect((await guest.send('/repay', { ticket, amount: '30' })).text).toContain('已还款 ¥30.00')
    expect((await guest.send('/repay', { ticket, amount: '30' })).text).toContain('没有重复还款')
    expect(balance(world, AGREEMENT)).toMatchObject({ usedFen: 5_000, availableFen: LIMIT_FEN - 5_000 })
    expect(world.sandbox.bank.ledger().postings.at(-1)?.event).toBe('repay')
  })

  it.each(['80.01', '0', 'abc', '-5', '1e2'])('refuses to repay “%s”', async (amount) => {
    const world = inUse()
    const guest = await world.jump(MOTHER)
    const ticket = /name="ticket" value="([^"]+)"/.exec((await guest.get('/repay')).text)?.[1] ?? ''
    expect((await guest.send('/repay', { ticket, amount })).status).toBe(422)
    expect(balance(world, AGREEMENT)?.usedFen).toBe(8_000)
  })

  it('is in order again when an overdue bill is paid in full', async () => {
    const world = inUse()
    world.sandbox.bank.changeCustomer(MOTHER.certNo, { quotaStatus: 'OVERDUE' })
    const guest = await world.jump(MOTHER)
    const pay = async (amount: string) => {
      const ticket = /name="ticket" value="([^"]+)"/.exec((await guest.get('/repay')).text)?.[1] ?? ''
      await guest.send('/repay', { ticket, amount })
    }
    expect((await guest.get('/account')).text).toContain('已逾期，请尽快还款')
    await pay('79.99')
    expect(standing(world, MOTHER)?.quotaStatus).toBe('OVERDUE')
    await pay('0.01')
    expect(standing(world, MOTHER)?.quotaStatus).toBe('NORMAL')
  })

  it('cannot be given up while anything is used', async () => {
    const world = inUse()
    const guest = await world.jump(MOTHER)
    expect((await guest.get('/terminate')).text).toContain('结清后才能解约')
    expect((await guest.send('/terminate', { agree: 'yes' })).status).toBe(422)
    expect(standing(world, MOTHER)?.signStatus).toBe('SIGNED')
  })

  it('cannot be given up while anything is locked, even by a lock in PROCESSING', async () => {
    for (const event of ['lock', 'keepBack'] as const) {
      const world = pagesWorld()
      const { core } = world.sandbox.bank.desk()
      const origin = { atMs: MORNING, day: '20261121', accountNo: AGREEMENT, merPtcId: null, serial: 'L1' }
      core.ledger.post(event, { lockFen: 1 }, origin)
      const page = await (await world.jump(MOTHER)).send('/terminate', { agree: 'yes' })
      expect([page.status, page.text.includes('去还款')]).toEqual([422, false])
    }
  })

  it('ends with the agreement, for the family too, and can be applied for again under a new number', async () => {
    const world = pagesWorld()
    const guest = await world.jump(MOTHER)
    expect((await guest.send('/terminate', {})).status).toBe(422)
    expect((await guest.send('/terminate', { agree: 'yes' })).path).toBe('/ended')
    expect(standing(world, MOTHER)?.signStatus).toBe('TERMINATED')
    expect(balance(world, AGREEMENT)).toMatchObject({ limitFen: 0, availableFen: 0 })
    expect((await (await world.jump(CHILD)).get('/account')).path).toBe('/apply')
    await guest.send('/apply/consent', { agree: 'yes' })
    await guest.send('/apply/code', { code: world.code() })
    const agreementNo = standing(world, MOTHER)?.agreementNo ?? ''
    expect(agreementNo).not.toBe(AGREEMENT)
    expect(balance(world, agreementNo)?.availableFen).toBe(500_000)
    expect(world.sandbox.bank.invariants()).toEqual({ ok: true, violations: [] })
  })
})
