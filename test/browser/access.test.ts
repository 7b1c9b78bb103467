import { describe, expect, it } from 'vitest'
import { accountOf, blood, medicine, visitsOf } from './clinic.ts'
import { addresses, front, onPage, openAs, press, reads, section, signIn, visitAddress } from './phone.ts'
import { inBrowser } from './session.ts'

it('a link into the app leads through the sign-in back to where it pointed', () =>
  inBrowser({}, async ({ world, phone }) => {
    await accountOf(world, '陈静')
    await visitAddress(phone, addresses.visits)
    await signIn(phone, '陈静')
    await onPage(phone, '就诊记录')
    await section(phone, '还没有就诊记录')
  }))

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
