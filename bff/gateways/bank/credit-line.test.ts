import { constants, createDecipheriv, generateKeyPairSync, privateDecrypt, sign, type KeyObject } from 'node:crypto'
import type { AskAnswer, Outcome, StepName } from '@paycare/shared/rules'
import { describe, expect, it } from 'vitest'
import { passThrough } from '../../ports/native.ts'
import { systemRandom } from '../../ports/system.ts'
import type { Wire, WireAnswer, WireRequest } from '../../ports/wire.ts'
import type { CallContent } from '../line.ts'
import { BankClock } from './bank-clock.ts'
import { BankClient } from './client.ts'
import { creditLine, creditRule } from './credit-line.ts'
import { rsaProfile } from './crypto.ts'
import { querySign } from './sign-up.ts'

const newKeys = () => generateKeyPairSync('rsa', { modulusLength: 2048 })
const [app, gateway, stranger] = [newKeys(), newKeys(), newKeys()]
const identityKey = new Uint8Array(32).fill(5)
const profile = rsaProfile(
  {
    appPrivateKey: app.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    bankPublicKey: gateway.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    identityKey,
    keyId: 'app',
    jumpKey: new Uint8Array(16).fill(6),
    jumpKeyId: 'jump-1',
  },
  systemRandom,
  passThrough,
)
/** 2026-11-22 09:00:00 in Shanghai: the morning after the examples’ first send. */
const nowMs = Date.UTC(2026, 10, 22, 1)
const clock = { now: () => nowMs, after: () => () => undefined }
const merchants: Readonly<Record<string, string>> = { 'jc-first': '301510000000001' }
const config = { baseUrl: 'http://bank.test', appId: 'app1', merchantOf: (id: string) => merchants[id] ?? '' }
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
const identity = { name: '陈静', idNumber: '990101198803120020' }

const mark = {
  serial: 'L20261121JC01ABCDEFGHJKMN',
  tradeDate: '20261121',
  firstSentAtMs: Date.UTC(2026, 10, 21, 15, 59, 58),
  msgId: '0123456789abcdef0123456789abcdef',
}
const content: CallContent = {
  institution: 'jc-first',
  personId: 'per_1',
  amountFen: 12_345,
  terms: { agreementNo: 'CM2026990000000001', scene: 'OUTP_ORDER', visitNo: 'V1', orderNo: 'O1' },
  earlier: [],
}
const afterLock: CallContent = {
  ...content,
  amountFen: 10_000,
  earlier: [{ step: 'lock', serial: 'L1', tradeDate: '20261120', ref: { lockNo: '0509' } }],
}

/** A signed answer of the gateway. */
function signed(biz: object, key: KeyObject = gateway.privateKey): WireAnswer {
  const text = JSON.stringify(biz)
  const signature = sign('RSA-SHA256', Buffer.from(text), key).toString('base64')
  return { is: 'answered', status: 200, body: `{"rsp_biz_content":${text},"sign":"${signature}"}` }
}
const head = (response_status: string, response_code: string) => ({ trans_code: 't', response_code, response_status })
const success = (body: object): WireAnswer =>
  signed({ biz_state: 'S', rsp_code: null, rsp_head: head('S', 'DCBS0004PL0000'), rsp_body: body })
const failure = (code: string): WireAnswer => signed({ biz_state: 'S', rsp_head: head('F', code), rsp_body: {} })

const lockReply = {
  mer_tran_no: mark.serial,
  lock_no: '0509202611211930010000000001',
  lock_state: 'SUCCESS',
  lock_amount: '123.45',
  lock_expire_time: '20261122000000',
}

/** A line whose wire answers as told, and what went over it. */
function lineWith(answer: WireAnswer) {
  const requests: WireRequest[] = []
  const wire: Wire = async (request) => {
    requests.push(request)
    return answer
  }
  const bank = new BankClient(config, profile, wire, clock, new BankClock(silent))
  return { bank, line: creditLine(bank, async () => identity), requests }
}
const lockWith = (answer: WireAnswer): Promise<Outcome> => lineWith(answer).line.send('lock', content, mark)
const askWith = (answer: WireAnswer, step: StepName = 'lock'): Promise<AskAnswer> =>
  lineWith(answer).line.ask(step, step === 'lock' ? content : afterLock, mark)

describe('an answer is read as exactly one outcome', () => {
  const cases: readonly (readonly [string, WireAnswer, string])[] = [
    ['the connection was refused', { is: 'notSent', why: 'ECONNREFUSED' }, 'notExecuted'],
    ['nothing came back', { is: 'lost', why: 'UND_ERR_SOCKET' }, 'unknown'],
    ['a page came back', { is: 'answered', status: 502, body: '<html>502</html>' }, 'unknown'],
    ['nothing is in the answer', { is: 'answered', status: 200, body: '' }, 'unknown'],
    [
      'a refusal came unsigned',
      { is: 'answered', status: 200, body: '{"rsp_biz_content":{"biz_state":"F","rsp_code":"SBOX0004PL0103"}}' },
      'unknown',
    ],
    [
      'a refusal was signed by another key',
      signed({ biz_state: 'F', rsp_code: 'SBOX0004PL0103' }, stranger.privateKey),
      'unknown',
    ],
    [
      'a success was signed by another key',
      signed({ biz_state: 'S', rsp_body: lockReply }, stranger.privateKey),
      'unknown',
    ],
    ['the gateway says P', signed({ biz_state: 'P' }), 'accepted'],
    ['the head says P', signed({ biz_state: 'S', rsp_head: head('P', ''), rsp_body: {} }), 'accepted'],
    ['the business says PROCESSING', success({ ...lockReply, lock_state: 'PROCESSING' }), 'accepted'],
    ['the quota is too small', failure('SBOX0004PL0103'), 'refused'],
    ['the gateway says F with a business code', signed({ biz_state: 'F', rsp_code: 'SBOX0004PL0104' }), 'refused'],
    ['the gateway turned it away', signed({ biz_state: 'F', rsp_code: 'SBOX0001GW0006' }), 'notExecuted'],
    ['the bank timed out inside', failure('ADPTSY0004'), 'unknown'],
    ['the code is new', failure('SBOX0004PL7777'), 'unknown'],
    ['a failure has no code', signed({ biz_state: 'F' }), 'unknown'],
    ['the business says FAIL without a code', success({ ...lockReply, lock_state: 'FAIL' }), 'unknown'],
    ['the merchant balance is too small', failure('DCBS0004PL0974'), 'deferred'],
    ['the state is new', success({ ...lockReply, lock_state: 'DONE' }), 'unknown'],
    ['the gateway state is new', signed({ biz_state: 'X', rsp_body: lockReply }), 'unknown'],
    ['the body is missing', signed({ biz_state: 'S', rsp_head: head('S', 'x') }), 'unknown'],
    ['the amount cannot be read', success({ ...lockReply, lock_amount: '123.4' }), 'unknown'],
    ['the amount is a number', success({ ...lockReply, lock_amount: 123.45 }), 'unknown'],
    ['the answer is about another serial', success({ ...lockReply, mer_tran_no: 'L2' }), 'unknown'],
    ['the lock is made', success(lockReply), 'succeeded'],
  ]
  it.each(cases)('when %s', async (_, answer, is) => {
    expect((await lockWith(answer)).is).toBe(is)
  })

  it('and an alarm goes with a refusal that should never come', async () => {
    expect(await lockWith(failure('SBOX0004PL0105'))).toEqual({ is: 'refused', code: 'SBOX0004PL0105', alarm: true })
  })
})

describe('a lock', () => {
  it('reports the bank’s number, amount and end', async () => {
    expect(await lockWith(success({ ...lockReply, new_field: 'ignored' }))).toEqual({
      is: 'succeeded',
      facts: {
        ref: { lockNo: lockReply.lock_no },
        amountFen: 12_345,
        expiresAtMs: Date.UTC(2026, 10, 21, 16),
      },
    })
  })

  it('reports another amount as the bank says it, for the engine to judge', async () => {
    const outcome = await lockWith(success({ ...lockReply, lock_amount: '123.44' }))
    expect(outcome.is === 'succeeded' && outcome.facts.amountFen).toBe(12_344)
  })

  it('leaves out what the bank did not say', async () => {
    const { mer_tran_no, lock_state } = lockReply
    expect(await lockWith(success({ mer_tran_no, lock_state, lock_no: null, lock_amount: null }))).toEqual({
      is: 'succeeded',
      facts: { ref: {} },
    })
  })
})

/** The business content of a request as the bank opens it. */
function opened(request: WireRequest | undefined): Record<string, unknown> {
  const params = Object.fromEntries(new URLSearchParams(request?.body ?? ''))
  const clear = params['is_encrypt'] === 'true' ? decrypted(params) : (params['biz_content'] ?? '')
  const { req_body } = JSON.parse(clear) as { req_body: Record<string, unknown> }
  return req_body
}

function decrypted(params: Readonly<Record<string, string>>): string {
  const wrapped = Buffer.from(params['encrypt_key'] ?? '', 'base64')
  const block = privateDecrypt({ key: gateway.privateKey, padding: constants.RSA_NO_PADDING }, wrapped)
  const key = Buffer.from(block.subarray(block.indexOf(0, 2) + 1).toString('utf8'), 'base64')
  const decipher = createDecipheriv('aes-256-cbc', key, Buffer.alloc(16))
  return Buffer.concat([decipher.update(params['biz_content'] ?? '', 'base64'), decipher.final()]).toString('utf8')
}

function unsealed(field: unknown): string {
  const bytes = Buffer.from(String(field), 'base64url')
  const decipher = createDecipheriv('aes-256-cbc', identityKey, bytes.subarray(0, 16))
  return Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString('utf8')
}

describe('what goes to the bank', () => {
  const silence: WireAnswer = { is: 'lost', why: 'test' }

  it('for a lock: amount in yuan, agreement, HIS’s numbers, sealed identity, dates of the first send', async () => {
    const { line, requests } = lineWith(silence)
    await line.send('lock', content, mark)
    const { cus_name, cert_no, ...rest } = opened(requests[0])
    expect(rest).toEqual({
      mer_ptc_id: '301510000000001',
      mer_tran_no: mark.serial,
      mer_trade_date: '20261121',
      mer_trade_time: '235958',
      cert_type: '01',
      sign_agr_no: 'CM2026990000000001',
      lock_amount: '123.45',
      currency: 'CNY',
      biz_scene: 'OUTP_ORDER',
      visit_no: 'V1',
      order_no: 'O1',
      tran_content: '门诊费用',
    })
    expect([unsealed(cus_name), unsealed(cert_no)]).toEqual([identity.name, identity.idNumber])
  })

  it('for a confirm: the real amount, and the lock by its serial and the bank’s number', async () => {
    const { line, requests } = lineWith(silence)
    await line.send('confirm', afterLock, { ...mark, serial: 'C1' })
    const body = opened(requests[0])
    expect(body).toMatchObject({
      mer_tran_no: 'C1',
      orig_mer_tran_no: 'L1',
      lock_no: '0509',
      confirm_amount: '100.00',
      mer_trade_date: '20261121',
    })
    expect(unsealed(body['cert_no'])).toBe(identity.idNumber)
  })

  it('for a cancel: the lock, no amount and no identity', async () => {
    const { line, requests } = lineWith(silence)
    await line.send('cancel', { ...afterLock, earlier: [{ ...afterLock.earlier[0], ref: {} } as never] }, mark)
    const body = opened(requests[0])
    expect(body).toMatchObject({ mer_tran_no: mark.serial, orig_mer_tran_no: 'L1' })
    for (const absent of ['lock_no', 'cus_name', 'cert_no', 'confirm_amount']) expect(body).not.toHaveProperty(absent)
  })

  it.each([
    ['lock', 'LOCK'],
    ['confirm', 'CONFIRM'],
    ['cancel', 'CANCEL'],
  ] as const)(
    'for a question about a %s: its serial with the date of the first send, next day too',
    async (step, type) => {
      const { line, requests } = lineWith(silence)
      await line.ask(step, afterLock, mark)
      expect(opened(requests[0])).toEqual({
        mer_ptc_id: '301510000000001',
        query_type: type,
        mer_tran_no: mark.serial,
        mer_trade_date: '20261121',
      })
      expect(requests[0]?.url).toBe('http://bank.test/api/creditMed/postPayQuery/v1')
    },
  )

  it('one request per call, with its message number and one deadline over everything', async () => {
    const { line, requests } = lineWith(silence)
    await line.send('lock', content, mark)
    expect(requests).toHaveLength(1)
    expect(requests[0]).toMatchObject({ method: 'POST', deadlineMs: 10_000 })
    expect(new URLSearchParams(requests[0]?.body).get('msg_id')).toBe(mark.msgId)
    expect(new URLSearchParams(requests[0]?.body).get('timestamp')).toBe('2026-11-22 09:00:00')
  })
})

describe('a question', () => {
  const found = (body: object): WireAnswer => success({ found: 'Y', ...body })
  const stands = { lock_no: '0509', lock_amount: '123.45' }

  it.each([
    ['LOCKED', 'held'],
    ['CANCELLED', 'released'],
    ['EXPIRED', 'expired'],
  ])('about a lock that is %s tells that it is %s', async (lock_status, state) => {
    expect(await askWith(found({ ...stands, lock_status }))).toEqual({
      is: 'succeeded',
      facts: { ref: { lockNo: '0509' }, amountFen: 12_345, stands: state },
    })
  })

  it('about a lock that was confirmed tells the confirmed amount and the accounting day', async () => {
    const confirmed = { ...stands, lock_status: 'CONFIRMED', confirm_amount: '100.00', acct_date: '20261121' }
    expect(await askWith(found(confirmed))).toEqual({
      is: 'succeeded',
      facts: { ref: { lockNo: '0509' }, amountFen: 10_000, acctDate: '20261121', stands: 'paid' },
    })
  })

  it('about a serial that the bank never saw says so', async () => {
    expect(await askWith(success({ found: 'N' }))).toEqual({ is: 'notFound' })
  })

  it.each([
    ['lock', { lock_status: 'PROCESSING' }, 'accepted'],
    ['lock', {}, 'unknown'],
    ['lock', { lock_status: 'FAIL', fail_code: 'SBOX0004PL0103' }, 'refused'],
    ['lock', { lock_status: 'FAIL', fail_code: 'ADPTSY0004' }, 'refused'],
    ['lock', { lock_status: 'LOCKED', lock_amount: 'much' }, 'unknown'],
    ['confirm', { confirm_state: 'SUCCESS', confirm_amount: '100.00' }, 'succeeded'],
    ['confirm', { confirm_state: 'PROCESSING' }, 'accepted'],
    ['confirm', { confirm_state: 'FAIL', fail_code: 'SBOX0004PL0107' }, 'refused'],
    ['confirm', { lock_status: 'CONFIRMED' }, 'unknown'],
    ['cancel', { cancel_state: 'SUCCESS', lock_status: 'CANCELLED' }, 'succeeded'],
    ['cancel', { lock_status: 'EXPIRED' }, 'succeeded'],
    ['cancel', { cancel_state: 'PROCESSING', lock_status: 'LOCKED' }, 'accepted'],
    ['cancel', { lock_status: 'PROCESSING' }, 'accepted'],
    ['cancel', { cancel_state: 'FAIL', lock_status: 'CONFIRMED', fail_code: 'SBOX0004PL0107' }, 'refused'],
    ['cancel', { lock_status: 'LOCKED' }, 'unknown'],
    ['cancel', { lock_status: 'CONFIRMED' }, 'unknown'],
  ] as const)('about a %s, answered %o, is %s', async (step, body, is) => {
    expect((await askWith(found(body), step)).is).toBe(is)
  })

  it.each([
    ['lost', { is: 'lost', why: 'x' }],
    ['not sent', { is: 'notSent', why: 'ECONNREFUSED' }],
    ['refused', failure('SBOX0004PL0106')],
    ['turned away by the gateway', signed({ biz_state: 'F', rsp_code: 'SBOX0001GW0006' })],
    ['put off', failure('DCBS0004PL0974')],
    ['under way', signed({ biz_state: 'P' })],
    ['unsigned', { is: 'answered', status: 200, body: '{"rsp_biz_content":{"found":"N"}}' }],
  ] as const)('that is itself %s proves nothing about the call', async (_, answer) => {
    expect((await askWith(answer)).is).toBe('unknown')
  })
})

describe('the times of the line', () => {
  it('are those of the bank’s document', () => {
    expect(creditRule.askPlanMs.slice(0, 6)).toEqual([2_000, 5_000, 10_000, 30_000, 60_000, 300_000])
    expect(creditRule.resendAfterMs).toBe(30_000)
    expect(creditRule.concludeAfterMs).toBe(600_000)
  })
})

describe('a sign-up question', () => {
  const asked = (answer: WireAnswer) => querySign(lineWith(answer).bank, 'jc-first', identity, 'OUTP_WINDOW', 'm')
  const agreement = { sign_status: 'SIGNED', sign_agr_no: 'CM1', quota_status: 'OVERDUE' }

  it.each([
    ['PRINCIPAL', 'own'],
    ['SHARER', 'family'],
  ])('of a %s marks the visit %s', async (user_role, role) => {
    expect(await asked(success({ ...agreement, user_role }))).toEqual({
      status: 'signed',
      agreementNo: 'CM1',
      role,
      quota: 'overdue',
    })
  })

  it('tells what is left of the quota where the bank does, and of nobody else’s', async () => {
    const left = { ...agreement, avail_amount: '1234.50' }
    expect(await asked(success({ ...left, user_role: 'PRINCIPAL' }))).toMatchObject({ availableFen: 123_450 })
    for (const user_role of ['SHARER', null]) {
      expect(await asked(success({ ...left, user_role }))).not.toHaveProperty('availableFen')
    }
  })

  it.each([
    ['UNSIGNED', 'notSigned'],
    ['SIGNING', 'signing'],
    ['TERMINATED', 'terminated'],
  ])('answered %s is %s', async (sign_status, status) => {
    expect(await asked(success({ sign_status }))).toEqual({ status })
  })

  it.each([
    ['lost', { is: 'lost', why: 'x' }],
    ['not sent', { is: 'notSent', why: 'x' }],
    ['refused', failure('SBOX0004PL0101')],
    ['signed up without a number', success({ sign_status: 'SIGNED' })],
    ['of a new kind', success({ sign_status: 'MAYBE' })],
  ] as const)('that is %s is silence, never “not signed”', async (_, answer) => {
    expect((await asked(answer)).status).toBe('silent')
  })
})
