import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import type { Phone } from './browser.ts'

type Name = string | RegExp

/** Addresses of the app as a link would carry them. */
export const addresses = {
  home: '/',
  credit: '/packages/credit/status/index',
  visits: '/packages/visits/list/index',
  visitsForFees: '/packages/visits/list/index?goal=fees',
  visit: (visitId: string) => `/packages/visits/detail/index?visitId=${visitId}`,
  fees: (visitId: string) => `/packages/visits/fees/index?visitId=${visitId}`,
  payment: (paymentId: string) => `/packages/payments/status/index?paymentId=${paymentId}`,
} as const

/** The page in front; pages under it stay in the document, hidden. */
export const front = ({ page }: Phone): Locator => page.locator('.taro_page:not(.taro_page_shade)')

export const button = (phone: Phone, name: Name): Locator => front(phone).getByRole('button', { name })

/** Opens an address of the app. */
export async function visitAddress(phone: Phone, address: string): Promise<void> {
  await phone.page.goto(phone.url + address)
}

/** Waits until the page with this heading is in front. */
export async function onPage(phone: Phone, title: string): Promise<void> {
  await front(phone).getByRole('heading', { level: 1, name: title, exact: true }).waitFor()
}

/** Waits until the page in front shows this text. */
export async function reads(phone: Phone, text: Name): Promise<void> {
  await front(phone).getByText(text).filter({ visible: true }).first().waitFor()
}

/** Waits until a section with this title is in front. */
export async function section(phone: Phone, name: Name): Promise<void> {
  await front(phone).getByRole('heading', { level: 2, name }).waitFor()
}

export async function press(phone: Phone, name: Name): Promise<void> {
  await button(phone, name).click()
}

/** All that the page in front says, shown or spoken. */
export const words = (phone: Phone): Promise<string> => front(phone).innerText()

/** Asserts that the page in front does not say this. */
export async function neverReads(phone: Phone, text: RegExp): Promise<void> {
  expect(await words(phone)).not.toMatch(text)
}

/** Signs in from the page in front: leaves for WeChat, chooses the person, comes back. */
export async function signIn(phone: Phone, name: string): Promise<void> {
  phone.expectRefusal(401, '/api/session')
  await section(phone, '请先登录')
  await press(phone, '微信登录')
  await phone.page.getByRole('heading', { name: '演示微信 · 选择登录的人' }).waitFor()
  await comeBack(phone, () => phone.page.getByRole('button', { name: new RegExp(`^${name}`) }).click())
}

/** Does what leads back from WeChat, and waits until the app is there again. */
export async function comeBack({ page, url }: Phone, choose: () => Promise<void>): Promise<void> {
  const isCallback = (address: URL): boolean => address.pathname === '/api/session/callback'
  await choose()
  await page.waitForURL((address) => address.origin === url && !isCallback(address))
}

/** Opens the home page as this person. */
export async function openAs(phone: Phone, name: string): Promise<void> {
  await visitAddress(phone, addresses.home)
  await signIn(phone, name)
  await onPage(phone, '就医付款')
  await section(phone, '接下来')
}

/** One page back, by the page's own button. */
export async function back(phone: Phone): Promise<void> {
  await press(phone, '返回')
}
