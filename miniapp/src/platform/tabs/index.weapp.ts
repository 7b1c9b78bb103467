import Taro from '@tarojs/taro'
import type { TabsPlatform } from './types'

export type { TabName } from './types'

/** WeChat: its own bar, 50 px high with 10 px words; 长辈版 hides it and draws a larger one. */
export const tabs: TabsPlatform = {
  isDrawn: (elder) => elder,
  open: (address) => void Taro.switchTab({ url: address }),
  settle: (elder) => {
    const settled = elder ? Taro.hideTabBar({ animation: false }) : Taro.showTabBar({ animation: false })
    // Refused while the page is not in front; the next show settles it.
    settled.catch(() => undefined)
  },
}
