import Taro from '@tarojs/taro'
import type { Theme } from './types'

export type { Theme } from './types'

/** The colours of `theme.json`, which WeChat itself uses while it follows the phone. */
const around = {
  light: { ground: '#F3F6F8', bar: '#000000', tabGround: '#FFFFFF', tabText: '#4A5A67', tabChosen: '#0A6A75' },
  dark: { ground: '#0E1519', bar: '#ffffff', tabGround: '#172127', tabText: '#A9B8C1', tabChosen: '#5CC4CE' },
} as const

/** The pages of the tab bar in their order, as their icons are named. */
const tabs = ['home', 'records', 'mine'] as const

let painted = false

/** Colours WeChat's own bars and ground around the page in front. */
export function paintAround(theme: Theme): void {
  if (theme === 'follow' && !painted) return
  painted = true
  const shade = theme === 'follow' ? ofPhone() : theme
  const { ground, bar, tabGround, tabText, tabChosen } = around[shade]
  quietly(Taro.setNavigationBarColor({ frontColor: bar, backgroundColor: ground }))
  quietly(
    Taro.setBackgroundColor({ backgroundColor: ground, backgroundColorTop: ground, backgroundColorBottom: ground }),
  )
  quietly(
    Taro.setTabBarStyle({ color: tabText, selectedColor: tabChosen, backgroundColor: tabGround, borderStyle: 'black' }),
  )
  for (const [index, name] of tabs.entries()) {
    const icon = `tab-icons/${name}-${shade}`
    quietly(Taro.setTabBarItem({ index, iconPath: `${icon}.png`, selectedIconPath: `${icon}-chosen.png` }))
  }
}

/** The tab bar may be painted only on its own pages; the next one that is shown is painted then. */
function quietly(asked: Promise<unknown>): void {
  asked.catch(() => undefined)
}

function ofPhone(): 'light' | 'dark' {
  return Taro.getAppBaseInfo().theme === 'dark' ? 'dark' : 'light'
}
