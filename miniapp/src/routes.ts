import Taro from '@tarojs/taro'

interface Parameters {
  home: Record<string, never>
  missing: Record<string, never>
  creditStatus: Record<string, never>
  visits: { goal?: 'fees' }
  visit: { visitId: string }
  fees: { visitId: string }
  payment: { paymentId: string }
}
export type RouteName = keyof Parameters

/** Every page and its address; the only place with route strings. */
const addresses: Record<RouteName, string> = {
  home: '/pages/home/index',
  missing: '/pages/missing/index',
  creditStatus: '/packages/credit/status/index',
  visits: '/packages/visits/list/index',
  visit: '/packages/visits/detail/index',
  fees: '/packages/visits/fees/index',
  payment: '/packages/payments/status/index',
}

/** The address of a page with its parameters. */
export function addressOf<R extends RouteName>(route: R, parameters: Parameters[R]): string {
  const query = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
  return query.length === 0 ? addresses[route] : `${addresses[route]}?${query.join('&')}`
}

/** Opens a page on top of this one. */
export function open<R extends RouteName>(route: R, parameters: Parameters[R]): void {
  void Taro.navigateTo({ url: addressOf(route, parameters) })
}

/** Starts over at the home page. */
export function goHome(): void {
  void Taro.reLaunch({ url: addresses.home })
}

/** One page back, or home when the page was opened by its address. */
export function goBack(): void {
  if (Taro.getCurrentPages().length > 1) void Taro.navigateBack()
  else goHome()
}
