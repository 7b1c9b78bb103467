import type { Locator } from 'playwright-core'
import type { Phone } from '../browser.ts'
import { front, onPage, press, section } from '../phone.ts'

/** A time that is free on the morning of every world, and its number at the hospital; the fee is ¥22.00. */
export const doctorAtHalfPastTen = '周明远 上午 10:30'
export const slotAtHalfPastTen = 'D0101-20261121-am-09'
export const withCredit = '使用“信用就医”挂号'
export const confirmCredit = '确认使用，支付 ¥22.00'
/** The ordinary payment, where it is the first choice. */
export const payFee = /^支付 ¥22\.00$/

/** The question about “信用就医”. */
export const dialog = (phone: Phone): Locator => front(phone).getByRole('dialog', { name: '挂号确认' })

/** 导诊单. */
export const guide = (phone: Phone): Locator =>
  front(phone)
    .locator('section')
    .filter({ has: phone.page.getByRole('heading', { name: '导诊单' }) })

/** From the home page to the times of a department. */
export async function toTimes(phone: Phone): Promise<void> {
  await press(phone, /^挂号.*选科室/)
  await onPage(phone, '选择科室')
  await press(phone, /^消化内科/)
  await onPage(phone, '消化内科')
}

/** From the home page to the answers that are about to be agreed to. */
export async function toCheckout(phone: Phone): Promise<void> {
  await toTimes(phone)
  await press(phone, doctorAtHalfPastTen)
  await onPage(phone, '确认挂号')
}

/** From the home page to the open dialog. */
export async function toDialog(phone: Phone): Promise<void> {
  await toCheckout(phone)
  await press(phone, withCredit)
  await dialog(phone).waitFor()
}

/** Waits for the page of the registration, in this state. */
export async function stands(phone: Phone, state: string): Promise<void> {
  await onPage(phone, '挂号')
  await section(phone, state)
}

/** Requests that ask for a registration, from now on. */
export function askings({ page }: Phone): readonly string[] {
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST' && new URL(request.url()).pathname === '/api/registrations')
      asked.push(request.postData() ?? '')
  })
  return asked
}
