import { describe, expect, it } from 'vitest'
import type { World } from '../world/world.ts'
import type { Phone } from './browser.ts'
import { accountOf, blood, gastroscopy, medicine, order, visitsOf } from './clinic.ts'
import { expectNoOverflow, expectTargets } from './measures.ts'
import { traces, violations } from './scan.ts'
import { inBrowser } from './session.ts'
import { addresses, button, front, onPage, openAs, press, reads, section, signIn, visitAddress } from './phone.ts'

interface Place {
  readonly name: string
  readonly address: string
  /** A section that is there when the page is complete. */
  readonly settled: string
}

/** A patient with one of everything: paid and open visits, orders locked, in doubt and refused. */
async function fullAccount(world: World): Promise<Place[]> {
  const his = world.his()
  const app = await accountOf(world, '赵桂兰')
  await his.start('V1', '赵桂兰')
  await his.order('V1', order('A1', '换药', ['T004', '换药（小）', '给小伤口消毒换纱布', 'treatment', '次', 1, 1_800]))
  await his.finish('V1', { A1: 1_200 })
  await his.start('V2', '赵桂兰', { department: '骨科', doctor: '梁国安' })
  await his.order('V2', order('B1', '肌肉注射', ['T005', '肌肉注射', '打一针在肌肉里', 'treatment', '次', 1, 500]))
  await his.order('V2', gastroscopy)
  world.sandbox.bank.faults.add({ api: 'lock', times: 1, kind: 'EXECUTE_THEN_DROP' })
  await his.order('V2', order('B3', '药品', ['W006', '止痛乳胶剂', '抹在疼的地方的止痛膏', 'western', '支', 1, 2_380]))
  await his.start('V3', '赵桂兰')
  const visits = await visitsOf(app)
  const of = (payments: number) => visits.find((visit) => visit.payments.length === payments)
  const [paid, open, bare] = [of(1), of(3), of(0)]
  const payment = (row: string) => addresses.payment(open?.payments.find((one) => one.row === row)?.id ?? '')
  return [
    { name: 'home', address: addresses.home, settled: '接下来' },
    { name: 'credit status before consent', address: addresses.credit, settled: '查询信用就医前，请您确认' },
    { name: 'visits', address: addresses.visits, settled: '' },
    { name: 'visits to choose from', address: addresses.visitsForFees, settled: '' },
    { name: 'open visit', address: addresses.visit(open?.id ?? ''), settled: '本次就诊合计' },
    { name: 'visit without orders', address: addresses.visit(bare?.id ?? ''), settled: '费用和锁定情况' },
    { name: 'paid visit', address: addresses.visit(paid?.id ?? ''), settled: '本次就诊合计' },
    { name: 'fees', address: addresses.fees(open?.id ?? ''), settled: '治疗费' },
    { name: 'locked payment', address: payment('held'), settled: '额度已锁定，尚未扣款' },
    { name: 'refused payment', address: payment('declined'), settled: '请用其他方式支付' },
    { name: 'payment in doubt', address: payment('lockDoubt'), settled: '处理中，等待银行答复' },
    { name: 'settled payment', address: addresses.payment(paid?.payments[0]?.id ?? ''), settled: '已按实际费用扣款' },
    { name: 'unknown address', address: '/no/such/page', settled: '没有找到这个页面' },
  ]
}

async function open(phone: Phone, { address, settled }: Place): Promise<void> {
  await visitAddress(phone, address)
  if (settled === '')
    await button(phone, /骨科 · 梁国安/)
      .first()
      .waitFor()
  else await section(phone, settled)
}

/** One page under every condition that a patient can bring about. */
async function examine(phone: Phone, place: Place, leastPx: number): Promise<void> {
  await open(phone, place)
  expect(await front(phone).getByRole('heading', { level: 1 }).count()).toBe(1)
  for (const colorScheme of ['light', 'dark'] as const) {
    await phone.page.emulateMedia({ colorScheme })
    expect(await violations(phone)).toEqual([])
  }
  expect(await traces(phone)).toEqual([])
  await expectTargets(phone, leastPx)
  await phone.page.setViewportSize({ width: 320, height: 640 })
  await expectNoOverflow(phone)
  await phone.page.setViewportSize({ width: 390, height: 844 })
}

const elder = (phone: Phone) => front(phone).getByRole('switch', { name: /长辈版/ })

describe.each([
  ['normal', 44],
  ['长辈版', 60],
] as const)('in %s size', (size, leastPx) => {
  it('every page can be perceived, pressed and read in both themes and on a small phone', () =>
    inBrowser({ letScriptsIn: true }, async ({ world, phone }) => {
      const places = await fullAccount(world)
      await openAs(phone, '赵桂兰')
      if (size === '长辈版') await elder(phone).click()
      const found: Record<string, string> = {}
      for (const place of places) {
        await examine(phone, place, leastPx).catch((error: unknown) => {
          found[place.name] = error instanceof Error ? error.message : String(error)
        })
      }
      await visitAddress(phone, addresses.credit)
      await press(phone, '同意并查询')
      const signed = { name: 'credit status', address: addresses.credit, settled: '已签约，可以使用' }
      await section(phone, signed.settled)
      await examine(phone, signed, leastPx)
      expect(found).toEqual({})
    }))
})

describe('signed out', () => {
  it('the page can be perceived, pressed and read', () =>
    inBrowser({ letScriptsIn: true }, async ({ phone }) => {
      phone.expectRefusal(401, '/api/session')
      await examine(phone, { name: 'signed out', address: addresses.home, settled: '请先登录' }, 44)
    }))

  it('a link into the app leads through the sign-in back to where it pointed', () =>
    inBrowser({}, async ({ world, phone }) => {
      await accountOf(world, '陈静')
      await visitAddress(phone, addresses.visits)
      await signIn(phone, '陈静')
      await onPage(phone, '就诊记录')
      await section(phone, '还没有就诊记录')
    }))
})

describe('an address that leads nowhere', () => {
  it('of another person’s visit shows that there is none, and a way home', () =>
    inBrowser({}, async ({ world, phone }) => {
      const his = world.his()
      const other = await accountOf(world, '刘洋')
      await accountOf(world, '陈静')
      await world.his('yulin').start('V9', '刘洋')
      await world.his('yulin').order('V9', blood)
      await his.start('V1', '陈静')
      await his.order('V1', medicine)
      const [visit] = await visitsOf(other)
      const [visitId = '', paymentId = ''] = [visit?.id, visit?.payments[0]?.id]
      await openAs(phone, '陈静')
      const hidden = [
        [`/api/visits/${visitId}`, addresses.visit(visitId), '没有找到这次就诊'],
        [`/api/visits/${visitId}/fees`, addresses.fees(visitId), '没有找到这次就诊'],
        [`/api/payments/${paymentId}`, addresses.payment(paymentId), '没有找到这笔支付'],
      ] as const
      for (const [asked, address, text] of hidden) {
        phone.expectRefusal(404, asked)
        await visitAddress(phone, address)
        await section(phone, text)
        expect(await front(phone).innerText()).not.toMatch(/186|血液化验|全科/)
        await press(phone, '回到首页')
        await onPage(phone, '就医付款')
        await reads(phone, '¥97.50')
      }
    }))

  it('of no page says so and leads home', () =>
    inBrowser({}, async ({ world, phone }) => {
      await accountOf(world, '陈静')
      await openAs(phone, '陈静')
      await visitAddress(phone, '/no/such/page')
      await onPage(phone, '页面不存在')
      await press(phone, '回到首页')
      await onPage(phone, '就医付款')
      await section(phone, '接下来')
    }))
})
