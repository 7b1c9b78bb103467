import { signInPath } from '@paycare/shared/paths'
import type { SessionPlatform } from './types'

/** H5: an HttpOnly cookie that JavaScript never sees; signing in leaves for WeChat's OAuth page. */
export const session: SessionPlatform = {
  apiBase: '',
  token: () => undefined,
  keepToken: () => undefined,
  silentCode: undefined,
  leaveToSignIn: () => {
    const back = window.location.pathname + window.location.search
    window.location.assign(`${signInPath}?return=${encodeURIComponent(back)}`)
  },
}
