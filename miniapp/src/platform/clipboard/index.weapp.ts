import Taro from '@tarojs/taro'

/** Copies a text; false when WeChat does not allow it. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await Taro.setClipboardData({ data: text })
    return true
  } catch {
    return false
  }
}
