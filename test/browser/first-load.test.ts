import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { accountOf } from './clinic.ts'
import { addresses, front, neverReads, openAs, press, reads, visitAddress } from './phone.ts'
import { inBrowser } from './session.ts'

/** Leaves the app, so that what it asks from here on belongs to its next start. */
const leaveApp = '/static/icon.svg'

/** Keeps the answers at an address back until they are let go. */
async function hold(page: Page, address: string): Promise<{ readonly letGo: () => void }> {
  let letGo = (): void => undefined
  const free = new Promise<void>((resolve) => (letGo = resolve))
  await page.route(address, async (route) => {
    await free
    await route.fallback()
  })
  return { letGo }
}

it('the home page stands after one round trip: asked for before the first script, once, and without waiting for the session', () =>
  inBrowser({}, async ({ world, phone }) => {
    const { page, url } = phone
    await accountOf(world, '张为民')
    await world.his().start('V1', '张为民')
    await openAs(phone, '张为民')
    await visitAddress(phone, leaveApp)

    const asked: string[] = []
    page.on('request', (request) => void asked.push(request.url().slice(url.length)))
    const session = await hold(page, '**/api/session')
    const scripts = await hold(page, '**/js/**')
    await page.goto(url + addresses.home, { waitUntil: 'commit' })
    await expect.poll(() => asked).toEqual(expect.arrayContaining(['/api/home', '/api/session']))
    scripts.letGo()
    await reads(phone, /^张\*/)
    await reads(phone, '就诊中')
    session.letGo()
    await front(phone).getByRole('button', { name: '切换就诊人' }).waitFor()
    expect(asked.filter((path) => path.startsWith('/api/home') || path.startsWith('/api/session'))).toEqual([
      '/api/session',
      '/api/home',
    ])
  }))

it('the page of another chosen person waits for the session, and shows nothing of the first one', () =>
  inBrowser({}, async ({ world, phone }) => {
    const { page, url } = phone
    await accountOf(world, '张为民')
    await world.his().start('V1', '张为民')
    await openAs(phone, '张为民')
    await reads(phone, '就诊中')
    await press(phone, '切换就诊人')
    await press(phone, /玉林/)
    await reads(phone, '今天没有需要您处理的事')
    await visitAddress(phone, leaveApp)

    const session = await hold(page, '**/api/session')
    const firstHome = page.waitForResponse(`${url}/api/home`)
    await visitAddress(phone, addresses.home)
    await (await firstHome).finished()
    await front(phone).getByRole('heading', { level: 1 }).waitFor()
    await neverReads(phone, /就诊中|第一人民医院/)
    session.letGo()
    await reads(phone, '今天没有需要您处理的事')
    await neverReads(phone, /就诊中|第一人民医院/)
  }))

it('the name is painted before the first script, as no heading, and goes when the page comes', () =>
  inBrowser({}, async ({ world, phone }) => {
    const { page, url } = phone
    await accountOf(world, '张为民')
    await openAs(phone, '张为民')
    await visitAddress(phone, leaveApp)
    const scripts = await hold(page, '**/js/**')
    await page.goto(url + addresses.home, { waitUntil: 'commit' })
    const boot = page.locator('.boot')
    await boot.getByText('信用就医', { exact: true }).waitFor()
    expect(await page.getByRole('heading').count()).toBe(0)
    scripts.letGo()
    await reads(phone, /^张\*/)
    expect(await boot.count()).toBe(0)
  }))
