/** A message as a phone would show it. */
export interface Sms {
  readonly seq: number
  readonly atMs: number
  readonly phone: string
  readonly text: string
  /** The code in the text, so that nobody has to read it out of a sentence. */
  readonly code: string | null
}

const KEPT = 2_000

/** Every message the bank would have sent; nothing leaves the process. */
export class SmsOutbox {
  #messages: Sms[] = []
  #sequence = 0

  /** A customer without a number gets nothing. */
  send(atMs: number, phone: string | null, text: string, code: string | null = null): void {
    if (phone === null) return
    this.#sequence += 1
    this.#messages.push({ seq: this.#sequence, atMs, phone, text: `【演示银行】${text}`, code })
    if (this.#messages.length > KEPT) this.#messages = this.#messages.slice(-KEPT)
  }

  /** Oldest first. */
  all(): readonly Sms[] {
    return this.#messages
  }
}
