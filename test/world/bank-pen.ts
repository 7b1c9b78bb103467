import {
  constants,
  createCipheriv,
  createPrivateKey,
  createPublicKey,
  publicEncrypt,
  randomBytes,
  sign,
} from 'node:crypto'
import type { SandboxKeys } from '../sandbox/index.ts'

/** Writes messages as the bank's gateway would, or as somebody who is not the bank (`bank.md §2.4`). */
export class BankPen {
  readonly #own: ReturnType<typeof createPrivateKey>
  readonly #app: ReturnType<typeof createPublicKey>
  constructor(keys: Pick<SandboxKeys, 'gateway' | 'app'>) {
    this.#own = createPrivateKey(keys.gateway.privateKey)
    this.#app = createPublicKey(keys.app.publicKey)
  }

  sign(text: string): string {
    return sign('RSA-SHA256', Buffer.from(text), this.#own).toString('base64')
  }

  /** Form A: in the open, signed. */
  plain(content: object): string {
    const text = JSON.stringify(content)
    return `{"notify_biz_content":${text},"sign":"${this.sign(text)}"}`
  }

  /** Form B: encrypted to the product, signed. */
  encrypted(content: object): string {
    const key = randomBytes(32)
    const cipher = createCipheriv('aes-256-cbc', key, Buffer.alloc(16))
    const biz = Buffer.concat([cipher.update(JSON.stringify(content), 'utf8'), cipher.final()]).toString('base64')
    const keyText = Buffer.from(key.toString('base64'))
    const wrapped = publicEncrypt({ key: this.#app, padding: constants.RSA_PKCS1_PADDING }, keyText).toString('base64')
    const members = { biz_content: biz, msg_id: 'm1', timestamp: '2026-11-21 19:30:00', encrypt_key: wrapped }
    const signed = JSON.stringify(members).slice(1, -1)
    return `{${signed},"sign":"${this.sign(signed)}"}`
  }
}
