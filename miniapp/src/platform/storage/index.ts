import Taro from '@tarojs/taro'

/** Small facts kept on the device; a device that refuses storage only forgets. */
export const storage = {
  read(key: string): string | null {
    try {
      const value: unknown = Taro.getStorageSync(key)
      return typeof value === 'string' && value !== '' ? value : null
    } catch {
      return null
    }
  },
  write(key: string, value: string): void {
    try {
      Taro.setStorageSync(key, value)
    } catch {
      // A full or forbidden storage is no reason to stop.
    }
  },
  remove(key: string): void {
    try {
      Taro.removeStorageSync(key)
    } catch {
      // As above.
    }
  },
}
