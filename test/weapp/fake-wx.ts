import { randomBytes } from 'node:crypto'
import type { Connection } from './connection.ts'
import type { Device } from './device.ts'
import { askToJump } from './jump.ts'
import { callIfThere, isRecord, textIn, type Loose } from './loose.ts'
import type { PageStack } from './pages.ts'
import type { Realm } from './realm.ts'
import type { Wire } from './wire.ts'
import { finish, wxCall, type Outcome } from './wx-call.ts'

export interface WxParts {
  readonly realm: Realm
  readonly device: Device
  readonly pages: PageStack
  readonly wire: Wire
  /** How the app was opened. */
  readonly opened: Loose
}

const window = { screenWidth: 375, screenHeight: 667, windowWidth: 375, windowHeight: 603, statusBarHeight: 20 }
const safeArea = { left: 0, right: 375, top: 20, bottom: 667, width: 375, height: 647 }
const phone = { brand: 'demo', model: 'demo', system: 'iOS 17.0', platform: 'ios', pixelRatio: 2 }

function information({ realm, device, opened }: WxParts): Loose {
  const base = () => ({ SDKVersion: '3.8.0', language: 'zh_CN', fontSizeScaleFactor: device.textScale, theme: 'light' })
  const screen = { ...window, safeArea, pixelRatio: phone.pixelRatio }
  return {
    getAppBaseInfo: () => realm.copy(base()),
    getWindowInfo: () => realm.copy(screen),
    getDeviceInfo: () => realm.copy(phone),
    getSystemInfoSync: () => realm.copy({ ...base(), ...screen, ...phone }),
    getMenuButtonBoundingClientRect: () =>
      realm.copy({ width: 87, height: 32, top: 24, left: 281, right: 368, bottom: 56 }),
    getLaunchOptionsSync: () => realm.copy(opened),
    getEnterOptionsSync: () => realm.copy(opened),
    getAccountInfoSync: () => realm.copy({ miniProgram: { envVersion: 'develop', version: '' } }),
    nextTick: (task: () => void) => realm.later(task),
    getUpdateManager: () => {
      const listen = (): void => undefined
      return { onCheckForUpdate: listen, onUpdateReady: listen, onUpdateFailed: listen, applyUpdate: listen }
    },
  }
}

function storage({ device }: WxParts): Loose {
  return {
    getStorageSync: (key: string) => device.storage.get(key) ?? '',
    setStorageSync: (key: string, value: unknown) => void device.storage.set(key, value),
    removeStorageSync: (key: string) => void device.storage.delete(key),
    clearStorageSync: () => device.storage.clear(),
  }
}

function navigation({ realm, pages }: WxParts): Loose {
  const call = (name: string, act: (options: Loose) => Outcome | void): Loose => ({ [name]: wxCall(realm, name, act) })
  return {
    ...call('navigateTo', (options) => pages.open(textIn(options, 'url'))),
    ...call('redirectTo', (options) => pages.replace(textIn(options, 'url'))),
    ...call('reLaunch', (options) => pages.restart(textIn(options, 'url'))),
    ...call('switchTab', (options) => pages.switchTo(textIn(options, 'url'))),
    ...call('navigateBack', ({ delta }) => pages.back(typeof delta === 'number' ? delta : 1)),
  }
}

/** WeChat's own bars; those of the tabs can be changed only while a page of the tab bar is in front. */
function bars({ realm, device, pages }: WxParts): Loose {
  const ofTabs = (name: string, act: () => void): Loose => ({
    [name]: wxCall(realm, name, () => (pages.isTabInFront ? act() : { reason: 'not TabBar page' })),
  })
  const painted = (): void => undefined
  return {
    ...ofTabs('hideTabBar', () => void (device.isTabBarShown = false)),
    ...ofTabs('showTabBar', () => void (device.isTabBarShown = true)),
    ...ofTabs('setTabBarStyle', painted),
    ...ofTabs('setTabBarItem', painted),
    setNavigationBarColor: wxCall(realm, 'setNavigationBarColor', painted),
    setBackgroundColor: wxCall(realm, 'setBackgroundColor', painted),
  }
}

function actions({ realm, device }: WxParts): Loose {
  return {
    makePhoneCall: wxCall(
      realm,
      'makePhoneCall',
      (options) => void device.dialled.push(textIn(options, 'phoneNumber')),
    ),
    setClipboardData: wxCall(realm, 'setClipboardData', (options) => {
      device.clipboard = textIn(options, 'data')
    }),
    getRandomValues: (given: Loose) => {
      const { length } = given
      const bytes = randomBytes(typeof length === 'number' ? length : 0)
      realm.later(() => callIfThere(given, 'success', { randomValues: new Uint8Array(bytes).buffer }))
    },
    login: (given: unknown) => {
      const options = isRecord(given) ? given : {}
      const issued = device.loginCode().then(
        (code) => finish(realm, 'login', options, { result: { code } }),
        (error: unknown) => finish(realm, 'login', options, { reason: String(error) }),
      )
      realm.await(issued)
    },
    navigateToMiniProgram: (given: unknown) => askToJump(realm, device)(isRecord(given) ? given : {}),
  }
}

/** What the app finds under `wx`: own keys only, because Taro copies those, and nothing that the app does not use. */
export function fakeWx(parts: WxParts, connection: Connection): Loose {
  const { wire } = parts
  const calls: Loose = {
    ...information(parts),
    ...storage(parts),
    ...navigation(parts),
    ...bars(parts),
    ...actions(parts),
    ...connection.calls,
    request: (given: unknown) => wire.request(isRecord(given) ? given : {}),
  }
  return { ...calls, canIUse: (name: string) => (name.split('.')[0] ?? '') in calls }
}
