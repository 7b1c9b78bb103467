import { isRecord, textIn, type Loose } from './loose.ts'
import type { Realm } from './realm.ts'
import { finish } from './wx-call.ts'
import type { Device } from './device.ts'

/** WeChat asks the person whether to open another mini program. */
export interface Jump {
  readonly appId: string
  readonly path: string
  readonly extraData: Loose
  /** Ends the call: the person agrees, or does not. */
  readonly answer: (agrees: boolean) => void
}

const name = 'navigateToMiniProgram'

/** `wx.navigateToMiniProgram`: only inside a tap, and the person decides. */
export const askToJump =
  (realm: Realm, device: Device) =>
  (options: Loose): void => {
    if (!device.isTapping) {
      finish(realm, name, options, { reason: 'can only be invoked by user TAP gesture.' })
      return
    }
    const { extraData } = options
    device.jump = {
      appId: textIn(options, 'appId'),
      path: textIn(options, 'path'),
      extraData: isRecord(extraData) ? extraData : {},
      answer: (agrees) => {
        device.jump = undefined
        finish(realm, name, options, agrees ? {} : { reason: 'cancel' })
      },
    }
  }
