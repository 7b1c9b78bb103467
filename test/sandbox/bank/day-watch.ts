import type { BankCore } from './core.ts'
import { clearDays, type Clearing } from './clearing.ts'
import { date8, endOfDay, startOfDay } from '../day.ts'
import { liveDays, type Conversion } from './debts/days.ts'

/** What a day's change has brought. */
export interface DayChange {
  readonly clearings: readonly Clearing[]
  readonly conversions: readonly Conversion[]
}

/** Notices that a day of the bank's clock is over: then hospitals are paid and bills fall due. */
export class DayWatch {
  #day: string
  #fromMs: number
  #untilMs: number

  constructor(nowMs: number) {
    this.#day = date8(nowMs)
    this.#fromMs = startOfDay(this.#day)
    this.#untilMs = endOfDay(nowMs)
  }

  /** Null within the same day, which costs two comparisons. A clock put back lives no day twice that brings anything new. */
  look(core: BankCore): DayChange | null {
    const nowMs = core.clock.now()
    if (nowMs >= this.#fromMs && nowMs < this.#untilMs) return null
    const lastDay = this.#day
    this.#day = date8(nowMs)
    this.#fromMs = startOfDay(this.#day)
    this.#untilMs = endOfDay(nowMs)
    return { clearings: clearDays(core), conversions: liveDays(core, lastDay) }
  }
}
