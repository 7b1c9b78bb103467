/** An application registered with the gateway: which product calls, and for which merchants it may act. */
export interface GatewayApp {
  readonly appId: string
  readonly publicKey: string
  readonly merchants: readonly string[]
}

/** Refuses a message number seen before; forgets it after its memory time (bank.md §2.9). */
export class MessageMemory {
  readonly #seen = new Map<string, number>()
  readonly #memoryMs: number

  constructor(memoryMs: number) {
    this.#memoryMs = memoryMs
  }

  /** True when the number is new. */
  admit(key: string, nowMs: number): boolean {
    for (const [old, atMs] of this.#seen) {
      if (nowMs - atMs < this.#memoryMs) break
      this.#seen.delete(old)
    }
    if (this.#seen.has(key)) return false
    this.#seen.set(key, nowMs)
    return true
  }
}

/** At most so many calls per app and second; null lets everything through. */
export class RateLimit {
  readonly #perSecond: number | null
  readonly #counts = new Map<string, { second: number; calls: number }>()

  constructor(perSecond: number | null) {
    this.#perSecond = perSecond
  }

  admit(appId: string, nowMs: number): boolean {
    if (this.#perSecond === null) return true
    const second = Math.floor(nowMs / 1000)
    const count = this.#counts.get(appId)
    if (!count || count.second !== second) {
      this.#counts.set(appId, { second, calls: 1 })
      return true
    }
    count.calls += 1
    return count.calls <= this.#perSecond
  }
}
