import {
  constants,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  privateDecrypt,
  sign,
  verify,
} from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { BankCaller } from '../caller.ts'
import { AGREEMENT, APP, CHILD, HOSPITAL, MOTHER } from '../fixture.ts'
import { SUCCESS_CODE } from '../codes.ts'
import { NEWCOMER, keys, pagesWorld, type PagesWorld } from '../pages/fixture.ts'
import { seededRandom } from '../../random.ts'
import { RETRY_PLAN_MS } from './notifications.ts'

interface Sent {
  readonly url: string
  readonly body: string
  readonly atMs: number
}

const member = (raw: string, name: string): string => String(JSON.parse(raw)[name])

function gatewaySigned(text: string, signature: string): boolean {
  return verify('sha256', Buffer.from(text), createPublicKey(keys.gateway.publicKey), Buffer.from(signature, 'base64'))
}

/** Form B opened with OpenSSL alone: signature over the text before `sign`, raw RSA, padding cut off, AES-256-CBC with zero IV. */
function openFormB(raw: string): Record<string, string> {
  expect(gatewaySigned(raw.slice(1, raw.lastIndexOf(',"sign":"')), member(raw, 'sign'))).toBe(true)
  const wrapped = Buffer.from(member(raw, 'encrypt_key'), 'base64')
  const key = createPrivateKey(keys.app.privateKey)
  const block = privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, wrapped)
  const aesKey = Buffer.from(block.subarray(block.indexOf(0, 2) + 1).toString(), 'base64')
  const decipher = createDecipheriv('aes-256-cbc', aesKey, Buffer.alloc(16))
  return JSON.parse(decipher.update(member(raw, 'biz_content'), 'base64', 'utf8') + decipher.final('utf8'))
}

function openFormA(raw: string): Record<string, string> {
  const slice = /^\{"notify_biz_content":(\{.*\}),"sign":"[^"]+"\}$/.exec(raw)?.[1] ?? ''
  expect(gatewaySigned(slice, member(raw, 'sign'))).toBe(true)
  return JSON.parse(slice)
}

function unseal(text = ''): string {
  const raw = Buffer.from(text, 'base64url')
  const decipher = createDecipheriv('aes-256-cbc', Buffer.from(keys.identityKey, 'base64'), raw.subarray(0, 16))
  return decipher.update(raw.subarray(16), undefined, 'utf8') + decipher.final('utf8')
}

const idOf = (raw: string): string =>
  String((raw.includes('notify_biz_content') ? JSON.parse(raw).notify_biz_content : openFormB(raw))['notify_id'])

function ack(notifyId: string, change: { code?: string; privateKey?: string } = {}): Response {
  const text = JSON.stringify({ rsp_code: change.code ?? '0000', rsp_msg: 'SUCCESS', notify_id: notifyId })
  const key = createPrivateKey(change.privateKey ?? keys.app.privateKey)
  const signature = sign('sha256', Buffer.from(text), key).toString('base64')
  return new Response(`{"rsp_biz_content":${text},"sign":"${signature}"}`)
}

const acknowledges = (raw: string): Response => ack(idOf(raw))
const unreachable = (): Response => {
  throw new TypeError('fetch failed')
}

let sent: Sent[] = []
let answer: (raw: string) => Response = acknowledges
beforeEach(() => {
  sent = []
  answer = acknowledges
})

/** A bank whose notifications end up in `sent`. */
function notifyWorld(change: Record<string, unknown> = {}): PagesWorld & { caller: BankCaller } {
  const bank = { notifyBaseUrl: 'http://product.test', ...change }
  const world: PagesWorld = pagesWorld(bank, async (url, init) => {
    sent.push({ url, body: String(init.body), atMs: world.clock.now() })
    return answer(String(init.body))
  })
  const { privateKey } = keys.app
  const caller = new BankCaller({
    appId: APP,
    merPtcId: HOSPITAL,
    clock: world.clock,
    random: seededRandom('hospital'),
    keys: { appPrivateKey: privateKey, gatewayPublicKey: keys.gateway.publicKey, identityKey: keys.identityKey },
  })
  return Object.assign(world, { caller })
}

type NotifyWorld = ReturnType<typeof notifyWorld>

function lock(world: NotifyWorld, serial: string): void {
  const body = world.caller.form('lock', world.caller.lockBody(serial, AGREEMENT, MOTHER, 12_000))
  world.sandbox.bank.handle({ path: '/api/creditMed/lock/v1', body })
}

function lockInProcessing(world: NotifyWorld, serial: string, rule: { final?: 'FAIL'; afterMs?: number } = {}): void {
  world.sandbox.bank.faults.add({ api: 'lock', kind: 'EXECUTE_THEN_PROCESSING', times: 1, afterMs: 5_000, ...rule })
  lock(world, serial)
}

const outcomes = (world: NotifyWorld) => world.sandbox.bank.notifications.log().map((row) => row.outcome)

describe('a notification of money', () => {
  it('tells in form A how an operation that was in PROCESSING has ended', async () => {
    const world = notifyWorld()
    const { notifications } = world.sandbox.bank
    lockInProcessing(world, 'L1')
    expect(notifications.nextDueAt()).toBe(world.clock.now() + 5_000)
    await notifications.deliverDue()
    expect(sent).toEqual([])
    world.clock.advance(5_000)
    await notifications.deliverDue()
    expect(sent.map((one) => one.url)).toEqual(['http://product.test/bank/v1/notify/jc-first'])
    expect(openFormA(sent[0]?.body ?? '')).toMatchObject({
      notify_type: 'LOCK_RESULT',
      mer_ptc_id: HOSPITAL,
      tran_state: 'SUCCESS',
      tran_state_code: SUCCESS_CODE,
      mer_tran_no: 'L1',
      lock_no: expect.stringMatching(/^\d{28}$/),
      lock_amount: '120.00',
      final_time: '20261121100005',
      notify_time: '20261121100005',
    })
    const midnight = Date.UTC(2026, 10, 21, 16)
    expect([notifications.pending(), outcomes(world), notifications.nextDueAt()]).toEqual([[], ['acked'], midnight])
  })

  it('tells in form A that a lock has ended by itself at midnight', async () => {
    const world = notifyWorld()
    const { notifications } = world.sandbox.bank
    lock(world, 'L1')
    world.clock.set(notifications.nextDueAt() ?? 0)
    await notifications.deliverDue()
    expect(openFormA(sent[0]?.body ?? '')).toMatchObject({
      notify_type: 'LOCK_EXPIRED',
      mer_tran_no: 'L1',
      lock_no: expect.stringMatching(/^\d{28}$/),
      released_amount: '120.00',
      final_time: '20261122000000',
    })
    expect([sent.length, notifications.nextDueAt()]).toEqual([1, null])
  })

  it('tells a failure with its code and without a lock', async () => {
    const world = notifyWorld()
    lockInProcessing(world, 'L1', { final: 'FAIL', afterMs: 1 })
    world.clock.advance(1)
    await world.sandbox.bank.notifications.deliverDue()
    const content = openFormA(sent[0]?.body ?? '')
    expect(content).toMatchObject({ tran_state: 'FAIL', tran_state_code: 'SBOX0004PL0103', mer_tran_no: 'L1' })
    expect(content).not.toHaveProperty('lock_no')
  })

  it('is silent about what was decided in its own answer unless told otherwise', async () => {
    const world = notifyWorld()
    const { notifications } = world.sandbox.bank
    lock(world, 'L1')
    await notifications.deliverDue()
    expect(sent).toEqual([])
    notifications.all = true
    lock(world, 'L2')
    await notifications.deliverDue()
    expect(sent.map((one) => openFormA(one.body)['mer_tran_no'])).toEqual(['L2'])
  })

  it('is off without an address', async () => {
    const world = notifyWorld({ notifyBaseUrl: null, notifyAll: true })
    lock(world, 'L1')
    await world.sandbox.bank.notifications.deliverDue()
    expect([sent, world.sandbox.bank.notifications.nextDueAt()]).toEqual([[], null])
  })
})

describe('a notification of a person', () => {
  async function signUp(world: NotifyWorld): Promise<void> {
    const guest = await world.jump(NEWCOMER)
    await guest.send('/apply/consent', { agree: 'yes', phone: '19900000009' })
    await guest.send('/apply/code', { code: world.code() })
    await world.sandbox.bank.notifications.deliverDue()
  }

  it('goes out in form B, which the product can open, with the identity sealed once more', async () => {
    const world = notifyWorld()
    await signUp(world)
    const raw = sent[0]?.body ?? ''
    expect(Object.keys(JSON.parse(raw))).toEqual(['biz_content', 'msg_id', 'timestamp', 'encrypt_key', 'sign'])
    const content = openFormB(raw)
    expect(content).toMatchObject({ notify_type: 'SIGN_RESULT', sign_status: 'SIGNED', user_role: 'PRINCIPAL' })
    expect(content['sign_agr_no']).toMatch(/^CM2026/)
    expect([unseal(content['cus_name']), unseal(content['cert_no'])]).toEqual([NEWCOMER.name, NEWCOMER.certNo])
    expect(raw).not.toContain(content['sign_agr_no'])
    expect(outcomes(world)).toEqual(['acked'])
  })

  it('tells termination and every change of the family', async () => {
    const world = notifyWorld()
    const child = await world.jump(CHILD)
    await child.send('/family/leave', { agree: 'yes' })
    const mother = await world.jump(MOTHER)
    await mother.send('/family/add', { name: CHILD.name, certNo: CHILD.certNo, phone: '19900000002', relation: '子女' })
    await mother.send('/family/code', { code: world.code() })
    await mother.send('/terminate', { agree: 'yes' })
    await world.sandbox.bank.notifications.deliverDue()
    const told = sent.map((one) => openFormB(one.body))
    expect(told.map((one) => [one['notify_type'], one['change'], unseal(one['cus_name'])])).toEqual([
      ['FAMILY_CHANGED', 'LEFT', CHILD.name],
      ['FAMILY_CHANGED', 'ADDED', CHILD.name],
      ['FAMILY_CHANGED', 'REMOVED', CHILD.name],
      ['SIGN_TERMINATED', 'TERMINATED', MOTHER.name],
    ])
  })

  it('goes out in form A under NONE, signed with the word none', async () => {
    const world = notifyWorld({ profile: 'NONE' })
    const { bank } = world.sandbox
    answer = (raw) => new Response(`{"rsp_biz_content":{"rsp_code":"0000","notify_id":"${idOf(raw)}"},"sign":"none"}`)
    bank.desk().announce({
      type: 'SIGN_RESULT',
      merPtcId: HOSPITAL,
      state: 'SUCCESS',
      code: SUCCESS_CODE,
      finalAtMs: world.clock.now(),
      members: {},
      identity: MOTHER,
    })
    await bank.notifications.deliverDue()
    expect(member(sent[0]?.body ?? '', 'sign')).toBe('none')
    expect(outcomes(world)).toEqual(['acked'])
  })
})

describe('delivery', () => {
  const waits = () => sent.slice(1).map((one, at) => one.atMs - (sent[at]?.atMs ?? 0))

  it('is tried ten times on the plan and then given up', async () => {
    const world = notifyWorld({ notifyAll: true, lockExpiry: 'MANUAL' })
    const { notifications } = world.sandbox.bank
    answer = unreachable
    lock(world, 'L1')
    for (let due = notifications.nextDueAt(); due !== null; due = notifications.nextDueAt()) {
      world.clock.set(due - 1)
      await notifications.deliverDue()
      world.clock.set(due)
      await notifications.deliverDue()
    }
    const [s, m, h] = [1_000, 60_000, 3_600_000]
    expect(waits()).toEqual([15 * s, 30 * s, 3 * m, 10 * m, 30 * m, h, 2 * h, 6 * h, 12 * h])
    expect(RETRY_PLAN_MS).toHaveLength(9)
    expect(outcomes(world)).toEqual([...Array.from({ length: 10 }, () => 'unreachable'), 'gaveUp'])
    expect(new Set(sent.map((one) => idOf(one.body))).size).toBe(1)
  })

  it.each([
    ['a wrong signature', (raw: string) => ack(idOf(raw), { privateKey: keys.gateway.privateKey })],
    ['another code', (raw: string) => ack(idOf(raw), { code: '9999' })],
    ['the number of another notification', () => ack('N0')],
    ['an acknowledgement under HTTP 500', (raw: string) => new Response(ack(idOf(raw)).body, { status: 500 })],
    ['a page', () => new Response('<html></html>')],
  ])('is tried again after %s', async (_what, wrong) => {
    const world = notifyWorld({ notifyAll: true })
    const { notifications } = world.sandbox.bank
    answer = wrong
    lock(world, 'L1')
    await notifications.deliverDue()
    expect(notifications.pending()).toMatchObject([{ attempts: 1, dueAtMs: world.clock.now() + 15_000 }])
    answer = acknowledges
    world.clock.advance(15_000)
    await notifications.deliverDue()
    expect(outcomes(world)).toEqual(['notAcked', 'acked'])
  })
})

describe('a switch', () => {
  it('drops, duplicates under the same number, and delays', async () => {
    const world = notifyWorld({ notifyAll: true })
    const { notifications } = world.sandbox.bank
    notifications.switches.add({ kind: 'DROP', times: 1 })
    lock(world, 'L1')
    notifications.switches.add({ kind: 'DUPLICATE', times: 1, copies: 2 })
    lock(world, 'L2')
    notifications.switches.add({ kind: 'DELAY', times: 1, delayMs: 7_000 })
    lock(world, 'L3')
    await notifications.deliverDue()
    expect(sent.map((one) => openFormA(one.body)['mer_tran_no'])).toEqual(['L2', 'L2', 'L2'])
    expect(new Set(sent.map((one) => idOf(one.body))).size).toBe(1)
    world.clock.advance(7_000)
    await notifications.deliverDue()
    expect(sent.map((one) => openFormA(one.body)['mer_tran_no'])).toEqual(['L2', 'L2', 'L2', 'L3'])
    expect(outcomes(world)).toEqual(['dropped', 'acked', 'acked', 'acked', 'acked'])
  })

  it('tells the end while the query still says PROCESSING, and only once', async () => {
    const world = notifyWorld()
    const { bank } = world.sandbox
    bank.notifications.switches.add({ kind: 'EARLY', times: 1 })
    lockInProcessing(world, 'L1')
    await bank.notifications.idle()
    expect(openFormA(sent[0]?.body ?? '')).toMatchObject({ mer_tran_no: 'L1', tran_state: 'SUCCESS' })
    expect(bank.locks()[0]?.state).toBe('PROCESSING')
    world.clock.advance(5_000)
    await bank.notifications.deliverDue()
    expect([bank.locks()[0]?.state, sent.length]).toEqual(['LOCKED', 1])
  })

  it('forges a signature once; the next attempt is honest', async () => {
    const world = notifyWorld({ notifyAll: true })
    const { notifications } = world.sandbox.bank
    notifications.switches.add({ kind: 'FORGE', type: 'LOCK_RESULT', times: 1 })
    answer = () => new Response('', { status: 401 })
    lock(world, 'L1')
    await notifications.deliverDue()
    expect(() => openFormA(sent[0]?.body ?? '')).toThrow()
    answer = acknowledges
    world.clock.advance(15_000)
    await notifications.deliverDue()
    expect(openFormA(sent[1]?.body ?? '')['mer_tran_no']).toBe('L1')
  })

  it('lets a later notification pass an earlier one, or gives up waiting', async () => {
    const world = notifyWorld({ notifyAll: true })
    const { notifications } = world.sandbox.bank
    const serials = () => sent.map((one) => openFormA(one.body)['mer_tran_no'])
    notifications.switches.add({ kind: 'REORDER', times: 2, delayMs: 9_000 })
    lock(world, 'L1')
    await notifications.deliverDue()
    expect(serials()).toEqual([])
    notifications.switches.clear()
    lock(world, 'L2')
    await notifications.deliverDue()
    expect(serials()).toEqual(['L2', 'L1'])
    notifications.switches.add({ kind: 'REORDER', times: 1, delayMs: 9_000 })
    lock(world, 'L3')
    world.clock.advance(9_000)
    await notifications.deliverDue()
    expect(serials()).toEqual(['L2', 'L1', 'L3'])
  })

  it('repeats an acknowledged notification on request', async () => {
    const world = notifyWorld({ notifyAll: true })
    const { notifications } = world.sandbox.bank
    lock(world, 'L1')
    await notifications.deliverDue()
    notifications.replay(notifications.log()[0]?.notifyId ?? '')
    await notifications.deliverDue()
    expect(sent.map((one) => idOf(one.body))).toEqual([idOf(sent[0]?.body ?? ''), idOf(sent[0]?.body ?? '')])
  })
})
