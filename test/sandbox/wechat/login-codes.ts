import type { SandboxClock } from '../clock.ts'
import type { SandboxRandom } from '../random.ts'

const CODE_LIFE_MS = 300_000

/** Where a code comes from: the OAuth page, or `wx.login` of the mini-program. One is no good in place of the other. */
export type CodeSource = 'oauth' | 'login'

/** What a code was worth. */
export type Redeemed = { readonly is: 'openid'; readonly openid: string } | { readonly is: 'used' | 'invalid' }

/** One-time codes that live five minutes. */
export class LoginCodes {
  readonly #codes = new Map<string, { openid: string; source: CodeSource; untilMs: number; isUsed: boolean }>()
  readonly #clock: SandboxClock
  readonly #random: SandboxRandom

  constructor(clock: SandboxClock, random: SandboxRandom) {
    this.#clock = clock
    this.#random = random
  }

  issue(openid: string, source: CodeSource): string {
    const code = this.#random.bytes(16).toString('hex')
    this.#codes.set(code, { openid, source, untilMs: this.#clock.now() + CODE_LIFE_MS, isUsed: false })
    return code
  }

  redeem(code: string, source: CodeSource): Redeemed {
    const found = this.#codes.get(code)
    if (!found || found.source !== source) return { is: 'invalid' }
    if (found.isUsed) return { is: 'used' }
    if (this.#clock.now() >= found.untilMs) return { is: 'invalid' }
    found.isUsed = true
    return { is: 'openid', openid: found.openid }
  }
}
