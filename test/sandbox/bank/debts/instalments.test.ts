import { describe, expect, it } from 'vitest'
import { repay, settleEarly, terminate } from '../desk/account.ts'
import { standingOf } from '../desk/parts.ts'
import { AGREEMENT, bankWorld, HOSPITAL, LIMIT_FEN, MOTHER, person, type BankWorld } from '../fixture.ts'
import { CODE } from '../codes.ts'
import { isOpen, outstandingFen, settlementOf, type Plan } from './plan.ts'

const at = (day: string, time = '10:00:00'): number =>
  Date.parse(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T${time}+08:00`)

const goTo = (world: BankWorld, day: string, time?: string): void => world.clock.set(at(day, time))

const account = (world: BankWorld) => world.bank.desk().core.debts.account(AGREEMENT)

function plan(world: BankWorld): Plan {
  const [first] = account(world).plans
  if (!first) throw new Error('there is no plan')
  return first
}

const monthsOf = (world: BankWorld): number[] =>
  plan(world).instalments.map((row) => row.principalFen + row.interestFen)

function principal(world: BankWorld) {
  const desk = world.bank.desk()
  const standing = standingOf(desk.core, MOTHER.certNo)
  if (standing.kind !== 'principal') throw new Error('not a principal')
  return { desk, standing }
}

function repaid(world: BankWorld, fen: number): boolean {
  const { desk, standing } = principal(world)
  return repay(desk, standing, fen)
}

function settled(world: BankWorld, planNo = plan(world).planNo): number | null {
  const { desk, standing } = principal(world)
  return settleEarly(desk, standing, planNo)
}

const inOrder = (world: BankWorld): void => expect(world.bank.invariants()).toEqual({ ok: true, violations: [] })

/** ¥3,000.00 used on 21 November: statement on the 25th, free up to 23 December. */
function usedWorld(): BankWorld {
  const world = bankWorld()
  const mother = world.bank.desk().core.people.findByCertNo(MOTHER.certNo)
  if (mother) mother.phone = '19900000001'
  world.pay('P1', 300_000)
  return world
}

const CONVERTED = '20261224'

describe('the interest-free period', () => {
  it('lasts to the end of its last day', () => {
    const world = usedWorld()
    goTo(world, '20261223', '23:59:59')
    expect(account(world).plans).toEqual([])
    expect(account(world).bills).toMatchObject([{ statement: '20261125', dueDay: '20261223', owedFen: 300_000 }])
  })

  it('leaves nothing to split when the bill has been repaid in time, and splits only what is left of it', () => {
    const world = usedWorld()
    expect(repaid(world, 300_000)).toBe(true)
    goTo(world, '20270101')
    expect(account(world).plans).toEqual([])
    const part = usedWorld()
    repaid(part, 180_000)
    goTo(part, CONVERTED)
    expect(plan(part).principalFen).toBe(120_000)
    inOrder(part)
  })

  it('ends for each bill on its own', () => {
    const world = usedWorld()
    goTo(world, '20261126')
    world.pay('P2', 50_000)
    goTo(world, CONVERTED)
    expect(account(world).plans).toMatchObject([{ statement: '20261125' }])
    expect(account(world).bills[1]).toMatchObject({ statement: '20261225', dueDay: '20270122', owedFen: 50_000 })
    goTo(world, '20270123')
    expect(account(world).plans).toMatchObject([{ statement: '20261125' }, { statement: '20261225' }])
    inOrder(world)
  })
})

describe('a bill that was not repaid', () => {
  it('becomes six equal months on the day after, with start, maturity and a fixed day (C 二（三）)', () => {
    const world = usedWorld()
    goTo(world, CONVERTED, '00:00:00')
    expect(plan(world)).toMatchObject({
      principalFen: 300_000,
      annualPercent: 6,
      startDay: '20261224',
      maturityDay: '20270623',
      repaymentDay: 23,
    })
    expect(monthsOf(world)).toEqual([50_879, 50_879, 50_879, 50_879, 50_879, 50_877])
    expect(plan(world).instalments.map((row) => row.dueDay)).toEqual([
      '20270123',
      '20270223',
      '20270323',
      '20270423',
      '20270523',
      '20270623',
    ])
    expect(world.principal()).toMatchObject({ usedFen: 300_000, availableFen: LIMIT_FEN - 300_000, interestFen: 0 })
    inOrder(world)
  })

  it('is told by message with term, yearly rate and repayment day', () => {
    const world = usedWorld()
    goTo(world, '20270110')
    const told = world.bank.sms().at(-1)
    expect(told?.text).toContain('期限 6 个月，年利率 6%，每月 23 日还款，首期 1 月 23 日应还 ¥508.79')
    expect([told?.phone, told?.atMs]).toEqual(['19900000001', at(CONVERTED, '00:00:00')])
  })

  it('is split once, however the clock moves', () => {
    const world = usedWorld()
    goTo(world, CONVERTED)
    goTo(world, '20261220')
    expect(world.bank.invariants().ok).toBe(true)
    goTo(world, '20270301')
    expect(account(world).plans).toHaveLength(1)
    expect(world.principal().interestFen).toBe(1_500 + (plan(world).instalments[1]?.interestFen ?? 0))
  })
})

describe('a month of a plan', () => {
  it('is payable from its day on, principal and interest; the quota comes back by the principal', () => {
    const world = usedWorld()
    goTo(world, '20270122')
    expect(repaid(world, 1)).toBe(false)
    goTo(world, '20270123')
    expect(world.principal().interestFen).toBe(1_500)
    expect(repaid(world, 50_880)).toBe(false)
    expect(repaid(world, 50_879)).toBe(true)
    expect(world.principal()).toMatchObject({ usedFen: 300_000 - 49_379, interestFen: 0 })
    expect(world.bank.sms().at(-1)?.text).toContain('您已还款 ¥508.79')
    inOrder(world)
  })

  it('can be paid in parts, interest first', () => {
    const world = usedWorld()
    goTo(world, '20270123')
    repaid(world, 1_000)
    expect(world.principal()).toMatchObject({ usedFen: 300_000, interestFen: 500 })
    repaid(world, 1_000)
    expect(world.principal()).toMatchObject({ usedFen: 299_500, interestFen: 0 })
    inOrder(world)
  })

  it('paid on its day each time ends after six months at ¥3,052.72', () => {
    const world = usedWorld()
    goTo(world, CONVERTED)
    let paidFen = 0
    for (const [row, fen] of plan(world).instalments.map((one, i) => [one.dueDay, monthsOf(world)[i] ?? 0] as const)) {
      goTo(world, row)
      expect(repaid(world, fen)).toBe(true)
      paidFen += fen
    }
    expect([paidFen, world.principal().usedFen, world.available()]).toEqual([305_272, 0, LIMIT_FEN])
    inOrder(world)
  })

  it('not paid by its day blocks the quota until it is, not refunds nor a confirm', () => {
    const world = usedWorld()
    goTo(world, '20270123', '23:59:59')
    expect(world.lock('L1', 100).status).toBe('S')
    goTo(world, '20270124')
    expect(world.lock('L2', 100).code).toBe(CODE.quotaBlocked)
    expect(world.refund('R1', 'P1', 100).status).toBe('S')
    repaid(world, world.principal().interestFen)
    expect(world.pay('P2', 100).code).toBe(CODE.quotaBlocked)
    repaid(world, 49_379 - 100)
    expect(world.pay('P3', 100).status).toBe('S')
    inOrder(world)
  })
})

describe('early settlement', () => {
  it('on the first day costs the principal alone', () => {
    const world = usedWorld()
    goTo(world, CONVERTED)
    expect(settled(world)).toBe(300_000)
    expect(world.principal()).toMatchObject({ usedFen: 0, interestFen: 0, availableFen: LIMIT_FEN })
    goTo(world, '20270301')
    expect(world.principal().interestFen).toBe(0)
    expect(plan(world).instalments).toEqual([])
    inOrder(world)
  })

  it('later costs the balance and interest to date', () => {
    const world = usedWorld()
    goTo(world, '20270123')
    repaid(world, 50_879)
    goTo(world, '20270207')
    const balanceFen = 300_000 - 49_379
    const toDate = Math.round((balanceFen * 0.005 * 15) / 31)
    expect(settled(world)).toBe(balanceFen + toDate)
    expect(world.bank.sms().at(-1)?.text).toContain('提前结清')
    expect(world.principal()).toMatchObject({ usedFen: 0, interestFen: 0 })
    inOrder(world)
  })

  it('takes an overdue month along and frees the quota', () => {
    const world = usedWorld()
    goTo(world, '20270201')
    expect(world.pay('P2', 100).code).toBe(CODE.quotaBlocked)
    const cost = settlementOf(plan(world), '20270201')
    expect(cost).toEqual({ principalFen: 300_000, interestFen: 1_500 + Math.round((250_621 * 0.005 * 9) / 31) })
    expect(settled(world)).toBe(cost.principalFen + cost.interestFen)
    expect(world.pay('P3', 100).status).toBe('S')
    inOrder(world)
  })

  it('is nothing of a plan that does not exist or has ended', () => {
    const world = usedWorld()
    goTo(world, CONVERTED)
    expect(settled(world, 'FQ99')).toBeNull()
    settled(world)
    expect(settled(world)).toBeNull()
  })
})

describe('a refund after the conversion', () => {
  it('takes off the principal and computes the months anew', () => {
    const world = usedWorld()
    goTo(world, CONVERTED)
    world.refund('R1', 'P1', 120_000)
    expect(outstandingFen(plan(world))).toBe(180_000)
    expect(monthsOf(world)[0]).toBe(30_527)
    expect(world.principal()).toMatchObject({ usedFen: 180_000, overpaidFen: 0 })
    inOrder(world)
  })

  it('takes off the month that is due first, then the months to come', () => {
    const world = usedWorld()
    goTo(world, '20270123')
    world.refund('R1', 'P1', 60_000)
    expect(plan(world).instalments[0]).toMatchObject({ paidPrincipalFen: 49_379, paidInterestFen: 0 })
    expect(outstandingFen(plan(world))).toBe(240_000)
    expect(repaid(world, 1_500)).toBe(true)
    expect(plan(world).instalments.filter(isOpen)).toHaveLength(5)
    inOrder(world)
  })

  it('of everything ends the plan; what was paid of it becomes a credit balance', () => {
    const world = usedWorld()
    goTo(world, '20270123')
    repaid(world, 50_879)
    world.refund('R1', 'P1', 300_000)
    expect(world.principal()).toMatchObject({ usedFen: 0, overpaidFen: 49_379, availableFen: LIMIT_FEN + 49_379 })
    goTo(world, '20270701')
    expect(world.principal().interestFen).toBe(0)
    inOrder(world)
  })

  it('of everything leaves the interest that was due, which stands in the way of ending the agreement', () => {
    const world = usedWorld()
    goTo(world, '20270123')
    world.refund('R1', 'P1', 300_000)
    expect(world.principal()).toMatchObject({ usedFen: 0, interestFen: 1_500 })
    const visitor = { identity: MOTHER, merPtcId: HOSPITAL }
    expect(terminate(principal(world).desk, visitor)).toBe(false)
    expect(repaid(world, 1_500)).toBe(true)
    expect(terminate(principal(world).desk, visitor)).toBe(true)
    inOrder(world)
  })

  it('goes to the bill of its own use before any other', () => {
    const world = usedWorld()
    goTo(world, '20261126')
    world.pay('P2', 50_000)
    goTo(world, CONVERTED)
    world.refund('R1', 'P2', 50_000, { mer_trade_date: '20261126' })
    expect([account(world).bills[1]?.owedFen, outstandingFen(plan(world))]).toEqual([0, 300_000])
    inOrder(world)
  })

  it('of a bill repaid already goes to what is still owed elsewhere', () => {
    const world = usedWorld()
    repaid(world, 300_000)
    goTo(world, '20261126')
    world.pay('P2', 50_000)
    world.refund('R1', 'P1', 70_000)
    expect(world.principal()).toMatchObject({ usedFen: 0, overpaidFen: 20_000 })
    inOrder(world)
  })
})

describe('terms', () => {
  it('are a matter of configuration', () => {
    const terms = { statementDay: 5, dueAfterDays: 10, annualPercent: 12 }
    const world = bankWorld({ core: { uniquePerDay: false, revealAvailable: false, terms } })
    expect(world.pay('P1', 10_000).body['repay_due_date']).toBe('20261215')
    goTo(world, '20261216')
    expect(plan(world)).toMatchObject({ annualPercent: 12, repaymentDay: 15, maturityDay: '20270615' })
    inOrder(world)
  })

  it('keep the repayment day to one that every month has', () => {
    const terms = { statementDay: 1, dueAfterDays: 30, annualPercent: 6 }
    const world = bankWorld({ core: { uniquePerDay: false, revealAvailable: false, terms } })
    world.pay('P1', 10_000)
    goTo(world, '20270101')
    expect(plan(world)).toMatchObject({ startDay: '20270101', repaymentDay: 28, maturityDay: '20270628' })
  })

  it('count what somebody owed before the first call as of the day it was told', () => {
    const world = bankWorld()
    const other = person('王德福', '99010119430211001')
    world.bank.addCustomer({ ...other, signStatus: 'SIGNED', agreementNo: 'CMOWES', limitFen: 9_000, usedFen: 4_000 })
    goTo(world, CONVERTED)
    expect(world.bank.ledger().debts).toMatchObject([{ accountNo: 'CMOWES', plans: [{ principalFen: 4_000 }] }])
    inOrder(world)
  })
})
