import { randomUUID } from 'node:crypto'
import type { HisCreditStatus, HisOrderAnswer, HisVisit, Problem } from '@paycare/shared/contract'
import { integer, query, statement } from '@paycare/bff/db/unit.ts'
import { errorTexts } from '@paycare/shared/text'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { orderOf, personNamed, startOf, type Answer } from '../world/his-client.ts'
import { World } from '../world/world.ts'

let world: World
let visits = 0
let visitNo = ''
let orderNo = ''
beforeAll(async () => {
  world = await World.start()
})
beforeEach(() => {
  visits += 1
  visitNo = `H${visits}`
  orderNo = `${visitNo}-1`
})
afterEach(() => world.sandbox.bank.faults.clear())
afterAll(async () => {
  expect(world.sandbox.bank.invariants()).toEqual({ ok: true, violations: [] })
  await world.close()
})

const his = () => world.his()
const locksOf = (no = orderNo) => world.sandbox.bank.locks().filter((lock) => lock.orderNo === no)
const tables = ['visit', 'person', 'bill', 'payment', 'attempt', 'journal', 'idempotency', 'exchange', 'work_item']

/** How many rows each table has. */
async function counts(): Promise<Record<string, number>> {
  const rows: Record<string, number> = {}
  for (const table of tables) {
    const [row] = await world.x.store.read(() => query(statement(`select count(*) as n from ${table}`), {}))
    rows[table] = row ? integer(row, 'n') : -1
  }
  return rows
}

/** The answer must be a problem in the one form, and nothing may have been stored. */
async function refusedWithoutTrace(ask: () => Promise<Answer<unknown>>, status: number, code: string): Promise<void> {
  const before = await counts()
  const { body, ...answer } = await ask()
  expect([answer.status, (body as Problem).code]).toEqual([status, code])
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
  const requestId = answer.headers.get('x-request-id')
  expect(requestId).toMatch(/\S/)
  const detail = errorTexts[code as keyof typeof errorTexts]
  expect(body).toMatchObject({ status, title: code, detail, requestId })
  expect(await counts()).toEqual(before)
}

/** A visit of a patient with room in the quota, on credit, with one order. */
async function started(amountFen?: number): Promise<void> {
  expect((await his().start(visitNo, '阿卜杜热合曼·买买提江')).status).toBe(200)
  if (amountFen !== undefined) expect((await his().order(visitNo, { orderNo, amountFen })).status).toBe(200)
}

describe('an order', () => {
  it('sent twice is one bill and one lock, under the same key and under another', async () => {
    await started()
    const first = await his().order(visitNo, { orderNo, amountFen: 1_000 }, 'key-1')
    const before = await counts()
    for (const key of ['key-1', 'key-2', 'key-2']) {
      const again = await his().order(visitNo, { orderNo, amountFen: 1_000 }, key)
      expect([again.status, again.body]).toEqual([200, first.body])
    }
    expect(await counts()).toEqual({ ...before, idempotency: (before['idempotency'] ?? 0) + 1 })
    expect(locksOf().map((lock) => lock.amountFen)).toEqual([1_000])
  })

  it('sent several times at once is one bill and one lock', async () => {
    await started()
    const send = () => his().order(visitNo, { orderNo, amountFen: 1_000 })
    const answers = await Promise.all([send(), send(), send(), send()])
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200])
    expect(locksOf()).toHaveLength(1)
  })

  it('with another amount under the same number is refused', async () => {
    await started(1_000)
    await refusedWithoutTrace(() => his().order(visitNo, { orderNo, amountFen: 999 }), 422, 'ORDER_CHANGED')
    expect(locksOf().map((lock) => lock.amountFen)).toEqual([1_000])
  })

  it('with another content of the same amount is refused', async () => {
    await started(1_000)
    const other = () => his().order(visitNo, { orderNo, amountFen: 1_000, title: '检查' })
    await refusedWithoutTrace(other, 422, 'ORDER_CHANGED')
  })

  it('under a key that belongs to another order is refused', async () => {
    await started()
    await his().order(visitNo, { orderNo, amountFen: 1_000 }, `${visitNo}-key`)
    const other = () => his().order(visitNo, { orderNo: `${visitNo}-2`, amountFen: 1_000 }, `${visitNo}-key`)
    await refusedWithoutTrace(other, 422, 'IDEMPOTENCY_KEY_REUSED')
  })

  it('under the number of an order of another visit is refused', async () => {
    await started(1_000)
    const other = `${visitNo}B`
    await his().start(other, '刘洋')
    await refusedWithoutTrace(() => his().order(other, { orderNo, amountFen: 1_000 }), 422, 'ORDER_CHANGED')
    const revision = () => his().order(other, { orderNo, amountFen: 500, revision: 1 })
    await refusedWithoutTrace(revision, 422, 'ORDER_CHANGED')
  })

  it('beyond the quota is refused with the reason, and the others stay locked', async () => {
    await his().start(visitNo, '赵桂兰')
    await his().order(visitNo, { orderNo, amountFen: 4_000 })
    const second = `${visitNo}-2`
    const { body } = await his().order(visitNo, { orderNo: second, amountFen: 4_000 })
    expect(body.order.payments).toEqual([
      expect.objectContaining({
        state: 'declined',
        certain: true,
        paidFen: 0,
        reason: { code: 'SBOX0004PL0103', text: errorTexts.SBOX0004PL0103 },
      }),
    ])
    const visit = await his().visit(visitNo)
    expect(visit.body.totals).toEqual({ lockedFen: 4_000, paidFen: 0, releasedFen: 0, pendingFen: 0 })
    const finished = await his().finish(visitNo, { [orderNo]: 4_000, [second]: 0 })
    expect(finished.body.totals).toEqual({ lockedFen: 0, paidFen: 4_000, releasedFen: 0, pendingFen: 0 })
  })

  it.each([
    ['less', [400, 599]],
    ['more', [400, 601]],
    ['far more than can be counted', [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]],
  ])('whose items add up to %s than its amount is refused', async (_, parts) => {
    await started()
    const [item] = orderOf({ orderNo, amountFen: 1_000 }).items
    const items = parts.map((amountFen) => ({ ...item, amountFen }) as never)
    await refusedWithoutTrace(
      () => his().order(visitNo, { orderNo, amountFen: 1_000, items }),
      422,
      'ORDER_TOTAL_DIFFERS',
    )
  })

  it.each([
    ['an amount of 0', { amountFen: 0 }],
    ['a negative amount', { amountFen: -1 }],
    ['an amount with a fraction', { amountFen: 10.5 }],
    ['an amount beyond ten digits of yuan', { amountFen: 1_000_000_000_000 }],
    ['no items', { items: [] }],
    ['an order number with a slash', { orderNo: 'a/b' }],
  ])('with %s is refused', async (_, over) => {
    await started()
    const order = { ...orderOf({ orderNo, amountFen: 1_000 }), ...over }
    await refusedWithoutTrace(() => his().call('POST', `/visits/${visitNo}/orders`, order), 422, 'REQUEST_INVALID')
  })

  it('of a visit that nobody started is refused', async () => {
    await refusedWithoutTrace(() => his().order(visitNo, { orderNo, amountFen: 1 }), 404, 'VISIT_NOT_FOUND')
  })
})

describe('an order that becomes dearer', () => {
  it('is locked a second time for the difference, and the visit settles as one', async () => {
    await started(1_000)
    const dearer = await his().order(visitNo, { orderNo, amountFen: 300, revision: 1 })
    expect(dearer.body.order).toMatchObject({ amountFen: 1_300, payments: [{ revision: 0 }, { revision: 1 }] })
    expect(locksOf().map((lock) => lock.amountFen)).toEqual([1_000, 300])
    const finished = await his().finish(visitNo, { [orderNo]: 1_200 })
    expect(finished.body).toMatchObject({
      state: 'finished',
      totals: { lockedFen: 0, paidFen: 1_200, releasedFen: 100, pendingFen: 0 },
      orders: [{ amountFen: 1_300, paidFen: 1_200 }],
    })
    expect(locksOf().map((lock) => lock.confirmedFen)).toEqual([1_000, 200])
  })

  it('loses the second lock when the first was enough', async () => {
    await started(1_000)
    await his().order(visitNo, { orderNo, amountFen: 300, revision: 1 })
    const finished = await his().finish(visitNo, { [orderNo]: 1_000 })
    expect(finished.body.totals).toEqual({ lockedFen: 0, paidFen: 1_000, releasedFen: 300, pendingFen: 0 })
    expect(locksOf().map((lock) => lock.state)).toEqual(['CONFIRMED', 'CANCELLED'])
  })

  it('may not skip a revision, nor begin with one', async () => {
    await started(1_000)
    const skipped = () => his().order(visitNo, { orderNo, amountFen: 300, revision: 2 })
    await refusedWithoutTrace(skipped, 422, 'ORDER_REVISION_SKIPPED')
    const headless = () => his().order(visitNo, { orderNo: `${visitNo}-9`, amountFen: 300, revision: 1 })
    await refusedWithoutTrace(headless, 422, 'ORDER_REVISION_SKIPPED')
  })

  it('may not come after it was cancelled', async () => {
    await started(1_000)
    await his().cancel(visitNo, orderNo)
    const after = () => his().order(visitNo, { orderNo, amountFen: 300, revision: 1 })
    await refusedWithoutTrace(after, 409, 'ORDER_CANCELLED')
  })
})

describe('a cancelled order', () => {
  it('is released at the bank, all revisions, and cancelling again changes nothing', async () => {
    await started(1_000)
    await his().order(visitNo, { orderNo, amountFen: 300, revision: 1 })
    const cancelled = await his().cancel(visitNo, orderNo)
    expect(cancelled.body.order.payments.map((one) => one.state)).toEqual(['released', 'released'])
    expect(locksOf().map((lock) => lock.state)).toEqual(['CANCELLED', 'CANCELLED'])
    const before = await counts()
    expect((await his().cancel(visitNo, orderNo)).status).toBe(200)
    expect(await counts()).toEqual({ ...before, idempotency: (before['idempotency'] ?? 0) + 1 })
  })

  it('cannot be one that was deducted, or one that does not exist', async () => {
    await started(1_000)
    await refusedWithoutTrace(() => his().cancel(visitNo, `${visitNo}-9`), 404, 'ORDER_NOT_FOUND')
    await his().finish(visitNo, { [orderNo]: 1_000 })
    await refusedWithoutTrace(() => his().cancel(visitNo, orderNo), 409, 'PAYMENT_SETTLED')
  })
})

describe('the end of a visit', () => {
  it('deducts what was used and releases the rest, order by order', async () => {
    await started(1_000)
    await his().order(visitNo, { orderNo: `${visitNo}-2`, amountFen: 500 })
    const finished = await his().finish(visitNo, { [orderNo]: 999, [`${visitNo}-2`]: 0 })
    expect(finished.body.totals).toEqual({ lockedFen: 0, paidFen: 999, releasedFen: 501, pendingFen: 0 })
    expect(locksOf()[0]).toMatchObject({ state: 'CONFIRMED', confirmedFen: 999 })
    expect(locksOf(`${visitNo}-2`)[0]).toMatchObject({ state: 'CANCELLED', confirmedFen: 0 })
  })

  it('told twice is one end; told differently it is refused', async () => {
    await started(1_000)
    const first = await his().finish(visitNo, { [orderNo]: 900 })
    const again = await his().finish(visitNo, { [orderNo]: 900 })
    expect([again.status, again.body]).toEqual([200, first.body])
    await refusedWithoutTrace(() => his().finish(visitNo, { [orderNo]: 800 }), 409, 'VISIT_FINISHED')
    await refusedWithoutTrace(() => his().order(visitNo, { orderNo: 'late', amountFen: 1 }), 409, 'VISIT_FINISHED')
    expect(locksOf()[0]).toMatchObject({ confirmedFen: 900 })
  })

  it('must give the amount of every order, of no other, and once each', async () => {
    await started(1_000)
    await refusedWithoutTrace(() => his().finish(visitNo, {}), 422, 'FINISH_ORDER_MISSING')
    const unknown = () => his().finish(visitNo, { [orderNo]: 1_000, other: 5 })
    await refusedWithoutTrace(unknown, 422, 'ORDER_NOT_FOUND')
    const twice = { orders: [1_000, 900].map((actualFen) => ({ orderNo, actualFen })) }
    await refusedWithoutTrace(() => his().call('POST', `/visits/${visitNo}/finish`, twice), 422, 'REQUEST_INVALID')
    expect(locksOf()[0]?.state).toBe('LOCKED')
  })

  it('may not deduct more than was locked, also not more than both locks of an order', async () => {
    await started(1_000)
    await refusedWithoutTrace(() => his().finish(visitNo, { [orderNo]: 1_001 }), 422, 'FINISH_OVER_LOCK')
    await his().order(visitNo, { orderNo, amountFen: 300, revision: 1 })
    await refusedWithoutTrace(() => his().finish(visitNo, { [orderNo]: 1_301 }), 422, 'FINISH_OVER_LOCK')
    expect(locksOf().map((lock) => lock.state)).toEqual(['LOCKED', 'LOCKED'])
  })

  it('of a visit that nobody started is refused', async () => {
    await refusedWithoutTrace(() => his().finish(visitNo, {}), 404, 'VISIT_NOT_FOUND')
  })
})

describe('the start of a visit', () => {
  it('told twice is one visit; told differently it is refused', async () => {
    const body = startOf(visitNo, '刘洋', world.clock.now())
    const first = await his().call<HisVisit>('POST', '/visits', body)
    const again = await his().call<HisVisit>('POST', '/visits', body)
    expect([again.status, again.body]).toEqual([200, first.body])
    const other = { ...body, department: '别的科' }
    await refusedWithoutTrace(() => his().call('POST', '/visits', other), 422, 'VISIT_CHANGED')
  })

  it('while the bank is silent stores no visit; told again it works', async () => {
    world.sandbox.bank.faults.add({ api: 'querySign', times: 1, kind: 'DROP_BEFORE' })
    const before = await counts()
    const silent = await his().start(visitNo, '刘洋')
    expect([silent.status, silent.body]).toMatchObject([503, { code: 'CREDIT_SILENT' }])
    // The question itself is kept for audit; it holds no identity.
    expect(await counts()).toEqual({ ...before, exchange: (before['exchange'] ?? 0) + 1 })
    const retried = await his().start(visitNo, '刘洋')
    expect([retried.status, retried.body]).toMatchObject([200, { credit: { inUse: true } }])
  })

  it('of somebody not signed up is a visit without credit, and an order there is refused', async () => {
    const { body } = await his().start(visitNo, '李晓')
    expect(body).toMatchObject({
      credit: { inUse: false, mark: null, reason: { code: 'CREDIT_NOT_SIGNED' } },
      prompt: null,
    })
    await refusedWithoutTrace(() => his().order(visitNo, { orderNo, amountFen: 1 }), 409, 'VISIT_NOT_ON_CREDIT')
  })

  it('of somebody who does not want credit asks the bank nothing', async () => {
    const asked = world.sandbox.bank.journal().length
    const { body } = await his().start(visitNo, '刘洋', { useCredit: false })
    expect(body).toMatchObject({ credit: { inUse: false, reason: { code: 'CREDIT_OPTED_OUT' } } })
    expect(world.sandbox.bank.journal()).toHaveLength(asked)
    await refusedWithoutTrace(() => his().order(visitNo, { orderNo, amountFen: 1 }), 409, 'VISIT_NOT_ON_CREDIT')
  })

  it('of a child on the mother’s quota carries the mark 亲情付', async () => {
    const { body } = await his().start(visitNo, '陈果')
    expect(body.credit).toEqual({ inUse: true, mark: '亲情付', reason: null })
    await his().order(visitNo, { orderNo, amountFen: 700 })
    expect(locksOf()[0]).toMatchObject({ state: 'LOCKED', amountFen: 700 })
  })
})

describe('the window’s question about credit', () => {
  const agreementOf = (name: string) => {
    const { credit } = personNamed(name)
    return credit.kind === 'principal' ? credit.agreementNo : null
  }
  const ask = (name: string) => {
    const { idNumber } = personNamed(name)
    const body = { patient: { name, idType: '01', idNumber }, scene: 'OUTP_WINDOW' }
    return his().call<HisCreditStatus>('POST', '/credit-status', body)
  }

  it('is answered with the exact prompt, the mark and the agreement number', async () => {
    expect((await ask('陈静')).body).toEqual({
      status: 'signed',
      quota: 'normal',
      mark: '信用就医',
      agreementNo: agreementOf('陈静'),
      agreementTail: '0001',
      prompt: '您已签约“信用就医”，请确认本次挂号费用及后续可能产生医疗费用是否使用“信用就医”额度进行支付',
    })
    expect((await ask('陈果')).body).toMatchObject({ mark: '亲情付', status: 'signed' })
    expect((await ask('王德福')).body).toMatchObject({ quota: 'overdue', status: 'signed' })
  })

  it('about somebody not signed up has no prompt', async () => {
    const nothing = { quota: null, mark: null, agreementNo: null, agreementTail: null, prompt: null }
    expect((await ask('李晓')).body).toEqual({ status: 'notSigned', ...nothing })
  })

  it('is not answered “not signed” when the bank is silent', async () => {
    world.sandbox.bank.faults.add({ api: 'querySign', times: 1, kind: 'HTTP_502_HTML' })
    const silent = await ask('陈静')
    expect([silent.status, silent.body]).toMatchObject([503, { code: 'CREDIT_SILENT' }])
  })
})

describe('a request that is not in order', () => {
  const path = () => `/visits/${visitNo}/orders`
  const order = () => orderOf({ orderNo, amountFen: 1_000 })

  it('without a key is refused, at every money route', async () => {
    await started(1_000)
    const without = { key: null }
    const missing = 'IDEMPOTENCY_KEY_MISSING'
    const finish = { orders: [{ orderNo, actualFen: 1_000 }] }
    await refusedWithoutTrace(() => his().call('POST', path(), order(), without), 400, missing)
    await refusedWithoutTrace(() => his().call('POST', `/visits/${visitNo}/finish`, finish, without), 400, missing)
    await refusedWithoutTrace(() => his().call('POST', `${path()}/${orderNo}/cancel`, {}, without), 400, missing)
  })

  it('that is no JSON is refused, and nothing of it is logged', async () => {
    await started()
    const raw = '{"title":"张控制",'
    await refusedWithoutTrace(() => his().call('POST', path(), undefined, { raw }), 400, 'REQUEST_MALFORMED')
    expect(world.logLines.join('')).not.toContain('张控制')
  })

  it('of 2 MB is refused', async () => {
    await started()
    const raw = JSON.stringify({ ...order(), title: 'x'.repeat(2 * 1024 * 1024) })
    await refusedWithoutTrace(() => his().call('POST', path(), undefined, { raw }), 413, 'REQUEST_TOO_LARGE')
  })

  it('with an expired token is told so; with any other bad token only that it is bad', async () => {
    await started()
    const send = (token: string) => () => his().call('POST', path(), order(), { token })
    await refusedWithoutTrace(send(await his().token({ ageS: 200 })), 401, 'HIS_TOKEN_EXPIRED')
    await refusedWithoutTrace(send(await his().token({ audience: 'other' })), 401, 'HIS_TOKEN_INVALID')
    await refusedWithoutTrace(send(await his().token({ issuer: 'yulin' })), 401, 'HIS_TOKEN_INVALID')
    await refusedWithoutTrace(send(await his().token({ kid: randomUUID() })), 401, 'HIS_TOKEN_INVALID')
    await refusedWithoutTrace(send('nonsense'), 401, 'HIS_TOKEN_INVALID')
  })

  it('for another institution’s visit is answered as for one that does not exist', async () => {
    await started(1_000)
    const other = world.his('yulin')
    const asks = (no: string): (() => Promise<Answer<unknown>>)[] => [
      () => other.visit(no),
      () => other.order(no, { orderNo: 'Y1', amountFen: 1 }),
      () => other.finish(no, { [orderNo]: 1_000 }),
      () => other.cancel(no, orderNo),
    ]
    for (const ask of [...asks(visitNo), ...asks('no-such-visit')])
      await refusedWithoutTrace(ask, 404, 'VISIT_NOT_FOUND')
    const { body } = await his().visit(visitNo)
    expect(body.totals.lockedFen).toBe(1_000)
  })

  it('to a route that does not exist is a problem too', async () => {
    await refusedWithoutTrace(() => his().call('GET', '/nothing'), 404, 'ROUTE_NOT_FOUND')
  })

  it('keeps the request id that HIS gave', async () => {
    const response = await fetch(`${world.url}/his/v1/visits/x`, { headers: { 'x-request-id': 'his-req-0001' } })
    const body = (await response.json()) as Problem
    expect([response.headers.get('x-request-id'), body.requestId]).toEqual(['his-req-0001', 'his-req-0001'])
  })

  it('may carry the same order number as another institution’s', async () => {
    await started(1_000)
    const other = world.his('yulin')
    await other.start(visitNo, '刘洋')
    const { status, body } = await other.order(visitNo, { orderNo, amountFen: 250 })
    expect([status, (body as HisOrderAnswer).order.amountFen]).toEqual([200, 250])
    expect(locksOf().map((lock) => lock.amountFen)).toEqual([1_000, 250])
  })
})
