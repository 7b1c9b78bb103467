import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accountOf, blood, gastroscopy, visitsOf } from '../browser/clinic.ts'
import { RegistrationDesk } from '../journeys/registration-desk.ts'
import { World } from '../world/world.ts'
import { appBuild } from './phone.ts'
import { expectReadable, onPage, withPhone } from './scene.ts'

/** What the addresses of the pages speak of. */
interface Numbers {
  readonly visitId: string
  readonly paymentId: string
  readonly registrationId: string
  readonly slotNo: string
  readonly departmentNo: string
}

let world: World
let numbers: Numbers

beforeAll(async () => {
  world = await World.start()
  const app = await accountOf(world, '陈静')
  const desk = await RegistrationDesk.come(app)
  const his = world.his()
  await his.start('V1', '陈静')
  await his.order('V1', gastroscopy)
  await his.order('V1', blood)
  const { id: registrationId } = await desk.register()
  const { slotNo } = await desk.freeSlot()
  await world.rest()
  const visit = (await visitsOf(app)).find(({ payments }) => payments.length > 0)
  const { departments } = await app.call('listDepartments', { query: { cardId: desk.card.id } })
  const paymentId = visit?.payments[0]?.id ?? ''
  numbers = {
    visitId: visit?.id ?? '',
    paymentId,
    registrationId,
    slotNo,
    departmentNo: departments[0]?.departmentNo ?? '',
  }
})
afterAll(() => world.close())

/** Every page with its heading, and what its address carries. */
const pages: Readonly<Record<string, readonly [title: string, carries?: keyof Numbers | 'purpose=repay']>> = {
  'pages/home/index': ['就医付款'],
  'pages/records/index': ['我的记录'],
  'pages/mine/index': ['我的'],
  'pages/missing/index': ['页面不存在'],
  'packages/registration/departments/index': ['选择科室'],
  'packages/registration/doctor/index': ['消化内科', 'departmentNo'],
  'packages/registration/checkout/index': ['确认挂号', 'slotNo'],
  'packages/registration/detail/index': ['挂号', 'registrationId'],
  'packages/credit/status/index': ['信用就医'],
  'packages/credit/jump/index': ['还款', 'purpose=repay'],
  'packages/visits/list/index': ['就诊记录'],
  'packages/visits/detail/index': ['就诊详情', 'visitId'],
  'packages/visits/fees/index': ['费用明细', 'visitId'],
  'packages/payments/status/index': ['付款进度', 'paymentId'],
  'packages/account/cards/index': ['就诊卡'],
  'packages/account/card-add/index': ['添加就诊卡'],
  'packages/account/consents/index': ['授权管理'],
  'packages/account/settings/index': ['设置'],
  'packages/help/index/index': ['帮助'],
}
const withoutHeading = 'packages/account/desk/index'

const urlOf = (page: string, carries?: keyof Numbers | 'purpose=repay'): string => {
  if (carries === undefined) return `/${page}`
  return carries === 'purpose=repay' ? `/${page}?${carries}` : `/${page}?${carries}=${numbers[carries]}`
}

it('knows every page of the build', () => {
  expect([...Object.keys(pages), withoutHeading].sort()).toEqual([...appBuild().pages].sort())
})

describe('opened by its address, without anything known before', () => {
  it.each(Object.entries(pages))('%s can be read and is small', (page, [title, carries]) =>
    withPhone(
      world,
      '陈静',
      async (phone) => {
        expect(phone.path).toBe(page)
        onPage(phone, title)
        expectReadable(phone)
      },
      { url: urlOf(page, carries) },
    ),
  )

  it('an unknown address leads to the page that says so', () =>
    withPhone(world, '陈静', async (phone) => expect(phone.path).toBe('pages/missing/index'), { url: '/pages/gone' }))

  it('the payment page shows the hospital’s address, and only a safe one', () =>
    withPhone(
      world,
      '陈静',
      async (phone) => {
        const shown = () => phone.page().elements.map(({ tag, attribute }) => [tag, attribute('src')])
        expect(shown()).toEqual([['web-view', 'https://hospital.example/pay?id=1']])
        await phone.openAt(`/${withoutHeading}?url=${encodeURIComponent('http://hospital.example/pay')}`)
        expect(shown()).toEqual([])
      },
      { url: `/${withoutHeading}?url=${encodeURIComponent('https://hospital.example/pay?id=1')}` },
    ))
})
