import Taro from '@tarojs/taro'

/** The text size that the patient chose in WeChat, 1 when WeChat does not tell. */
export function textScale(): number {
  const info: object = Taro.getAppBaseInfo()
  return 'fontSizeScaleFactor' in info && typeof info.fontSizeScaleFactor === 'number' ? info.fontSizeScaleFactor : 1
}
