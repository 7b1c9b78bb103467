import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../random.ts'
import { BankCaller } from '../caller.ts'
import { AGREEMENT, APP, CHILD, HOSPITAL, LIMIT_FEN, MOTHER, TODAY } from '../fixture.ts'
import { keys, pagesWorld, type Guest, type PagesWorld } from './fixture.ts'

const to = (world: PagesWorld, day: string): void => world.clock.set(Date.parse(`${day}T10:00:00+08:00`))

/** The mother has used ¥3,000.00 on 21 November. */
function spentWorld(): PagesWorld & {
  send(api: 'pay' | 'refund', body: Readonly<Record<string, string>>): void
  caller: BankCaller
} {
  const world = pagesWorld()
  const { privateKey } = keys.app
  const signing = { appPrivateKey: privateKey, gatewayPublicKey: keys.gateway.publicKey, identityKey: keys.identityKey }
  const parts = { appId: APP, merPtcId: HOSPITAL, clock: world.clock, random: seededRandom('plans'), keys: signing }
  const caller = new BankCaller(parts)
  const send = (api: 'pay' | 'refund', body: Readonly<Record<string, string>>): void => {
    world.sandbox.bank.handle({ path: `/api/creditMed/${api}/v1`, body: caller.form(api, body) })
  }
  send('pay', caller.payBody('P1', AGREEMENT, MOTHER, 300_000))
  return Object.assign(world, { send, caller })
}

const ticketOf = (text: string): string => /name="ticket" value="([^"]+)"/.exec(text)?.[1] ?? ''

async function repay(guest: Guest, amount: string): Promise<string> {
  const ticket = ticketOf((await guest.get('/repay')).text)
  return (await guest.send('/repay', { ticket, amount })).text
}

describe('账单与分期', () => {
  it('shows an open bill with its interest-free day, and the account leads to it', async () => {
    const world = spentWorld()
    const guest = await world.jump(MOTHER)
    expect((await guest.get('/account')).text).toContain('href="/plans"')
    const { text } = await guest.get('/plans')
    for (const part of ['2026 年 11 月 25 日账单', '¥3,000.00', '2026 年 12 月 23 日']) expect(text).toContain(part)
  })

  it('shows a plan with term, rate, days and each month', async () => {
    const world = spentWorld()
    to(world, '2027-01-23')
    const guest = await world.jump(MOTHER)
    const { text } = await guest.get('/plans')
    for (const part of [
      '6 个月',
      '6%',
      '每月 23 日',
      '2026 年 12 月 24 日',
      '2027 年 6 月 23 日',
      '¥508.77',
      '今日应还',
    ])
      expect(text).toContain(part)
    expect(text.match(/¥508\.79/g)).toHaveLength(5)
    to(world, '2027-01-24')
    const late = await world.jump(MOTHER)
    expect((await late.get('/plans')).text).toContain('已逾期')
  })

  it('is empty for whoever owes nothing, and not for a sharer', async () => {
    const world = pagesWorld()
    expect((await (await world.jump(MOTHER)).get('/plans')).text).toContain('还没有待还的账单')
    expect((await (await world.jump(CHILD)).get('/plans')).path).toBe('/account')
  })
})

describe('repaying a plan', () => {
  it('takes what is due on its day with the interest, and nothing before', async () => {
    const world = spentWorld()
    to(world, '2027-01-20')
    const early = await world.jump(MOTHER)
    expect((await early.get('/repay')).text).toContain('可以提前结清')
    to(world, '2027-01-23')
    const guest = await world.jump(MOTHER)
    const form = (await guest.get('/repay')).text
    for (const part of ['¥508.79', '其中分期利息', '¥15.00', 'value="508.79"']) expect(form).toContain(part)
    expect(await repay(guest, '508.80')).toContain('不超过现在可还的金额')
    expect(await repay(guest, '508.79')).toContain('已还款 ¥508.79')
    expect((await guest.get('/plans')).text).toContain('已还')
  })

  it('ends early with the amount shown, once per form', async () => {
    const world = spentWorld()
    to(world, '2026-12-24')
    const guest = await world.jump(MOTHER)
    const path = /href="(\/settle\/[^"]+)"/.exec((await guest.get('/plans')).text)?.[1] ?? ''
    const ask = (await guest.get(path)).text
    expect(ask).toContain('确认结清 ¥3,000.00')
    const ticket = ticketOf(ask)
    expect((await guest.send(path, { ticket })).text).toContain('已提前结清 ¥3,000.00')
    expect((await guest.send(path, { ticket })).text).toContain('没有重复还款')
    expect((await guest.get(path)).path).toBe('/plans')
    expect((await guest.get('/plans')).text).toContain('已结清')
    expect(world.sandbox.bank.ledger().principals[0]).toMatchObject({ usedFen: 0, availableFen: LIMIT_FEN })
    expect(world.sandbox.bank.invariants()).toEqual({ ok: true, violations: [] })
  })
})

describe('额度使用详情', () => {
  it('has direct payments, and says what was refunded', async () => {
    const world = spentWorld()
    world.send('refund', world.caller.refundBody('R1', 'P1', TODAY, 50_000))
    const { text } = await (await world.jump(MOTHER)).get('/uses')
    for (const part of ['¥3,000.00', '已退款', '¥500.00', '已扣款']) expect(text).toContain(part)
  })
})
