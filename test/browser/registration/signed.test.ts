import { expect, it } from 'vitest'
import type { Phone } from '../browser.ts'
import { neverReads, onPage, press, reads } from '../phone.ts'
import { atHome, booksOf, paidOnce } from './scene.ts'
import { askings, confirmCredit, dialog, guide, stands, toCheckout, toDialog, withCredit } from './walk.ts'

const mostTaps = 6
const mostMs = 15_000

/** Writes down the person's taps from now on; answers what was tapped. */
async function countTaps({ page }: Phone): Promise<() => Promise<string[]>> {
  await page.evaluate(
    "globalThis.taps = []; addEventListener('click', ({ target }) => taps.push(target.closest('button')?.innerText), true)",
  )
  return () => page.evaluate<string[]>('taps')
}

it('who has signed registers from the home page in five taps and a few seconds, with one confirm', () =>
  atHome('张为民', async ({ world, phone }) => {
    const [tapped, asked, startedMs] = [await countTaps(phone), askings(phone), performance.now()]
    await toDialog(phone)
    await press(phone, confirmCredit)
    await stands(phone, '挂号成功')
    expect(performance.now() - startedMs).toBeLessThan(mostMs)
    const taps = await tapped()
    expect(taps.length).toBeLessThanOrEqual(mostTaps)
    expect(taps.filter((tap) => tap.startsWith('确认'))).toEqual([confirmCredit])
    expect(asked).toHaveLength(1)
    expect(booksOf(world)).toEqual(paidOnce)
  }))

it('a child on family pay registers with the mark 亲情付 and reads neither whose quota it is nor how large', () =>
  atHome('张蕾', async ({ world, phone }) => {
    const answers: Promise<string>[] = []
    phone.page.on('response', (answer) => {
      if (answer.url().includes('/api/')) answers.push(answer.text())
    })
    const secret = /为民|张\*民|协议|可用额度|¥10,000|¥8,[78]|短信|请在.*还款/
    await toCheckout(phone)
    await reads(phone, '亲情付')
    await neverReads(phone, secret)
    await press(phone, withCredit)
    await dialog(phone).getByText('亲情付', { exact: true }).waitFor()
    await neverReads(phone, secret)
    await press(phone, confirmCredit)
    await stands(phone, '挂号成功')
    await reads(phone, '已从亲情付额度扣除挂号费 ¥22.00')
    await reads(phone, '由家人共享的额度支付，您不用还款')
    await guide(phone).getByText('亲情付', { exact: true }).waitFor()
    await neverReads(phone, secret)
    await press(phone, '查看挂号费付款')
    await onPage(phone, '付款进度')
    await neverReads(phone, secret)
    expect(booksOf(world)).toEqual({
      locks: ['OUTP_REG CONFIRMED'],
      registrations: ['booked creditPaid 亲情付'],
    })
    const sent = (await Promise.all(answers)).join('\n')
    expect(sent).toContain('family')
    expect(sent).not.toMatch(/为民|\b(1000000|880000|877800)\b|990109197406080113|CM2026990000000010/)
  }))
