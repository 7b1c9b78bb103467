import { beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { freeSlots, hospitalWorld, MORNING } from './fixture.ts'

const QUARTER_MS = 15 * 60_000
const returnUrl = 'http://product.test/packages/register/status/index?id=1&b=2'
const document = z.looseObject({
  state: z.string(),
  payment: z.string(),
  payUrl: z.string().nullable(),
  payUntil: z.string().nullable(),
  reservedUntil: z.string().nullable(),
})

let world: ReturnType<typeof hospitalWorld>

const say = async (call: string, body: object = {}) =>
  document.parse(await (await world.ask(`/registrations/reg_1/${call}`, body)).json())
const look = async () => document.parse(await (await world.ask('/registrations/reg_1')).json())
const book = () => say('book', { channel: 'credit', amountFen: 2_200, mark: '信用就医' })
const open = () => say('desk', { returnUrl })
const page = async (url: string | null) => (await world.app.request(url ?? '')).text()
const pay = (url: string | null) => world.app.request(`${url}/pay`, { method: 'POST' })

beforeEach(async () => {
  world = hospitalWorld()
  await say('reserve', { slotNo: freeSlots(world).flat().at(-1), patientNo: 'JC00010029' })
})

describe('ordinary payment', () => {
  it('opens below the address at which the hospital was asked, and holds the slot as long', async () => {
    world.clock.advance(10 * 60_000)
    const opened = await open()
    expect(opened.payUrl).toMatch(/^http:\/\/hospital\.test\/jc-first\/desk\/[0-9a-f-]{36}$/)
    expect([opened.state, opened.payment]).toEqual(['reserved', 'none'])
    expect(opened.payUntil).toBe('2026-11-21T10:25:00.000+08:00')
    expect(opened.reservedUntil).toBe(opened.payUntil)
    world.clock.advance(QUARTER_MS - 1)
    expect(await open()).toEqual(opened)
    expect(freeSlots(world).flat()).not.toContain(opened['slotNo'])
    world.clock.advance(1)
    expect(freeSlots(world).flat()).toContain(opened['slotNo'])
  })

  it('books the registration when it is paid, once', async () => {
    const { payUrl } = await open()
    const answer = await pay(payUrl)
    expect([answer.status, answer.headers.get('location')]).toEqual([303, new URL(payUrl ?? '').pathname])
    const booked = await look()
    expect(booked).toMatchObject({ state: 'booked', payment: 'desk', payUrl: null, payUntil: null })
    expect(booked['guide']).toMatchObject({ queueNo: expect.any(String) })
    await pay(payUrl)
    expect(await look()).toEqual(booked)
    expect(await book()).toEqual(booked)
    expect(await open()).toEqual(booked)
  })

  it('is over on time: the slot is free and paying does nothing', async () => {
    const { payUrl } = await open()
    world.clock.set(MORNING + QUARTER_MS)
    await pay(payUrl)
    expect(await look()).toMatchObject({ state: 'lapsed', payment: 'none', payUrl: null })
    expect(await page(payUrl)).toContain('已超过支付时间')
    expect(await open()).toMatchObject({ state: 'lapsed', payUrl: null })
  })

  it('is withdrawn when the quota pays after all, and can be opened anew while nothing is deducted', async () => {
    const { payUrl } = await open()
    expect(await book()).toMatchObject({ payment: 'credit', payUrl: null })
    await pay(payUrl)
    expect(await look()).toMatchObject({ payment: 'credit' })
    expect(await page(payUrl)).toContain('已改用“信用就医”支付')
    const anew = await open()
    expect(anew).toMatchObject({ state: 'booked', payment: 'credit', reservedUntil: null })
    expect(anew.payUrl).not.toBe(payUrl)
    world.clock.advance(QUARTER_MS)
    const again = await open()
    expect(again.payUrl).not.toBe(anew.payUrl)
    await pay(again.payUrl)
    expect(await look()).toMatchObject({ state: 'booked', payment: 'desk' })
  })

  it('is not opened for what the quota has paid, and does nothing once it is cancelled', async () => {
    const { payUrl } = await open()
    await say('cancel')
    await pay(payUrl)
    expect(await look()).toMatchObject({ state: 'cancelled', payment: 'none', payUrl: null })
    expect(await page(payUrl)).toContain('已经取消')
    await world.ask('/registrations/reg_2/reserve', {
      slotNo: freeSlots(world).flat().at(-1),
      patientNo: 'JC00010029',
    })
    await world.ask('/registrations/reg_2/book', { channel: 'credit', amountFen: 2_200, mark: '信用就医' })
    await world.ask('/registrations/reg_2/paid', { amountFen: 2_200, paymentNo: 'P', acctDate: '20261121' })
    const opened = document.parse(await (await world.ask('/registrations/reg_2/desk', { returnUrl })).json())
    expect(opened).toMatchObject({ payment: 'creditPaid', payUrl: null })
  })

  it.each([
    'http://product.test.evil.example/x',
    'http://user@product.test/x',
    'https://product.test/x',
    'javascript:alert(1)',
    '/packages/register/status/index',
  ])('leads nobody to %s', async (elsewhere) => {
    expect((await world.ask('/registrations/reg_1/desk', { returnUrl: elsewhere })).status).toBe(400)
    expect(await look()).toMatchObject({ payUrl: null })
  })
})

describe('the desk page', () => {
  it('says who pays what and until when, and offers to pay or to go back', async () => {
    const { payUrl } = await open()
    world.clock.advance(90_000)
    const answer = await world.app.request(payUrl ?? '')
    const text = await answer.text()
    for (const part of ['演示医院 · 非真实', '许**', '¥22.00', '消化内科', '请在 10:15 前支付', '还剩 13 分 30 秒']) {
      expect(text).toContain(part)
    }
    expect(text).toMatch(/<button class="pay">微信支付（演示）<\/button>/)
    expect(text).toContain('href="http://product.test/packages/register/status/index?id=1&amp;b=2">取消返回')
    expect(text).not.toMatch(/许佳怡|<script|style="/)
    expect([answer.headers.get('cache-control'), answer.headers.get('referrer-policy')]).toEqual([
      'no-store',
      'no-referrer',
    ])
  })

  it('shows the result with the way back', async () => {
    const { payUrl } = await open()
    await pay(payUrl)
    const text = await page(payUrl)
    expect(text).toContain('支付成功')
    expect(text).toContain('候诊号')
    expect(text).toContain('href="http://product.test/packages/register/status/index?id=1&amp;b=2">返回')
    expect(text).not.toContain('<form')
  })

  it('knows no bill that was never written', async () => {
    const answer = await world.app.request('/jc-first/desk/guess')
    expect([answer.status, await answer.text()]).toEqual([404, expect.stringContaining('没有这笔缴费')])
    expect((await pay('/jc-first/desk/guess')).status).toBe(404)
  })
})
