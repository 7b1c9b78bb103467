import { expect, it } from 'vitest'
import type { Phone } from './browser.ts'
import { accountOf } from './clinic.ts'
import { expectLegible, expectNoOverflow, expectOneTopHeading, expectStill, expectTargets } from './measures.ts'
import { addresses, openAs, section, visitAddress } from './phone.ts'
import { violations } from './scan.ts'
import { inBrowser } from './session.ts'

const expectNoViolations = async (phone: Phone): Promise<void> => expect(await violations(phone)).toEqual([])

/** A box with this style and text at the top of the page. */
const box = (style: string, text = '付款', tag = 'p'): string =>
  `const box = document.createElement('${tag}'); box.style.cssText = '${style}'; box.textContent = '${text}'; main.prepend(box)`

const slips: readonly (readonly [string, (phone: Phone) => Promise<void>, string])[] = [
  ['pale text', expectNoViolations, box('color: #9aa5ad')],
  ['a field without a name', expectNoViolations, box('', '', 'input')],
  [
    'a target that touches others',
    expectNoViolations,
    `${box('width: 16px; height: 16px; padding: 0; margin-bottom: -12px', '+', 'button')}; box.before(box.cloneNode(true))`,
  ],
  ['text outside the landmarks', expectNoViolations, `${box('')}; document.querySelector('.Page').prepend(box)`],
  ['a second heading of the page', expectOneTopHeading, box('', '付款', 'h1')],
  ['no heading of the page', expectOneTopHeading, "document.querySelector('h1').remove()"],
  ['a box that is wider than the screen', expectNoOverflow, box('width: 600px')],
  ['a box that hangs out on the left', expectNoOverflow, box('margin-left: -40px')],
  ['text that is cut at the side', expectNoOverflow, box('width: 20px; overflow: hidden; white-space: nowrap')],
  ['text that is cut below', expectNoOverflow, box('height: 10px; overflow: hidden')],
  ['text that lies over its neighbour', expectNoOverflow, box('width: 20px; white-space: nowrap')],
  ['an amount on two lines', expectNoOverflow, box('width: 50px; word-break: break-all', '扣除 ¥1,234.56')],
  ['a button of 30 px', (phone) => expectTargets(phone, 44), box('width: 90px; height: 30px', '付款', 'button')],
  ['text of 13 px', (phone) => expectLegible(phone, 14), box('font-size: 13px')],
  ['a box that pushes the others down', expectStill, box('height: 200px')],
]

it('every measure finds nothing on a page of the app, and finds the slip that is put there', () =>
  inBrowser({}, async ({ world, phone }) => {
    await accountOf(world, '陈静')
    await openAs(phone, '陈静')
    const passed: string[] = []
    for (const [name, measure, plant] of slips) {
      await visitAddress(phone, addresses.home)
      await section(phone, '接下来')
      await measure(phone)
      await phone.page.evaluate(`{ const main = document.querySelector('main'); ${plant} }`)
      const isFound = await measure(phone).then(
        () => false,
        () => true,
      )
      if (!isFound) passed.push(name)
    }
    expect(passed).toEqual([])
  }))
