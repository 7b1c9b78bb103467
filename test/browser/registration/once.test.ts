import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Phone } from '../browser.ts'
import { addresses, button, front, neverReads, onPage, press, reads, section, visitAddress } from '../phone.ts'
import { atHome, booksOf, paidOnce } from './scene.ts'
import { askings, confirmCredit, slotAtHalfPastTen, stands, toDialog } from './walk.ts'
import { loseAnswers, loseRequests } from './wire.ts'

const registering = '**/api/registrations'
const finding = '**/api/operations/*'

const clicks: readonly (readonly [string, (phone: Phone) => Promise<void>])[] = [
  ['a double tap', (phone) => button(phone, confirmCredit).dblclick()],
  [
    'twenty clicks in one task',
    (phone) =>
      button(phone, confirmCredit).evaluate((element: { click: () => void }) => {
        for (let count = 0; count < 20; count += 1) element.click()
      }),
  ],
]

describe('one registration and one lock', () => {
  it.each(clicks)('for %s', (_, click) =>
    atHome('张为民', async ({ world, phone }) => {
      const asked = askings(phone)
      await toDialog(phone)
      await click(phone)
      await stands(phone, '挂号成功')
      await world.rest()
      expect(asked).toHaveLength(1)
      expect(booksOf(world)).toEqual(paidOnce)
    }),
  )

  it('whichever way the browser goes back and forward', () =>
    atHome('张为民', async ({ world, phone }) => {
      const { page } = phone
      const asked = askings(phone)
      await toDialog(phone)
      const checkout = new URL(page.url())
      await press(phone, confirmCredit)
      await stands(phone, '挂号成功')
      await page.goBack()
      await onPage(phone, '消化内科')
      await page.goForward()
      await stands(phone, '挂号成功')
      await press(phone, '返回')
      await onPage(phone, '消化内科')
      await visitAddress(phone, checkout.pathname + checkout.search)
      await stands(phone, '挂号成功')
      await page.goBack()
      await onPage(phone, '消化内科')
      expect(asked).toHaveLength(1)
      expect(booksOf(world)).toEqual(paidOnce)
    }))

  it('on two devices at the same moment, and both see it', () =>
    atHome('张为民', async ({ world, phone, app }) => {
      await toDialog(phone)
      const cardId = (await app.call('listCards')).cards[0]?.id ?? ''
      const body = { cardId, slotNo: slotAtHalfPastTen, pays: 'credit', amountFen: 2_200 }
      const [other] = await Promise.all([
        app.call('openRegistration', { body, key: randomUUID() }),
        press(phone, confirmCredit),
      ])
      await stands(phone, '挂号成功')
      await reads(phone, other.id)
      const { registrations } = await app.call('listRegistrations', { query: { cardId } })
      expect(registrations.map(({ id, row }) => [id, row])).toEqual([[other.id, 'done']])
      expect(booksOf(world)).toEqual(paidOnce)
    }))
})

describe('a lost answer', () => {
  const line = {
    'after the hospital heard it': (phone: Phone) => loseAnswers(phone, registering),
    'before the hospital heard it': (phone: Phone) => loseRequests(phone, registering),
  }

  it.each(Object.entries(line))('%s: the page says what is going on, offers no second one, and finds it', (_, lose) =>
    atHome('张为民', async ({ world, phone }) => {
      const { page } = phone
      await toDialog(phone)
      const checkout = new URL(page.url())
      await lose(phone)
      const mend = await loseRequests(phone, finding)
      await press(phone, confirmCredit)
      await stillUnknown(phone)
      await page.reload()
      await stillUnknown(phone)
      await visitAddress(phone, checkout.pathname + checkout.search)
      await stillUnknown(phone)
      await page.unroute(registering)
      await mend()
      await stands(phone, '挂号成功')
      expect(booksOf(world)).toEqual(paidOnce)
      await visitAddress(phone, addresses.home)
      await button(phone, /今天 10:30 消化内科.*已挂号/).waitFor()
    }),
  )
})

async function stillUnknown(phone: Phone): Promise<void> {
  await onPage(phone, '挂号')
  await section(phone, '处理中，等待答复')
  await reads(phone, '正在确认挂号结果，请不要重复挂号')
  await reads(phone, '如果没有挂上，不会扣款')
  await neverReads(phone, /失败|使用“信用就医”挂号|重新挂号/)
  expect(await front(phone).locator('main').getByRole('button').allInnerTexts()).toEqual(['回到首页'])
}
