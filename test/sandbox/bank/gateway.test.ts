import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createVirtualClock } from '../clock.ts'
import { seededRandom } from '../random.ts'
import { createBank } from './bank.ts'
import type { BankAnswer } from './wire-answers.ts'
import { BankCaller } from './caller.ts'
import { CODE, SUCCESS_CODE } from './codes.ts'
import { createControlApp } from './control-app.ts'
import { createDataApp, isDropped } from './data-app.ts'
import { decodeForm, encodeForm } from './envelope.ts'
import { AGREEMENT, APP, bankParts, bankWorld, CHILD, fillBank, HOSPITAL, MORNING, MOTHER, TODAY } from './fixture.ts'
import { firstBrokenRow } from './journal.ts'
import { bocomRsaProfile } from './profile.ts'

const pair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
const own = pair()
const gateway = pair()
const identityKey = seededRandom('identity').bytes(32).toString('base64')

function rsaWorld() {
  const clock = createVirtualClock({ now: () => MORNING })
  const keys = { gatewayPrivateKey: gateway.privateKey, appPublicKeys: new Map([[APP, own.publicKey]]), identityKey }
  const bank = createBank(bankParts(clock, { profile: bocomRsaProfile(keys, seededRandom('bank')) }))
  fillBank(bank)
  const caller = new BankCaller({
    appId: APP,
    merPtcId: HOSPITAL,
    clock,
    random: seededRandom('caller'),
    keys: { appPrivateKey: own.privateKey, gatewayPublicKey: gateway.publicKey, identityKey },
  })
  const send = (path: string, body: string): BankAnswer => bank.handle({ path, body })
  return {
    bank,
    caller,
    clock,
    send,
    lockForm: () => caller.form('lock', caller.lockBody('L1', AGREEMENT, MOTHER, 100)),
  }
}

const change = (form: string, edit: (params: Map<string, string>) => void): string => {
  const params = new Map(decodeForm(form))
  edit(params)
  return encodeForm(params)
}
const PATH = '/api/creditMed/lock/v1'

describe('profile BOCOM_RSA', () => {
  it('opens an encrypted lock, executes it and signs the answer over its raw text', () => {
    const { bank, caller, send, lockForm } = rsaWorld()
    const answer = send(PATH, lockForm())
    expect(caller.open(answer.body)).toMatchObject({ verified: true, status: 'S', body: { lock_state: 'SUCCESS' } })
    expect(answer.body).toContain('交易成功')
    expect(bank.effects('L1')).toBe(1)
  })

  it('knows a repeated lock although every sealing is random', () => {
    const { bank, caller, send, lockForm } = rsaWorld()
    const first = send(PATH, lockForm()).body
    expect(send(PATH, lockForm()).body).toBe(first)
    expect(caller.open(first).status).toBe('S')
    expect(bank.effects('L1')).toBe(1)
  })

  it.each([
    ['payCheck', CODE.cannotDecrypt],
    ['pay', CODE.cannotDecrypt],
    ['cancel', CODE.cannotDecrypt],
    ['payQuery', SUCCESS_CODE],
    ['refundQuery', SUCCESS_CODE],
    ['refund', CODE.originalNotFound],
    ['heldAmountQuery', SUCCESS_CODE],
    ['downloadBill', CODE.billNotReady],
  ] as const)('answers %s in the open with %s: only what concerns a person must be encrypted', (api, code) => {
    const { caller, send } = rsaWorld()
    const bodies = {
      payCheck: {},
      pay: {},
      cancel: {},
      payQuery: { pay_mer_tran_no: 'P1', mer_trade_date: TODAY },
      refundQuery: { refund_mer_tran_no: 'R1', mer_refund_date: TODAY },
      refund: caller.refundBody('R1', 'C1', TODAY, 100),
      heldAmountQuery: {},
      downloadBill: { stmt_date: TODAY },
    }
    const content = {
      req_head: { trans_time: `${TODAY}100000`, version: '1.0' },
      req_body: { mer_ptc_id: HOSPITAL, ...bodies[api] },
    }
    const form = caller.form(api, {}, { is_encrypt: 'false', biz_content: JSON.stringify(content) })
    expect(caller.open(send(`/api/creditMed/${api}/v1`, form).body)).toMatchObject({ verified: true, code })
  })

  it('pays, checks and refunds under encryption', () => {
    const { bank, caller, send } = rsaWorld()
    const call = (api: 'pay' | 'refund', body: Readonly<Record<string, string>>) =>
      caller.open(send(`/api/creditMed/${api}/v1`, caller.form(api, body)).body)
    const agent = { agent_name: caller.seal('李晓'), agent_cert_no: caller.seal('99010120060211001X') }
    const paid = call('pay', { ...caller.payBody('P1', AGREEMENT, MOTHER, 100), ...agent })
    expect(paid).toMatchObject({ verified: true, status: 'S' })
    expect(call('refund', caller.refundBody('R1', 'P1', TODAY, 40))).toMatchObject({ verified: true, status: 'S' })
    const unsealed = { ...caller.payBody('P2', AGREEMENT, MOTHER, 100), ...agent, agent_name: 'AAAA' }
    expect(call('pay', unsealed).code).toBe(CODE.cannotDecrypt)
    expect(bank.invariants()).toEqual({ ok: true, violations: [] })
  })

  it.each(['app_id', 'msg_id', 'timestamp', 'biz_content', 'encrypt_key', 'charset', 'is_encrypt'])(
    'executes nothing when %s was tampered with',
    (name) => {
      const { bank, send, lockForm } = rsaWorld()
      const value = name === 'timestamp' ? '2026-11-21 10:00:01' : 'x'
      const answer = send(
        PATH,
        change(lockForm(), (params) => params.set(name, value)),
      )
      expect(answer.body).toMatch(/SBOX0001GW000(1|4|8)/)
      expect(bank.effects('L1')).toBe(0)
    },
  )

  it('refuses a signature made for another path', () => {
    const { caller, send, lockForm } = rsaWorld()
    expect(caller.open(send('/api/creditMed/cancel/v1', lockForm()).body).code).toBe(CODE.badSign)
  })

  it('refuses personal data that comes unencrypted, and content that cannot be opened', () => {
    const { caller, send } = rsaWorld()
    const body = caller.lockBody('L1', AGREEMENT, MOTHER, 100)
    const plain = caller.form('lock', body, { is_encrypt: 'false', biz_content: '{}' })
    expect(caller.open(send(PATH, plain).body).code).toBe(CODE.cannotDecrypt)
    const garbled = caller.form('lock', body, { encrypt_key: Buffer.alloc(256, 1).toString('base64') })
    expect(caller.open(send(PATH, garbled).body).code).toBe(CODE.cannotDecrypt)
  })
})

describe('order of checks', () => {
  const send = (edit: (params: Map<string, string>) => void, path = PATH, parts = {}) => {
    const world = bankWorld(parts)
    const form = world.caller.form('lock', world.caller.lockBody('L1', AGREEMENT, MOTHER, 100))
    const answer = world.bank.handle({ path, body: change(form, edit) })
    return { answer, code: answer.status === 200 ? world.caller.open(answer.body).code : answer.body, world }
  }

  it.each([
    ['an unknown path', () => {}, '/api/creditMed/unlock/v1', CODE.noSuchApi],
    [
      'a bad format before a bad app',
      (p: Map<string, string>) => p.set('fmt_type', 'xml').set('app_id', 'x'),
      PATH,
      CODE.malformed,
    ],
    [
      'an unknown app before a stale time',
      (p: Map<string, string>) => p.set('app_id', 'x').set('timestamp', '2020-01-01 00:00:00'),
      PATH,
      CODE.appUnknown,
    ],
    [
      'a stale time before a bad signature',
      (p: Map<string, string>) => p.set('timestamp', '2026-11-21 10:10:01').set('sign', 'x'),
      PATH,
      CODE.staleTimestamp,
    ],
    [
      'a bad signature before bad content',
      (p: Map<string, string>) => p.set('sign', 'x').set('biz_content', '{'),
      PATH,
      CODE.badSign,
    ],
    ['content that is no JSON', (p: Map<string, string>) => p.set('biz_content', '{'), PATH, CODE.malformed],
  ])('answers %s', (_name, edit, path, code) => {
    const result = send(edit, path)
    expect(result.code).toBe(code)
    expect(result.world.bank.effects('L1')).toBe(0)
  })

  it('accepts a timestamp ten minutes off', () => {
    expect(send((p) => p.set('timestamp', '2026-11-21 10:10:00')).code).toBe('DCBS0004PL0000')
  })

  it('answers an unknown app with an unsigned 4xx and a known one with a signed refusal', () => {
    expect(send((p) => p.set('app_id', 'x')).answer).toEqual({
      status: 401,
      headers: { 'content-type': 'text/plain' },
      body: CODE.appUnknown,
    })
    expect(send((p) => p.set('sign', 'x')).answer.status).toBe(200)
  })

  it('refuses a message number twice, an address off the list and too many calls', () => {
    const world = bankWorld()
    const form = world.caller.form('querySign', world.caller.identityBlock(MOTHER))
    const call = (bank = world.bank) =>
      world.caller.open(bank.handle({ path: '/api/creditMed/querySign/v1', body: form }).body).code
    expect([call(), call()]).toEqual(['DCBS0004PL0000', CODE.replayedMessage])
    const base = bankParts(world.clock).gateway
    expect(call(createBank(bankParts(world.clock, { gateway: { ...base, allowedIps: ['10.0.0.1'] } })))).toBe(
      CODE.ipForbidden,
    )
    const limited = createBank(bankParts(world.clock, { gateway: { ...base, ratePerSecond: 1 } }))
    expect([call(limited), call(limited)]).toEqual(['DCBS0004PL0000', CODE.rateLimited])
  })

  it('lets an app act only for its own hospitals', () => {
    const world = bankWorld()
    const other = { ...world.caller.lockBody('L1', AGREEMENT, MOTHER, 100), mer_ptc_id: '301510000000009' }
    expect(world.call('lock', other).code).toBe(CODE.appUnknown)
  })

  it.each(['1', '01.00', '1.000', '0.00', '-1.00', '99999999999.00'])('refuses %s as a lock amount', (text) => {
    const world = bankWorld()
    const body = { ...world.caller.lockBody('L1', AGREEMENT, MOTHER, 100), lock_amount: text }
    expect(world.call('lock', body).code).toBe(CODE.malformed)
  })
})

describe('planes', () => {
  it('serves the data plane over HTTP and marks a dropped answer', async () => {
    const world = bankWorld()
    const app = createDataApp(world.bank)
    world.bank.faults.add({ api: 'querySign', kind: 'DROP_BEFORE', times: 1 })
    const send = () =>
      app.request('/api/creditMed/querySign/v1', {
        method: 'POST',
        body: world.caller.form('querySign', world.caller.identityBlock(CHILD)),
      })
    expect(isDropped(await send())).toBe(true)
    const second = await send()
    expect(isDropped(second)).toBe(false)
    expect(world.caller.open(await second.text()).body['user_role']).toBe('SHARER')
  })

  it('keeps the control plane behind its token and drives the bank with it', async () => {
    const world = bankWorld()
    const app = createControlApp(world.bank, 'secret')
    const call = (method: string, path: string, body?: unknown, token = 'secret') =>
      app.request(`/_sandbox${path}`, {
        method,
        headers: { authorization: `Bearer ${token}` },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
    expect((await call('GET', '/ledger', undefined, 'guess')).status).toBe(401)
    await call('POST', '/clock', { set: '2026-11-22T08:00:00+08:00' })
    await call('POST', '/clock', { advanceMs: 1 })
    expect(world.clock.now()).toBe(Date.UTC(2026, 10, 22) + 1)
    expect((await call('POST', '/faults', { api: 'lock', kind: 'BAD_SIGN' })).status).toBe(201)
    expect((await call('POST', '/faults', { api: 'lock', kind: 'NO_SUCH' })).status).toBe(400)
    await call('DELETE', '/faults')
    expect(await (await call('GET', '/faults')).json()).toEqual({ faults: [] })
    world.lock('L1', 100)
    expect(await (await call('GET', '/locks')).json()).toMatchObject({
      locks: [{ serial: 'L1', state: 'LOCKED', identity: '陈* 尾号 0020' }],
    })
    expect(await (await call('GET', '/invariants')).json()).toEqual({ ok: true, violations: [] })
  })

  it('chains its journal, so that a changed row shows', () => {
    const world = bankWorld()
    world.lock('L1', 100)
    world.confirm('C1', 'L1', 100)
    const rows = world.bank.journal()
    expect(rows.map((row) => row.api)).toEqual(['lock', 'confirm'])
    expect(firstBrokenRow(rows)).toBeNull()
    expect(firstBrokenRow(rows.map((row, at) => (at === 0 ? { ...row, amountFen: 1 } : row)))).toBe(1)
    expect(JSON.stringify(rows)).not.toContain(MOTHER.certNo)
  })
})
