import type { SandboxClock } from '../clock.ts'
import type { SandboxRandom } from '../random.ts'
import type { SmsOutbox } from './sms.ts'

const LIFE_MS = 300_000
const TRIES = 3
const MOST_CODES = 5

/** `renewed`: too many wrong tries or too late, a new code is on its way; `blocked`: no code is sent any more. */
export type CodeAnswer = 'right' | 'wrong' | 'renewed' | 'blocked'

interface OpenCode {
  readonly phone: string
  readonly purpose: string
  readonly sent: number
  readonly code: string
  readonly untilMs: number
  triesLeft: number
}

/** One-time codes by key; a key is one action in one session. */
export class SmsCodes {
  readonly #outbox: SmsOutbox
  readonly #clock: SandboxClock
  readonly #random: SandboxRandom
  readonly #open = new Map<string, OpenCode>()

  constructor(outbox: SmsOutbox, clock: SandboxClock, random: SandboxRandom) {
    this.#outbox = outbox
    this.#clock = clock
    this.#random = random
  }

  /** False when the key has used up its codes. */
  send(key: string, phone: string, purpose: string): boolean {
    const sent = this.#open.get(key)?.sent ?? 0
    if (sent >= MOST_CODES) return false
    const nowMs = this.#clock.now()
    const code = String(Math.floor(this.#random.next() * 1_000_000)).padStart(6, '0')
    this.#open.set(key, { phone, purpose, sent: sent + 1, code, untilMs: nowMs + LIFE_MS, triesLeft: TRIES })
    this.#outbox.send(nowMs, phone, `验证码 ${code}，用于${purpose}，5 分钟内有效。请勿告诉他人。`, code)
    return true
  }

  /** Sends another code for the same action. */
  again(key: string): boolean {
    const open = this.#open.get(key)
    return open !== undefined && this.send(key, open.phone, open.purpose)
  }

  check(key: string, typed: string): CodeAnswer {
    const open = this.#open.get(key)
    if (!open) return 'blocked'
    const inTime = this.#clock.now() < open.untilMs && open.triesLeft > 0
    if (inTime && typed.replace(/\s/g, '') === open.code) {
      this.#open.delete(key)
      return 'right'
    }
    open.triesLeft -= 1
    if (inTime && open.triesLeft > 0) return 'wrong'
    return this.again(key) ? 'renewed' : 'blocked'
  }
}
