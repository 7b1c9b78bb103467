import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import type { Phone } from './browser.ts'
import type { Element } from './dom.ts'
import { button, onPage } from './phone.ts'

interface Focus {
  readonly tag: string
  readonly text: string
  /** Whether an eye can tell where it is. */
  readonly visible: boolean
}

/** What has the keyboard's focus. */
export function focus({ page }: Phone): Promise<Focus> {
  return page.locator('html').evaluate((root: Element) => {
    const { activeElement: element, defaultView } = root.ownerDocument
    if (!element) return { tag: '', text: '', visible: false }
    const style = defaultView.getComputedStyle(element)
    const outlined = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2
    return {
      tag: element.tagName.toLowerCase(),
      text: element.getAttribute('aria-label') ?? element.textContent ?? '',
      visible: outlined || style.boxShadow !== 'none',
    }
  })
}

/** Waits until a page is in front and its heading has the focus, so that a screen reader begins there. */
export async function arrives(phone: Phone, title: string): Promise<void> {
  await onPage(phone, title)
  await expect.poll(() => focus(phone)).toMatchObject({ tag: 'h1', text: title })
}

const stopsMost = 40

/** Goes on with Tab until this has the focus. */
export async function tabTo(phone: Phone, target: Locator): Promise<void> {
  await target.waitFor()
  for (let stops = 0; stops < stopsMost; stops += 1) {
    await phone.page.keyboard.press('Tab')
    const reached = await target.evaluate((element: Element) => element.ownerDocument.activeElement === element)
    if (!reached) continue
    expect(await focus(phone)).toMatchObject({ visible: true })
    return
  }
  throw new Error(`Tab does not lead to ${target.toString()}`)
}

/** Goes to a button of the page in front with Tab and presses it with Enter or Space. */
export async function keyPress(phone: Phone, name: string | RegExp, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
  await tabTo(phone, button(phone, name))
  await phone.page.keyboard.press(key)
}
