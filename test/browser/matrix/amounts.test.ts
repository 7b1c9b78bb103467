import type { Locator, Request } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { front } from '../phone.ts'
import { nameOf, places, type Place } from './places.ts'
import { Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open()
})
afterAll(() => stage.close())

/** Whatever can be pressed and shows an amount, by role and name as a screen reader finds it. */
const named = (): Locator => front(stage.phone).getByRole('button', { name: /¥|元/ })
/** The same by what the eye sees, whatever it is. */
const shown = (): Locator => front(stage.phone).locator('button, a, [tabindex="0"], [onclick]').filter({ hasText: '¥' })

/** Nothing that is pressed here reaches anybody: what is sent is answered with nothing. */
async function enterCarefully(place: Place): Promise<void> {
  await stage.enter(place)
  await stage.phone.page.route(
    () => true,
    (route) => (isHarmless(route.request()) ? route.fallback() : route.fulfill({ status: 204 })),
  )
}
const isHarmless = (request: Request): boolean =>
  request.method() === 'GET' && new URL(request.url()).origin === stage.phone.url

/** Whether pressing led anywhere: to another page, to a question, or to something being sent. */
async function acts(press: () => Promise<void>): Promise<boolean> {
  const { page } = stage.phone
  const address = page.url()
  const dialogs = page.getByRole('dialog')
  const wasAsking = (await dialogs.count()) > 0
  const waiting = { timeout: 3_000 }
  const outcomes = [
    page.waitForURL((url) => url.href !== address, waiting),
    page.waitForRequest((request) => !isHarmless(request), waiting),
    ...(wasAsking ? [] : [dialogs.waitFor(waiting)]),
  ]
  const led = Promise.any(outcomes).then(
    () => true,
    () => false,
  )
  await press()
  return led
}

/** Notes what is pressed from now on, and keeps the press from doing anything. */
const noteOnly = `window.pressed = []
addEventListener('click', (event) => {
  event.stopImmediatePropagation()
  window.pressed.push(event.target.closest('button')?.textContent ?? '')
}, { capture: true })`

it.each(places.map((place) => [nameOf(place), place] as const))(
  '%s: every amount that can be pressed is a button with a name and answers to the keyboard',
  async (_, place) => {
    const { page } = stage.phone
    await enterCarefully(place)
    const amounts = await shown().allTextContents()
    expect(await named().filter({ hasText: '¥' }).count()).toBe(amounts.length)
    if (amounts.length === 0) return
    await page.evaluate(noteOnly)
    for (let at = 0; at < amounts.length; at += 1) {
      await named().filter({ hasText: '¥' }).nth(at).focus()
      await page.keyboard.press('Enter')
      await page.keyboard.press('Space')
    }
    expect(await page.evaluate('window.pressed')).toEqual(amounts.flatMap((text) => [text, text]))
    for (const key of ['Enter', 'Space']) {
      await enterCarefully(place)
      await named().filter({ hasText: '¥' }).last().focus()
      expect(await acts(() => page.keyboard.press(key)), `${key} on ${amounts.at(-1)}`).toBe(true)
    }
  },
)
