import Taro from '@tarojs/taro'
import type { UpdatePlatform } from './types'

export const update: UpdatePlatform | undefined = {
  onReady: (listener) => Taro.getUpdateManager().onUpdateReady(listener),
  apply: () => Taro.getUpdateManager().applyUpdate(),
}
