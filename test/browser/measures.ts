import { expect } from 'vitest'
import type { Phone } from './browser.ts'
import type { Element } from './dom.ts'
import { front } from './phone.ts'

/** Nothing reaches beyond the sides of the screen, no text is cut, and no amount breaks. */
export async function expectNoOverflow(phone: Phone): Promise<void> {
  const wide = await phone.page.locator('html').evaluate((root: Element) => root.scrollWidth - root.clientWidth)
  const cut = await front(phone)
    .locator('*')
    .evaluateAll((elements: Element[]) =>
      elements
        .filter((element) => {
          const { x, width, height } = element.getBoundingClientRect()
          if (width === 0 || height === 0 || element.closest('.spoken-only')) return false
          const screen = element.ownerDocument.defaultView.innerWidth
          const { overflowX } = element.ownerDocument.defaultView.getComputedStyle(element)
          const clipped = overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1
          return x < -1 || x + width > screen + 1 || clipped
        })
        .map((element) => `${element.tagName} ${element.className}: ${(element.textContent ?? '').slice(0, 40)}`),
    )
  expect({ wide, cut }).toEqual({ wide: 0, cut: [] })
  const broken = await front(phone)
    .getByText(/^¥[\d,.]+$/)
    .evaluateAll((elements: Element[]) =>
      elements.filter((element) => element.getClientRects().length > 1).map((element) => element.textContent ?? ''),
    )
  expect(broken).toEqual([])
}

/** Everything that can be pressed is as large as a finger needs. */
export async function expectTargets(phone: Phone, leastPx: number): Promise<void> {
  const small = await front(phone)
    .locator('button, a, input, [role=switch]')
    .filter({ visible: true })
    .evaluateAll(
      (elements: Element[], least: number) =>
        elements.flatMap((element) => {
          const { width, height } = element.getBoundingClientRect()
          const name = (element.getAttribute('aria-label') ?? element.textContent ?? '').slice(0, 20)
          return width < least || height < least ? [`${name} ${Math.round(width)}×${Math.round(height)}`] : []
        }),
      leastPx,
    )
  expect(small).toEqual([])
}
