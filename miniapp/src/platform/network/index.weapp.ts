import Taro from '@tarojs/taro'
import type { NetworkPlatform } from './types'

let offline = false

export const network: NetworkPlatform = {
  isOffline: () => offline,
  onChange: (listener) => {
    const changed: Taro.onNetworkStatusChange.Callback = ({ isConnected }) => {
      offline = !isConnected
      listener(isConnected)
    }
    Taro.onNetworkStatusChange(changed)
    return () => Taro.offNetworkStatusChange(changed)
  },
}
