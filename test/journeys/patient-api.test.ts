import { createApp } from '@paycare/bff/app.ts'
import { integer, query, statement } from '@paycare/bff/db/unit.ts'
import type { AskRefund, PaymentDetail, Problem, VisitDetail } from '@paycare/shared/contract'
import { guardHeader, paths, signInPath, type OperationName } from '@paycare/shared/paths'
import { creditConsentVersion } from '@paycare/shared/text'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { seedPeople } from '../sandbox/index.ts'
import { AppClient } from '../world/app-client.ts'
import { personNamed } from '../world/his-client.ts'
import { formsOf } from '../world/secret-forms.ts'
import { World } from '../world/world.ts'
import { RegistrationDesk } from './registration-desk.ts'

let world: World
let chen: AppClient
let liu: AppClient
/** What 陈静 owns and 刘洋 must not see. */
const own = { cardId: '', visitId: '', paymentId: '' }
beforeAll(async () => {
  world = await World.start()
  const his = world.his()
  await his.start('P1', '陈静')
  await his.order('P1', { orderNo: 'P1-1', amountFen: 12_345 })
  chen = await world.signIn('oDemo-chenjing')
  liu = await world.signIn('oDemo-liuyang')
  const [card] = (await chen.call('listCards')).cards
  own.cardId = card?.id ?? ''
  const [visit] = (await chen.call('listVisits', { query: { cardId: own.cardId, filter: 'all' } })).visits
  own.visitId = visit?.id ?? ''
  const detail = await chen.call('readVisit', { params: { visitId: own.visitId } })
  own.paymentId = detail.orders[0]?.payments[0]?.id ?? ''
})
afterEach(() => world.sandbox.bank.faults.clear())
afterAll(() => world.close())

const queries = (): number => world.sandbox.bank.journal().filter((row) => row.api === 'querySign').length
const codeOf = (body: unknown): string => (body as Problem).code
const inputOf = (cardId: string, visitId: string, paymentId: string) => ({
  query: { cardId, filter: 'all' },
  params: { visitId, paymentId },
})

describe('without a session', () => {
  const guarded = (Object.keys(paths) as OperationName[]).filter(
    (name) => !['openSession', 'closeSession', 'listInstitutions'].includes(name),
  )

  it.each(guarded)('%s is refused', async (name) => {
    const input = inputOf(own.cardId, own.visitId, own.paymentId)
    const body = paths[name][0] === 'POST' ? { body: {} } : {}
    const answer = await AppClient.stranger(world.url).try(name, { ...input, ...body })
    expect([answer.status, codeOf(answer.body)]).toEqual([401, 'SESSION_REQUIRED'])
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
  })

  it.each(['nonsense', 'e30.e30.e30', ''])('the token %j is none', async (token) => {
    const headers = { authorization: `Bearer ${token}` }
    const answer = await AppClient.stranger(world.url).request('GET', '/api/cards', undefined, headers)
    expect(answer.status).toBe(401)
  })
})

describe('what belongs to somebody else', () => {
  const cases = [
    ['readHome', 'cardId', 'CARD_NOT_FOUND'],
    ['readCreditStatus', 'cardId', 'CARD_NOT_FOUND'],
    ['listVisits', 'cardId', 'CARD_NOT_FOUND'],
    ['readVisit', 'visitId', 'VISIT_NOT_FOUND'],
    ['readVisitFees', 'visitId', 'VISIT_NOT_FOUND'],
    ['readPayment', 'paymentId', 'PAYMENT_NOT_FOUND'],
    ['listDepartments', 'cardId', 'CARD_NOT_FOUND'],
    ['listRegistrations', 'cardId', 'CARD_NOT_FOUND'],
  ] as const

  it.each(cases)('%s answers as if it did not exist', async (name, _key, code) => {
    const mine = await chen.try(name, inputOf(own.cardId, own.visitId, own.paymentId))
    expect(mine.status).toBe(200)
    const theirs = await liu.try(name, inputOf(own.cardId, own.visitId, own.paymentId))
    const absent = await liu.try(name, inputOf('card_absent', 'vis_absent', 'pay_absent'))
    expect([theirs.status, codeOf(theirs.body)]).toEqual([404, code])
    const withoutId = (body: unknown) => ({ ...(body as Problem), requestId: '' })
    expect(withoutId(theirs.body)).toEqual(withoutId(absent.body))
    expect(theirs.status).toBe(absent.status)
  })

  it('cannot be consented to either, and nobody asks the bank', async () => {
    const asked = queries()
    const body = { cardId: own.cardId, version: creditConsentVersion, agree: true }
    const answer = await liu.try('agreeToCredit', { body })
    expect([answer.status, codeOf(answer.body)]).toEqual([404, 'CARD_NOT_FOUND'])
    expect(queries()).toBe(asked)
  })
})

describe('the home page without a card’s number', () => {
  it('is the page of the account’s first card, and says whose it is', async () => {
    const home = await chen.call('readHome')
    const { cards } = await chen.call('listCards')
    expect(home.card).toEqual(cards[0])
    expect(home).toEqual({ ...(await chen.call('readHome', { query: { cardId: own.cardId } })), nowMs: home.nowMs })
    expect(home.next).not.toEqual([])
  })

  it('is empty for nobody', async () => {
    expect(await AppClient.stranger(world.url).call('readHome')).toMatchObject({ card: null, next: [] })
  })

  it('is refused to a session that is over', async () => {
    const headers = { authorization: 'Bearer nonsense' }
    const answer = await AppClient.stranger(world.url).request('GET', '/api/home', undefined, headers)
    expect([answer.status, codeOf(await answer.json())]).toEqual([401, 'SESSION_REQUIRED'])
  })
})

describe('consent', () => {
  it('comes first: before it nobody asks the bank; after it the answer is the bank’s', async () => {
    const app = await world.signIn('oDemo-chenguo')
    const [card] = (await app.call('listCards')).cards
    const cardId = card?.id ?? ''
    const asked = queries()
    const before = await app.call('readCreditStatus', { query: { cardId } })
    expect(before).toMatchObject({ state: 'consentNeeded', quota: null, role: null, agreementTail: null })
    const outdated = await app.try('agreeToCredit', { body: { cardId, version: '2020-01', agree: true } })
    expect([outdated.status, codeOf(outdated.body)]).toEqual([409, 'CONSENT_OUTDATED'])
    const declined = await app.try('agreeToCredit', { body: { cardId, version: creditConsentVersion, agree: false } })
    expect([declined.status, codeOf(declined.body)]).toEqual([422, 'REQUEST_INVALID'])
    expect((await app.call('readCreditStatus', { query: { cardId } })).state).toBe('consentNeeded')
    expect(queries()).toBe(asked)
    const after = await app.call('agreeToCredit', { body: { cardId, version: creditConsentVersion, agree: true } })
    expect(after).toMatchObject({ state: 'signed', role: 'family', quota: 'normal' })
    expect(queries()).toBe(asked + 1)
  })

  it('given twice is the first one', async () => {
    const body = { cardId: own.cardId, version: creditConsentVersion, agree: true } as const
    const first = await chen.call('agreeToCredit', { body })
    world.clock.step(world.clock.now() + 1_000)
    expect((await chen.call('agreeToCredit', { body })).consentedAtMs).toBe(first.consentedAtMs)
  })

  it('does not make a silent bank say “not signed”', async () => {
    const body = { cardId: own.cardId, version: creditConsentVersion, agree: true } as const
    await chen.call('agreeToCredit', { body })
    world.sandbox.bank.faults.add({ api: 'querySign', times: 1, kind: 'DROP_BEFORE' })
    const status = await chen.call('readCreditStatus', { query: { cardId: own.cardId } })
    expect(status).toMatchObject({ state: 'silent', quota: null })
  })
})

describe('a cookie', () => {
  it('that would change something needs the header of the app', async () => {
    const body = JSON.stringify({ cardId: own.cardId, version: creditConsentVersion, agree: true })
    for (const [method, path] of [
      ['POST', '/api/credit/consents'],
      ['POST', '/api/cards'],
      ['DELETE', '/api/session'],
    ] as const) {
      const forged = await chen.request(method, path, method === 'DELETE' ? undefined : body, {
        [guardHeader.name]: '',
      })
      expect([forged.status, codeOf(await forged.json())], path).toEqual([403, 'SESSION_FORGED'])
    }
    expect((await chen.try('readSession')).status).toBe(200)
  })

  it('is out of reach of scripts and of other sites', async () => {
    const stranger = AppClient.stranger(world.url)
    const leave = await stranger.request('GET', signInPath)
    const cookies = leave.headers.getSetCookie()
    expect(cookies).not.toEqual([])
    for (const cookie of cookies) expect(cookie).toMatch(/HttpOnly.*SameSite=Lax|SameSite=Lax.*HttpOnly/i)
  })
})

describe('signing in', () => {
  const callback = '/api/session/callback'
  const begin = async (back = '/') => {
    const app = AppClient.stranger(world.url)
    const leave = await app.request('GET', `${signInPath}?return=${encodeURIComponent(back)}`)
    return { app, authorize: new URL(leave.headers.get('location') ?? '') }
  }
  /** Chooses a person on WeChat's page; answers the way back. */
  async function choose(authorize: URL): Promise<URL> {
    const page = await (await fetch(authorize)).text()
    const action = /action="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const body = new URLSearchParams({ openid: 'oDemo-lixiao' })
    const pressed = await fetch(new URL(action, authorize), { method: 'POST', body, redirect: 'manual' })
    return new URL(pressed.headers.get('location') ?? '')
  }

  it('gives a new account an empty home page', async () => {
    const { app, authorize } = await begin()
    const back = await choose(authorize)
    expect((await app.request('GET', back.pathname + back.search)).status).toBe(302)
    expect((await app.call('readSession')).cards).toEqual([])
    expect(await app.call('readHome')).toMatchObject({ card: null, next: [] })
  })

  it('with another state than the one that left is refused', async () => {
    const { app, authorize } = await begin()
    const back = await choose(authorize)
    back.searchParams.set('state', 'trip_forged')
    const landed = await app.request('GET', back.pathname + back.search)
    expect([landed.status, codeOf(await landed.json())]).toEqual([401, 'SESSION_CODE_INVALID'])
    expect((await app.try('readSession')).status).toBe(401)
  })

  it('in a browser that never left is refused', async () => {
    const back = await choose((await begin()).authorize)
    const landed = await AppClient.stranger(world.url).request('GET', back.pathname + back.search)
    expect([landed.status, codeOf(await landed.json())]).toEqual([401, 'SESSION_CODE_INVALID'])
    expect(landed.headers.getSetCookie().join()).not.toContain('paycare_session=e')
  })

  it('with a code that WeChat does not know is refused', async () => {
    const { app, authorize } = await begin()
    const state = authorize.searchParams.get('state') ?? ''
    const landed = await app.request('GET', `${callback}?code=invented&state=${state}`)
    expect([landed.status, codeOf(await landed.json())]).toEqual([401, 'SESSION_CODE_INVALID'])
  })

  it.each([
    ['/pages/visits/index?cardId=1', '/pages/visits/index?cardId=1'],
    ['https://evil.test/', '/'],
    ['//evil.test/', '/'],
    ['/\\evil.test/', '/'],
    ['/\t/evil.test', '/'],
    ['/%0d%0aset-cookie:a=b', null],
    ['javascript:alert(1)', '/'],
    ['evil.test', '/'],
    ['/../..//evil.test', null],
    ['/./@evil.test', '/'],
  ])('leads back to %j inside the site only', async (wanted, expected) => {
    const { app, authorize } = await begin(wanted)
    const back = await choose(authorize)
    const landed = await app.request('GET', back.pathname + back.search)
    expect(landed.status).toBe(302)
    const location = landed.headers.get('location') ?? ''
    if (expected !== null) expect(location).toBe(expected)
    expect(new URL(location, world.url).origin).toBe(world.url)
    expect(landed.headers.get('set-cookie')).not.toContain('a=b')
  })

  it('ends with signing out: the same token is worth nothing afterwards', async () => {
    const { app, authorize } = await begin()
    const back = await choose(authorize)
    const landed = await app.request('GET', back.pathname + back.search)
    const cookie = landed.headers.getSetCookie().find((line) => line.startsWith('paycare_session=')) ?? ''
    const token = cookie.slice('paycare_session='.length).split(';')[0] ?? ''
    const withToken = () =>
      AppClient.stranger(world.url).request('GET', '/api/session', undefined, { authorization: `Bearer ${token}` })
    expect((await withToken()).status).toBe(200)
    expect((await app.try('closeSession')).status).toBe(204)
    expect((await withToken()).status).toBe(401)
    expect((await app.try('readSession')).status).toBe(401)
  })
})

describe('a card', () => {
  it('is bound only for somebody whom the hospital knows, and only once', async () => {
    const { idNumber } = personNamed('刘洋')
    const bind = (over: object) =>
      liu.try('bindCard', { body: { institution: 'jc-first', name: '刘洋', idNumber, relation: 'self', ...over } })
    const before = (await liu.call('listCards')).cards
    expect((await bind({})).status).toBe(200)
    expect((await liu.call('listCards')).cards).toEqual(before)
    for (const [over, status, code] of [
      [{ name: '刘杨' }, 404, 'CARD_NO_RECORD'],
      [{ institution: 'nowhere' }, 404, 'CARD_NO_RECORD'],
      [{ idNumber: `${idNumber.slice(0, 17)}${idNumber.endsWith('1') ? '2' : '1'}` }, 422, 'CARD_ID_INVALID'],
      [{ idNumber: '1' }, 422, 'REQUEST_INVALID'],
    ] as const) {
      const answer = await bind(over)
      expect([answer.status, codeOf(answer.body)]).toEqual([status, code])
    }
    expect((await liu.call('listCards')).cards).toEqual(before)
  })
})

describe('identity', () => {
  it('stands in no answer, no log line and nowhere in the database', async () => {
    const seen: string[] = []
    const keep = async (answer: Promise<{ status: number; body: unknown }>): Promise<void> => {
      const { status, body } = await answer
      expect(status).toBeLessThan(300)
      seen.push(JSON.stringify(body))
    }
    const { query: shown, params } = inputOf(own.cardId, own.visitId, own.paymentId)
    const agreed = { cardId: own.cardId, version: creditConsentVersion, agree: true }
    await keep(chen.try('agreeToCredit', { body: agreed }))
    const body = await (await RegistrationDesk.come(chen)).body()
    const key = 'identity-scan'
    const made = await chen.call('openRegistration', { body, key })
    const { id: registrationId, departmentNo, appointment } = made
    const ids = { registrationId, departmentNo, slotNo: appointment.slotNo, key }
    await keep(chen.try('openCreditJump', { body: { cardId: own.cardId, purpose: 'sign', target: 'h5' } }))
    await keep(world.his().finish('P1', { 'P1-1': 12_000 }))
    await keep(world.his().visit('P1'))
    const target = { kind: 'visit', id: own.visitId } as const
    const wish: AskRefund = { target, cause: 'notDone', items: [{ orderNo: 'P1-1', itemNo: 'L001', amountFen: 100 }] }
    const refund = await chen.call('askRefund', { body: wish, key: 'identity-refund' })
    await keep(world.his().call('GET', `/refunds/${refund.requestNo}`))
    const input = { query: { ...shown, ...target }, params: { ...params, ...ids, refundId: refund.id } }
    seen.push(JSON.stringify(made), JSON.stringify(refund))
    for (const name of Object.keys(paths) as OperationName[]) {
      if (paths[name][0] === 'GET') await keep(chen.try(name, input))
    }
    const bad = await world.his().call('POST', '/visits', { patient: { name: '陈静' } })
    seen.push(JSON.stringify(bad.body))
    const secrets = seedPeople.flatMap(({ name, idNumber, openid, phone, credit }) => [
      name,
      idNumber,
      openid,
      phone,
      ...(credit.kind === 'principal' ? [credit.agreementNo] : []),
    ])
    const places = { answers: seen.join('\n'), log: world.logLines.join('\n') }
    const database = world.databaseBytes()
    for (const form of secrets.flatMap(formsOf)) {
      expect(places.answers.includes(form), `answers: ${form}`).toBe(false)
      expect(places.log.includes(form), `log: ${form}`).toBe(false)
      expect(database.includes(form), `database: ${form}`).toBe(false)
    }
  })

  it('would be found if it were there', async () => {
    const control = '控制人·甲'
    const forms = formsOf(control)
    const insert = statement('insert into account (id, openid_hash, created_at) values (:id, :text, 1)')
    for (const [at, text] of forms.entries()) {
      await world.x.store.run(() => query(insert, { id: `control_${at}`, text }))
      world.x.log.info({ text }, 'control')
    }
    const database = world.databaseBytes()
    for (const form of forms) {
      expect(database.includes(form), form).toBe(true)
      expect(world.logLines.map((line) => (JSON.parse(line) as { text?: string }).text)).toContain(form)
    }
  })

  it('is masked where a person reads it', async () => {
    const { card } = await chen.call('readVisit', { params: { visitId: own.visitId } })
    expect(card).toMatchObject({ name: '陈*', patientNoTail: '0021', age: 38 })
  })
})

describe('a payment as the patient reads it', () => {
  it('is the same in the visit, by itself and at the bank', async () => {
    const visit: VisitDetail = await chen.call('readVisit', { params: { visitId: own.visitId } })
    const detail: PaymentDetail = await chen.call('readPayment', { params: { paymentId: own.paymentId } })
    const { id, amountFen, paidFen, releasedFen, row, state } = detail
    expect(visit.orders[0]?.payments).toEqual([
      expect.objectContaining({ id, amountFen, paidFen, releasedFen, row, state }),
    ])
    const lock = world.sandbox.bank.locks().find((one) => one.orderNo === 'P1-1')
    expect([lock?.amountFen, lock?.confirmedFen]).toEqual([amountFen, paidFen])
    expect(visit.totals).toMatchObject({ paidFen, releasedFen })
  })
})

describe('the process', () => {
  const get = (path: string) => fetch(world.url + path)

  it('describes every route of the app and of HIS', async () => {
    const document = (await (await get('/openapi.json')).json()) as { paths: Record<string, Record<string, unknown>> }
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const his = [
      'POST /his/v1/credit-status',
      'POST /his/v1/visits',
      'GET /his/v1/registrations/{registrationNo}',
      'GET /his/v1/visits/{visitNo}',
      'POST /his/v1/visits/{visitNo}/orders',
      'POST /his/v1/visits/{visitNo}/orders/{orderNo}/cancel',
      'POST /his/v1/visits/{visitNo}/finish',
      'GET /his/v1/refunds',
      'POST /his/v1/refunds',
      'GET /his/v1/refunds/{refundNo}',
      'POST /his/v1/refunds/{refundNo}/decision',
      'POST /his/v1/refunds/{refundNo}/approval',
      'POST /his/v1/refunds/{refundNo}/resend',
      'GET /his/v1/merchant-balance',
      'GET /his/v1/window-registrations/{windowRegistrationNo}',
      'PUT /his/v1/window-registrations/{windowRegistrationNo}',
      'POST /his/v1/window-registrations/{windowRegistrationNo}/cancel',
      'GET /his/v1/deliveries',
      'POST /his/v1/deliveries/{id}/redeliver',
    ]
    const app = Object.values(paths).map(([method, path]) => `${method} ${path}`)
    expect(described.sort()).toEqual([...his, ...app].sort())
  })

  it('is alive and ready; while it drains it is alive and not ready', async () => {
    expect((await get('/livez')).status).toBe(200)
    expect((await get('/readyz')).status).toBe(200)
    const draining = createApp(world.x, { ready: false })
    expect((await draining.request('/livez')).status).toBe(200)
    expect((await draining.request('/readyz')).status).toBe(503)
  })

  it('answers an unknown route as a problem and lets no page frame it', async () => {
    const answer = await get('/api/nothing')
    expect([answer.status, codeOf(await answer.json())]).toEqual([404, 'ROUTE_NOT_FOUND'])
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  })

  it('counts every sign-in of one person as one account', async () => {
    await world.signIn('oDemo-chenjing')
    const [row] = await world.x.store.read(() =>
      query(statement('select count(*) as n from account where openid_hash = :hash'), {
        hash: world.x.vault.hash('openid', 'oDemo-chenjing'),
      }),
    )
    expect(row && integer(row, 'n')).toBe(1)
  })
})
