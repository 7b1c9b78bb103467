import Taro from '@tarojs/taro'
import { storage } from '../storage'
import type { SessionPlatform } from './types'

const key = 'session'

/** WeChat: a short bearer token, renewed by a silent login. */
export const session: SessionPlatform = {
  apiBase: API_BASE,
  token: () => storage.read(key) ?? undefined,
  keepToken: (token) => {
    if (token === undefined) storage.remove(key)
    else storage.write(key, token)
  },
  silentCode: async () => (await Taro.login()).code,
  leaveToSignIn: undefined,
}
