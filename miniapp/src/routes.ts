import type { JumpPurpose } from '@paycare/shared/contract'
import { isKeyOf } from '@paycare/shared/rules'
import Taro from '@tarojs/taro'
import { tabs, type TabName } from './platform/tabs'

type None = Record<string, never>

interface Parameters {
  home: None
  records: None
  mine: None
  missing: None
  departments: None
  doctor: { departmentNo: string }
  checkout: { slotNo: string }
  /** By its number, or by the key of the operation whose answer the app never saw. */
  registration: { registrationId?: string; opId?: string }
  creditStatus: None
  /** `slotNo` or `registrationId`: what the patient was doing and comes back to. */
  creditJump: { purpose: JumpPurpose; slotNo?: string; registrationId?: string }
  creditReturn: None
  visits: { goal?: 'fees' }
  visit: { visitId: string }
  fees: { visitId: string }
  payment: { paymentId: string }
  cards: None
  cardAdd: None
  consents: None
  settings: None
  /** WeChat only: the hospital's payment page inside the app. */
  desk: { url: string }
  help: None
}
export type RouteName = keyof Parameters

/** A page with its parameters, as it can be kept and opened later. */
export type Place = { [R in RouteName]: { readonly route: R; readonly params: Parameters[R] } }[RouteName]

/** Every page and its address; the only place with route strings. */
const addresses: Record<RouteName, string> = {
  home: '/pages/home/index',
  records: '/pages/records/index',
  mine: '/pages/mine/index',
  missing: '/pages/missing/index',
  departments: '/packages/registration/departments/index',
  doctor: '/packages/registration/doctor/index',
  checkout: '/packages/registration/checkout/index',
  registration: '/packages/registration/detail/index',
  creditStatus: '/packages/credit/status/index',
  creditJump: '/packages/credit/jump/index',
  creditReturn: '/packages/credit/return/index',
  visits: '/packages/visits/list/index',
  visit: '/packages/visits/detail/index',
  fees: '/packages/visits/fees/index',
  payment: '/packages/payments/status/index',
  cards: '/packages/account/cards/index',
  cardAdd: '/packages/account/card-add/index',
  consents: '/packages/account/consents/index',
  settings: '/packages/account/settings/index',
  desk: '/packages/account/desk/index',
  help: '/packages/help/index/index',
}

/** The address of a page with its parameters. */
export function addressOf<R extends RouteName>(route: R, parameters: Parameters[R]): string {
  const query = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
  return query.length === 0 ? addresses[route] : `${addresses[route]}?${query.join('&')}`
}

/** Whether a value read from storage is a page of this version of the app. */
export function isPlace(value: unknown): value is Place {
  if (typeof value !== 'object' || value === null || !('route' in value) || !('params' in value)) return false
  const { route, params } = value
  if (typeof route !== 'string' || !isKeyOf(addresses, route)) return false
  return typeof params === 'object' && params !== null && Object.values(params).every((one) => typeof one === 'string')
}

/** Opens a page on top of this one; the three pages of the tab bar are opened by `openTab`. */
export function open<R extends Exclude<RouteName, TabName>>(route: R, parameters: Parameters[R]): void {
  void Taro.navigateTo({ url: addressOf(route, parameters) })
}

/** Opens a page in the place of this one, to which there is no way back. */
export function replace<R extends Exclude<RouteName, TabName>>(route: R, parameters: Parameters[R]): void {
  void Taro.redirectTo({ url: addressOf(route, parameters) })
}

/** Opens one of the pages of the tab bar; everything above it is closed. */
export function openTab(tab: TabName): void {
  tabs.open(addresses[tab])
}

/** Opens a kept page in the place of this one. */
export function replaceWith({ route, params }: Place): void {
  void Taro.redirectTo({ url: addressOf(route, params) })
}

/** Starts over at the home page. */
export function goHome(): void {
  void Taro.reLaunch({ url: addresses.home })
}

/** One page back, or home when the page was opened by its address. */
export function goBack(): void {
  if (hasPageBelow()) void Taro.navigateBack()
  else goHome()
}

/** Whether this page was opened from another one of the app. */
export const hasPageBelow = (): boolean => Taro.getCurrentPages().length > 1
