import { expect } from 'vitest'
import type { Phone } from './browser.ts'
import type { Element } from './dom.ts'
import { front } from './phone.ts'

/** The page has exactly one name. */
export async function expectOneTopHeading(phone: Phone): Promise<void> {
  const headings = await front(phone).getByRole('heading', { level: 1 }).allTextContents()
  expect(headings).toEqual([expect.stringMatching(/\S/)])
}

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
          const { innerWidth } = element.ownerDocument.defaultView
          const { overflowY } = element.ownerDocument.defaultView.getComputedStyle(element)
          const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element
          const spills = clientWidth > 0 && scrollWidth > clientWidth + 1
          const clips = ['hidden', 'clip'].includes(overflowY) && scrollHeight > clientHeight + 1
          return spills || clips || x < -1 || x + width > innerWidth + 1
        })
        .map((element) => `${element.tagName} ${element.className}: ${(element.textContent ?? '').slice(0, 40)}`),
    )
  expect({ wide, cut, broken: await brokenAmounts(phone) }).toEqual({ wide: 0, cut: [], broken: [] })
}

/** Amounts that stand on two lines, alone or within a sentence. */
function brokenAmounts(phone: Phone): Promise<string[]> {
  return front(phone).evaluate((page: Element) => {
    const document = page.ownerDocument
    const walker = document.createTreeWalker(page, 4)
    const broken: string[] = []
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (const { 0: amount, index } of (node.textContent ?? '').matchAll(/¥[\d,]+\.\d\d/g)) {
        const range = document.createRange()
        range.setStart(node, index)
        range.setEnd(node, index + amount.length)
        if (range.getClientRects().length > 1) broken.push(amount)
      }
    }
    return broken
  })
}

/** No text is smaller than this. */
export async function expectLegible(phone: Phone, leastPx: number): Promise<void> {
  const small = await front(phone).evaluate((page: Element, least: number) => {
    const document = page.ownerDocument
    const walker = document.createTreeWalker(page, 4)
    const found: string[] = []
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const holder = node.parentElement
      if (!holder || (node.textContent ?? '').trim() === '' || holder.getClientRects().length === 0) continue
      const sizePx = Number.parseFloat(document.defaultView.getComputedStyle(holder).fontSize)
      if (sizePx < least) found.push(`${sizePx} px: ${node.textContent}`)
    }
    return found
  }, leastPx)
  expect(small).toEqual([])
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

interface Shift {
  /** Share of the screen that moved, times how far. */
  readonly value: number
  readonly moved: readonly string[]
}

/** Every shift since the page began that nobody asked for. The browser hands over at once what it has noted. */
const shifts = `new Promise((done) => {
  const entryOf = ({ value, sources }) => ({ value, moved: sources.map(({ node }) => node?.className ?? '?') })
  new PerformanceObserver((list) => done(list.getEntries().map(entryOf))).observe({ type: 'layout-shift', buffered: true })
  requestAnimationFrame(() => setTimeout(() => done([]), 200))
})`

/** Hardly anything has moved since the page began: a fifth of what the web calls good (`patient-app.md §4`). */
export async function expectStill({ page }: Phone): Promise<void> {
  const found: Shift[] = await page.evaluate(shifts)
  const sum = found.reduce((total, { value }) => total + value, 0)
  expect(sum, JSON.stringify(found)).toBeLessThanOrEqual(0.02)
}
