import { instantOf } from '@paycare/shared/rules'
import type { Log } from '../../ports/log.ts'
import type { LineClock } from '../line.ts'

const second = 1_000
/** Beyond this somebody should look after the clocks. */
const apartMs = 2 * second
/** Beyond this nothing new is begun on either clock (`engine.md §8`). */
const astrayMs = 60 * second

type Standing = 'in step' | 'apart' | 'astray'

/**
 * The bank's clock: ours and an offset learned from the signed answers (`engine.md §8`). An answer names a whole second, somewhere between send
 * and receipt: that leaves an interval for the offset, and the estimate moves only as far as the interval asks for. So it is steady, follows a
 * real change at once, and a slow answer teaches little.
 */
export class BankClock implements LineClock {
  readonly #log: Log
  #offsetMs = 0
  #standing: Standing = 'in step'
  constructor(log: Log) {
    this.#log = log
  }

  /** How far the bank's clock is ahead of ours; 0 until it was heard. */
  get offsetMs(): number {
    return this.#offsetMs
  }

  get isAstray(): boolean {
    return this.#standing === 'astray'
  }

  /**
   * Learns from the head of a signed answer (`yyyyMMddHHmmss`). A repeated money call may be answered with its first answer: an answer that is
   * not `fresh` proves only that the bank's clock is at least there.
   */
  hear(responseTime: string | undefined, sentMs: number, receivedMs: number, fresh: boolean): void {
    const atMs = instantOf(responseTime ?? '')
    if (atMs === undefined) return
    const leastMs = atMs - receivedMs
    const mostMs = fresh ? atMs + second - sentMs : Number.POSITIVE_INFINITY
    this.#offsetMs = Math.min(Math.max(this.#offsetMs, leastMs), mostMs)
    this.#tell()
  }

  #tell(): void {
    const apart = Math.abs(this.#offsetMs)
    const standing = apart > astrayMs ? 'astray' : apart > apartMs ? 'apart' : 'in step'
    if (standing === this.#standing) return
    this.#standing = standing
    this.#log.warn({ offsetMs: this.#offsetMs, standing }, 'bank clock')
  }
}
