import { createPublicKey, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { hospitalWorld as world, json, keys, MORNING, visitView, type Reply } from './fixture.ts'

const payment = (revision: number, amountFen: number, state = 'held') => ({
  id: `p${revision}`,
  revision,
  state,
  doing: null,
  certain: true,
  amountFen,
  paidFen: 0,
  reason: null,
})
const orderView = (orderNo: string, ...payments: ReturnType<typeof payment>[]) => ({
  orderNo,
  title: 't',
  paidFen: 0,
  payments,
  extra: 'ignored',
  amountFen: payments.reduce((sum, one) => sum + one.amountFen, 0),
})
const VISIT = 'JC202611210001'
const ORDER = `${VISIT}D01`

/** A product that holds everything. */
const willing: Reply = ({ path, body }) => {
  if (path === '/visits') return json(visitView(VISIT))
  if (path.endsWith('/orders')) {
    const { orderNo, revision, amountFen } = body as { orderNo: string; revision: number; amountFen: number }
    const earlier = revision === 1 ? [payment(0, 33_800)] : []
    return json({
      order: orderView(orderNo, ...earlier, payment(revision, amountFen)),
      prompt: '患者本次使用“信用就医”额度支付总费用',
    })
  }
  if (path.endsWith('/cancel')) return json({ order: orderView(ORDER, payment(0, 33_800, 'released')), prompt: null })
  if (path.endsWith('/finish')) return json(visitView(VISIT, [], 'finished'))
  return json(visitView(VISIT, [orderView(ORDER, payment(0, 33_800))]))
}

describe('calls to the product', () => {
  it('carry an ES256 token of two minutes that the institution’s public key verifies', async () => {
    const { hospital, calls } = world(willing)
    await hospital.startVisit(VISIT, true)
    const [head = '', claims = '', signature = ''] = (calls[0]?.token ?? '').replace('Bearer ', '').split('.')
    const read = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString())
    expect(read(head)).toMatchObject({ alg: 'ES256', kid: 'jc-first-1' })
    expect(read(claims)).toMatchObject({
      iss: 'jc-first',
      aud: 'paycare',
      iat: MORNING / 1000,
      exp: MORNING / 1000 + 120,
    })
    const key = { key: createPublicKey(keys.institutions['jc-first'].publicKey), dsaEncoding: 'ieee-p1363' } as const
    expect(verify('sha256', Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, 'base64url'))).toBe(true)
  })

  it('send the visit, the order to the fen and only the difference of a dearer one', async () => {
    const { hospital, calls } = world(willing)
    await hospital.startVisit(VISIT, true)
    await hospital.order(VISIT, {
      title: '胃痛反酸检查',
      lines: [
        ['L009', 1],
        ['E004', 1],
        ['W001', 2],
      ],
    })
    await hospital.raise(VISIT, ORDER, { title: '加项', lines: [['L005', 2]] })
    expect(calls[0]?.body).toMatchObject({
      visitNo: VISIT,
      useCredit: true,
      startedAt: '2026-11-21T10:00:00.000+08:00',
      patient: { idType: '01', name: '陈静' },
    })
    expect(calls[1]).toMatchObject({
      path: `/visits/${VISIT}/orders`,
      body: { orderNo: ORDER, revision: 0, amountFen: 33_800 },
    })
    expect(calls[2]).toMatchObject({
      body: {
        orderNo: ORDER,
        revision: 1,
        amountFen: 10_800,
        items: [{ itemNo: 'L005', quantity: 2, unitPriceFen: 5400, amountFen: 10_800 }],
      },
    })
    expect(calls[1]?.key).toMatch(/^[0-9a-f-]{36}$/)
    expect(calls[1]?.key).not.toBe(calls[2]?.key)
  })

  it('repeat an unanswered order with the same key and the same body until it is answered', async () => {
    let lost = 2
    const { hospital, calls } = world((call) => (call.path.endsWith('/orders') && lost-- > 0 ? 'lost' : willing(call)))
    await hospital.startVisit(VISIT, true)
    await hospital.order(VISIT, { title: 'x', amountFen: 33_800 })
    await hospital.retry(VISIT)
    expect(hospital.visit(VISIT).requests.at(-1)?.state).toBe('open')
    await hospital.retry(VISIT)
    await hospital.retry(VISIT)
    const orders = calls.filter((call) => call.path.endsWith('/orders'))
    expect(orders).toHaveLength(3)
    expect(new Set(orders.map((call) => JSON.stringify([call.key, call.body]))).size).toBe(1)
    expect(hospital.visit(VISIT).requests.at(-1)?.state).toBe('answered')
  })

  it.each([500, 429])('treat HTTP %i as no answer and 422 as a refusal that is told', async (status) => {
    let answer = json({ code: 'X', detail: 'x' }, status)
    const { hospital } = world((call) => (call.path.endsWith('/orders') ? answer : willing(call)))
    await hospital.startVisit(VISIT, true)
    const order = await hospital.order(VISIT, { title: 'x', amountFen: 100 })
    expect(order.refusal).toBeNull()
    answer = json({ code: 'ORDER_TOO_LARGE', title: 't', detail: '金额过大', status: 422 }, 422)
    await hospital.retry(VISIT)
    expect(order.refusal).toBe('金额过大（ORDER_TOO_LARGE）')
    expect(hospital.billable(hospital.visit(VISIT))).toEqual([])
  })
})

describe('an order without an answer', () => {
  it('goes out again before its cancellation, never after', async () => {
    let lost = 2
    const { hospital, calls } = world((call) => (call.path.endsWith('/orders') && lost-- > 0 ? 'lost' : willing(call)))
    await hospital.startVisit(VISIT, true)
    await hospital.order(VISIT, { title: 'x', amountFen: 33_800 })
    await hospital.cancel(VISIT, ORDER)
    expect(calls.map((call) => call.path.split('/').at(-1))).toEqual(['visits', 'orders', 'orders'])
    await hospital.retry(VISIT)
    expect(calls.map((call) => call.path.split('/').at(-1))).toEqual(['visits', 'orders', 'orders', 'orders', 'cancel'])
    expect(hospital.visit(VISIT).requests.every((one) => one.state === 'answered')).toBe(true)
  })
})

describe('end of the visit', () => {
  it('names every order that still counts with its real amount', async () => {
    const { hospital, calls } = world(willing)
    await hospital.startVisit(VISIT, true)
    await hospital.order(VISIT, { title: 'x', amountFen: 33_800 })
    await expect(hospital.finish(VISIT, { [ORDER]: 33_801 })).rejects.toThrow('不能大于')
    await hospital.finish(VISIT, { [ORDER]: 30_000 })
    expect(calls.at(-1)).toMatchObject({
      path: `/visits/${VISIT}/finish`,
      body: { orders: [{ orderNo: ORDER, actualFen: 30_000 }] },
    })
    expect(hospital.visit(VISIT).state).toBe('finished')
  })

  it('leaves cancelled orders out', async () => {
    const { hospital, calls } = world(willing)
    await hospital.startVisit(VISIT, true)
    await hospital.order(VISIT, { title: 'x', amountFen: 33_800 })
    await hospital.cancel(VISIT, ORDER)
    await hospital.finish(VISIT)
    expect(calls.at(-1)?.body).toEqual({ orders: [] })
  })

  it('waits while a request has no answer', async () => {
    const { hospital } = world((call) => (call.path.endsWith('/orders') ? 'lost' : willing(call)))
    await hospital.startVisit(VISIT, true)
    await hospital.order(VISIT, { title: 'x', amountFen: 33_800 })
    await expect(hospital.finish(VISIT)).rejects.toThrow('再发一次')
  })
})

describe('the doctor’s page', () => {
  const form = (values: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams(values) })

  it('asks with the exact sentence, shows the exact banner and announces the total', async () => {
    const prompt = '您已签约“信用就医”，请确认本次挂号费用及后续可能产生医疗费用是否使用“信用就医”额度进行支付'
    const signed = { status: 'signed', quota: 'normal', mark: '信用就医', agreementTail: '0001', prompt }
    const { app } = world((call) => (call.path === '/credit-status' ? json(signed) : willing(call)))
    const text = async (path: string) => (await app.request(path)).text()
    expect(await text(`/jc-first/doctor?visit=${VISIT}`)).toContain(prompt)
    await app.request('/jc-first/doctor/start', form({ visit: VISIT, credit: 'yes' }))
    const after = await app.request('/jc-first/doctor/order', form({ visit: VISIT, title: '检查', amount: '338.00' }))
    const shown = await text(after.headers.get('location') ?? '')
    expect(shown).toContain('该患者本次就诊已确认使用“信用就医”服务')
    expect(shown).toContain('患者本次使用“信用就医”额度支付总费用')
    expect(shown).toContain('¥338.00')
    expect(shown).toContain('已锁定')
    expect(shown).not.toMatch(/<script>|style="|信用付/)
  })

  it('sends again on a reload, not on the form’s own redirect', async () => {
    const { app, calls } = world((call) => (call.path.endsWith('/orders') ? 'lost' : willing(call)))
    await app.request('/jc-first/doctor/start', form({ visit: VISIT, credit: 'yes' }))
    const after = await app.request('/jc-first/doctor/order', form({ visit: VISIT, title: '检查', amount: '1' }))
    const sent = () => calls.filter((call) => call.path.endsWith('/orders')).length
    expect(await (await app.request(after.headers.get('location') ?? '')).text()).toContain('再发一次')
    expect(sent()).toBe(1)
    await app.request(`/jc-first/doctor?visit=${VISIT}`)
    expect(sent()).toBe(2)
  })

  it('escapes what people type and refuses what is no amount', async () => {
    const { app } = world(willing)
    await app.request('/jc-first/doctor/start', form({ visit: VISIT, credit: 'yes' }))
    await app.request('/jc-first/doctor/order', form({ visit: VISIT, title: '<b>x', amount: '3' }))
    expect(await (await app.request(`/jc-first/doctor?visit=${VISIT}`)).text()).toContain('&lt;b&gt;x')
    const wrong = await app.request('/jc-first/doctor/order', form({ visit: VISIT, title: 'x', amount: '一百' }))
    expect(decodeURIComponent(wrong.headers.get('location') ?? '')).toContain('不是金额')
  })

  it('has a JSON twin for each button', async () => {
    const { app } = world(willing)
    const act = async (name: string, body: unknown) =>
      (await app.request(`/jc-first/actions/${name}`, { method: 'POST', body: JSON.stringify(body) })).json()
    expect(await act('start-visit', { visitNo: VISIT, useCredit: true })).toMatchObject({ state: 'open' })
    expect(await act('order', { visitNo: VISIT, set: 'stomach' })).toMatchObject({
      orderNo: ORDER,
      visit: { orders: [{ amountFen: 33_800, words: '已锁定' }] },
    })
    expect(await act('finish', { visitNo: VISIT })).toMatchObject({ visit: { state: 'finished' } })
    expect(await act('new-visit', { patientNo: 'JC00010021' })).toMatchObject({
      visitNo: 'JC202611210009',
      state: 'waiting',
    })
    expect(await (await app.request('/jc-first/visits')).json()).toMatchObject({ visits: { length: 9 } })
  })
})

describe('what the hospital serves', () => {
  it('matches a patient by name and number, for the product only', async () => {
    const { app } = world(willing)
    const ask = async (body: unknown, token = keys.hospitalApiToken) =>
      app.request('/jc-first/his/api/patients/match', {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
      })
    const person = { name: '陈静', idNumber: '990101198803120020' }
    expect((await ask(person, 'guess')).status).toBe(401)
    expect(await (await ask(person)).json()).toEqual({ found: true, patientNo: 'JC00010021', phone: '19900000001' })
    expect(await (await ask({ ...person, name: '陈净' })).json()).toEqual({
      found: false,
      patientNo: null,
      phone: null,
    })
    const info = await app.request('/yulin/his/api/institution', {
      headers: { authorization: `Bearer ${keys.hospitalApiToken}` },
    })
    expect(await info.json()).toMatchObject({ name: '玉林社区卫生服务中心' })
  })
})

describe('the real amounts, asked for in the evening', () => {
  const amountsOf = async (hospitalWorld: ReturnType<typeof world>, visitNo = VISIT) => {
    const answer = await hospitalWorld.ask(`/visits/${visitNo}/amounts`)
    return [answer.status, answer.status === 200 ? await answer.json() : null]
  }

  it('are those of the orders that stand; a visit that has not begun has none', async () => {
    const one = world(willing)
    expect(await amountsOf(one)).toEqual([404, null])
    await one.hospital.startVisit(VISIT, true)
    await one.hospital.order(VISIT, { amountFen: 33_800, title: 't' })
    expect(await amountsOf(one)).toEqual([200, { state: 'open', orders: [{ orderNo: ORDER, actualFen: 33_800 }] }])
    await one.hospital.cancel(VISIT, ORDER)
    expect(await amountsOf(one)).toEqual([200, { state: 'open', orders: [] }])
  })

  it('are the doctor’s once the visit has ended, also while the product has not heard of it', async () => {
    let isLost = true
    const one = world((call) => (call.path.endsWith('/finish') && isLost ? 'lost' : willing(call)))
    await one.hospital.startVisit(VISIT, true)
    await one.hospital.order(VISIT, { amountFen: 33_800, title: 't' })
    await one.hospital.finish(VISIT, { [ORDER]: 700 })
    const ended = [200, { state: 'finished', orders: [{ orderNo: ORDER, actualFen: 700 }] }]
    expect(await amountsOf(one)).toEqual(ended)
    isLost = false
    await one.hospital.retry(VISIT)
    expect(await amountsOf(one)).toEqual(ended)
  })

  it('can be set by hand, and go missing like any answer', async () => {
    const one = world()
    const stated = { state: 'finished', orders: [{ orderNo: 'X', actualFen: 1 }] } as const
    const init = { method: 'POST', body: JSON.stringify({ visitNo: 'V9', amounts: stated }) }
    expect(await (await one.app.request('http://hospital.test/jc-first/actions/amounts', init)).json()).toEqual({
      amounts: stated,
    })
    expect(await amountsOf(one, 'V9')).toEqual([200, stated])
    one.hospital.faults.add({ api: 'amounts', kind: 'dead', times: 1 })
    expect((await amountsOf(one, 'V9'))[0]).toBe(444)
    expect((await amountsOf(one, 'V9'))[0]).toBe(200)
  })
})
