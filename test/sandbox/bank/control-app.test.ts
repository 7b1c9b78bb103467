import { describe, expect, it } from 'vitest'
import { seededRandom } from '../random.ts'
import { BankCaller } from './caller.ts'
import { AGREEMENT, APP, HOSPITAL, MOTHER } from './fixture.ts'
import { keys, pagesWorld, type PagesWorld } from './pages/fixture.ts'

const TOKEN = 'control-token'

function control(world: PagesWorld) {
  return async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const headers = { authorization: `Bearer ${TOKEN}` }
    const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) }
    const response = await world.sandbox.bank.control.request(`/_sandbox/${path}`, init)
    return response.status === 204 ? null : response.json()
  }
}

describe('control plane of messages and notifications', () => {
  it('lists the messages with their codes', async () => {
    const world = pagesWorld({ controlToken: TOKEN })
    const guest = await world.jump(MOTHER)
    const father = { name: '陈大山', certNo: '990101196001010015', phone: '19900000077', relation: '父母' }
    await guest.send('/family/add', father)
    expect(await control(world)('GET', 'sms')).toMatchObject({
      messages: [{ phone: '19900000001', code: world.code() }],
    })
  })

  it('turns notifications for everything on, drops and repeats them', async () => {
    let posts = 0
    const world = pagesWorld({ controlToken: TOKEN, notifyBaseUrl: 'http://product.test' }, () => {
      posts += 1
      return Promise.resolve(new Response('no'))
    })
    const call = control(world)
    expect(await call('GET', 'notify')).toMatchObject({ on: true, all: false, pending: [], nextDueAtMs: null })
    expect(await call('POST', 'notify/all', { on: true })).toEqual({ all: true })
    await call('POST', 'notify/faults', { kind: 'DROP', times: 1 })
    const terminate = await world.jump(MOTHER)
    await terminate.send('/terminate', { agree: 'yes' })
    expect(await call('POST', 'notify/deliver')).toMatchObject({ pending: [{ type: 'SIGN_TERMINATED', attempts: 1 }] })
    expect([posts, world.sandbox.bank.notifications.log().map((row) => row.outcome)]).toEqual([
      1,
      ['dropped', 'notAcked'],
    ])
    const notifyId = world.sandbox.bank.notifications.log()[0]?.notifyId
    expect(await call('POST', 'notify/replay', { notifyId })).toMatchObject({ pending: [{}, { notifyId }] })
    expect(await call('DELETE', 'notify/faults')).toBeNull()
    expect(await call('POST', 'notify/faults', { kind: 'EXPLODE' })).toHaveProperty('error')
  })

  it('hides both from whoever has no token', async () => {
    const world = pagesWorld()
    for (const path of ['sms', 'notify']) {
      expect((await world.sandbox.bank.control.request(`/_sandbox/${path}`)).status).toBe(401)
    }
  })
})

describe('control plane of the hospitals’ money', () => {
  const OTHER = '301510000000077'

  function paying(world: PagesWorld): BankCaller {
    const { clock } = world
    const { privateKey } = keys.app
    const signing = {
      appPrivateKey: privateKey,
      gatewayPublicKey: keys.gateway.publicKey,
      identityKey: keys.identityKey,
    }
    const parts = { appId: APP, merPtcId: HOSPITAL, clock, random: seededRandom('control'), keys: signing }
    const caller = new BankCaller(parts)
    const body = caller.form('pay', caller.payBody('P1', AGREEMENT, MOTHER, 12_000))
    world.sandbox.bank.handle({ path: '/api/creditMed/pay/v1', body })
    return caller
  }

  it('gives a new hospital the reserve of its tier, takes deposits, and leaves one without a reserve alone', async () => {
    const call = control(pagesWorld({ controlToken: TOKEN }))
    await call('POST', 'merchants', { merPtcId: OTHER, name: '二院', tier: '二级' })
    await call('POST', 'reserve', { merPtcId: OTHER, amountFen: 5 })
    await call('POST', 'merchants', { merPtcId: '301510000000078', name: '卫生站', tier: '基层', reserve: false })
    expect(await call('GET', 'ledger')).toMatchObject({
      merchants: [{ reserveFen: 2_000_000 }, { reserveFen: 1_000_005 }, { reserveFen: 0 }],
    })
    expect(await call('POST', 'reserve', { merPtcId: '301510000000078', amountFen: 5 })).toHaveProperty('error')
    expect(await call('POST', 'reserve', { merPtcId: OTHER, amountFen: -5 })).toHaveProperty('error')
  })

  it('shows payments, clears them and makes their bill before its hour', async () => {
    const world = pagesWorld({ controlToken: TOKEN })
    const call = control(world)
    const caller = paying(world)
    expect(await call('GET', 'payments')).toMatchObject({
      payments: [{ serial: 'P1', kind: 'pay', amountFen: 12_000 }],
    })
    expect(JSON.stringify(await call('GET', 'payments'))).not.toContain(MOTHER.name)
    expect(await call('POST', 'settle')).toMatchObject({ clearings: [{ merPtcId: HOSPITAL, amountFen: 12_000 }] })
    const made = await call('POST', 'bill/20261121')
    expect(JSON.stringify(made)).toContain('|PAY|P1|')
    const form = caller.form('downloadBill', { stmt_date: '20261121' })
    const { body } = world.sandbox.bank.handle({ path: '/api/creditMed/downloadBill/v1', body: form })
    expect(caller.open(body)).toMatchObject({ verified: true, body: { bill_status: 'READY', record_count: '1' } })
    expect(await call('GET', 'refunds')).toEqual({ refunds: [] })
    expect(await call('POST', 'bill/tomorrow')).toHaveProperty('error')
    expect(await call('GET', 'invariants')).toEqual({ ok: true, violations: [] })
  })
})

describe('configuration', () => {
  it('sets source policy, interest-free days and the form of bills', async () => {
    const world = pagesWorld({
      controlToken: TOKEN,
      refundPolicy: 'RESERVE_THEN_RECEIVABLE',
      terms: { statementDay: 5, annualPercent: 4.35 },
      bill: { encoding: 'GBK' },
    })
    const { options } = world.sandbox.bank.desk().core
    expect(options).toMatchObject({
      refundPolicy: 'RESERVE_THEN_RECEIVABLE',
      terms: { statementDay: 5, dueAfterDays: 28, annualPercent: 4.35 },
      bill: { encoding: 'GBK', rowsPerPart: 1_000 },
    })
  })
})
