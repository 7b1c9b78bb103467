import { z } from 'zod'
import type { Wire } from '../../ports/wire.ts'
import { readJson } from '../json.ts'

const OpenId = z.looseObject({ openid: z.string().min(1) })
const deadlineMs = 5_000

export interface WechatConfig {
  readonly apiUrl: string
  readonly authorizeUrl: string
  readonly appId: string
  readonly secret: string
}

/** WeChat's login: a one-time code becomes the openid of the account. */
export class WechatClient {
  readonly #config: WechatConfig
  readonly #wire: Wire
  constructor(config: WechatConfig, wire: Wire) {
    this.#config = config
    this.#wire = wire
  }

  /** Where H5 goes to sign in (`snsapi_base`: no question to the person). */
  authorizeUrl(redirectUri: string, state: string): string {
    const q = new URLSearchParams({
      appid: this.#config.appId,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'snsapi_base',
      state,
    })
    return `${this.#config.authorizeUrl}?${q}#wechat_redirect`
  }

  /** The openid behind a code of the OAuth page; undefined when the code is not good or WeChat is silent. */
  openIdOfOauthCode(code: string): Promise<string | undefined> {
    return this.#openId('/sns/oauth2/access_token', { code, grant_type: 'authorization_code' })
  }

  /** The openid behind a code of `wx.login`. */
  openIdOfLoginCode(code: string): Promise<string | undefined> {
    return this.#openId('/sns/jscode2session', { js_code: code, grant_type: 'authorization_code' })
  }

  async #openId(path: string, parameters: Record<string, string>): Promise<string | undefined> {
    const { appId, secret, apiUrl } = this.#config
    const q = new URLSearchParams({ appid: appId, secret, ...parameters })
    const answer = await this.#wire({ method: 'GET', url: `${apiUrl}${path}?${q}`, headers: {}, deadlineMs })
    if (answer.is !== 'answered' || answer.status !== 200) return undefined
    return readJson(answer.body, OpenId)?.openid
  }
}
