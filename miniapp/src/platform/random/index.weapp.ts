import Taro from '@tarojs/taro'
import { hexOf } from './hex'

/** 16 random bytes as hex, from WeChat's own secure source (base library 2.15). */
export function randomKey(): Promise<string> {
  return new Promise((resolve, reject) => {
    void Taro.getRandomValues({
      length: 16,
      success: ({ randomValues }) => resolve(hexOf(new Uint8Array(randomValues))),
      fail: ({ errMsg }) => reject(new Error(errMsg)),
    })
  })
}
