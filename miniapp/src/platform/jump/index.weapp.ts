import Taro from '@tarojs/taro'
import type { JumpPlatform } from './types'

export type { JumpOutcome } from './types'

/** WeChat: the bank's mini-program, after WeChat has asked the patient. What it hands back is not read. */
export const jump: JumpPlatform = {
  target: 'weapp',
  leave: (launch, onOutcome) => {
    if (launch.kind !== 'miniProgram') return onOutcome('failed')
    const { appId, path, extraData } = launch
    Taro.navigateToMiniProgram({ appId, path, extraData }).then(
      () => onOutcome('left'),
      (error: unknown) => onOutcome(isCancel(error) ? 'cancelled' : 'failed'),
    )
  },
}

function isCancel(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'errMsg' in error && /cancel/.test(String(error.errMsg))
}
