import { bankHalfOf, profileOf, systemRandom, type SandboxKeys } from '../sandbox/index.ts'
import type { BankProfile } from './settings.ts'

const appId = 'app202611210001'

/** Writes messages as the bank's gateway would, or as somebody who is not the bank (`bank.md §2.4`), and reads ours. */
export class BankPen {
  readonly #bank: ReturnType<typeof profileOf>
  constructor(keys: SandboxKeys, profile: BankProfile) {
    const half = bankHalfOf(keys)
    this.#bank = profileOf({ ...half, app: { appId, ...half.app }, profile }, systemRandom)
  }

  sign(text: string): string {
    return this.#bank.signReply(text)
  }

  /** Whether it is the product's signature; Base64 of either alphabet. */
  accepts(text: string, signature: string): boolean {
    return this.#bank.verifyRequest(appId, text, signature)
  }

  /** Form A: in the open, signed. */
  plain(content: object): string {
    const text = JSON.stringify(content)
    return `{"notify_biz_content":${text},"sign":"${this.sign(text)}"}`
  }

  /** Form B: encrypted to the product, signed. */
  encrypted(content: object): string {
    const sealed = this.#bank.sealContent(appId, JSON.stringify(content))
    const members = {
      biz_content: sealed?.bizContent,
      msg_id: 'm1',
      timestamp: '2026-11-21 19:30:00',
      encrypt_key: sealed?.encryptKey,
    }
    const signed = JSON.stringify(members).slice(1, -1)
    return `{${signed},"sign":"${this.sign(signed)}"}`
  }
}
