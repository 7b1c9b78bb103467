import { addDays, startOfDay } from '../../day.ts'
import type { FundSource } from '../refunds.ts'

/** One movement of money as the hospital's bill tells it (bank.md §3.11); amounts in fen. */
export interface BookRow {
  readonly type: 'CONFIRM' | 'PAY' | 'REFUND'
  readonly atMs: number
  readonly serial: string
  readonly orderNo: string
  readonly origSerial: string
  readonly origOrderNo: string
  readonly amountFen: number
  /** What it adds to the day's clearing. */
  readonly netFen: number
  readonly fundSource: FundSource | ''
  readonly bizScene: string
  readonly visitNo: string
  readonly role: 'PRINCIPAL' | 'SHARER'
  readonly agreementNo: string
  readonly content: string
}

/** Bills are ready from this hour of T+1 on (bank.md §6.3). */
const READY_HOUR_MS = 6 * 3_600_000

/** When the bill of a day is ready, were nothing done by hand. */
export const readyAtMs = (day: string): number => startOfDay(addDays(day, 1)) + READY_HOUR_MS

/** Movements by merchant and accounting day, in the order in which they were made. */
export class DayBooks {
  readonly #rows = new Map<string, BookRow[]>()
  /** Days with movements whose bill nobody has been told of, with the merchants. */
  readonly #untold = new Map<string, Set<string>>()
  readonly #early = new Set<string>()

  add(merPtcId: string, day: string, row: BookRow): void {
    const key = `${merPtcId}/${day}`
    const rows = this.#rows.get(key)
    if (rows) {
      rows.push(row)
      return
    }
    this.#rows.set(key, [row])
    const merchants = this.#untold.get(day)
    if (merchants) merchants.add(merPtcId)
    else this.#untold.set(day, new Set([merPtcId]))
  }

  rows(merPtcId: string, day: string): readonly BookRow[] {
    return this.#rows.get(`${merPtcId}/${day}`) ?? []
  }

  /** Makes a day's bills ready before their hour, by hand. */
  hasten(day: string): void {
    this.#early.add(day)
  }

  isReady(day: string, nowMs: number): boolean {
    return this.#early.has(day) || nowMs >= readyAtMs(day)
  }

  #tellAtMs(day: string): number {
    return this.#early.has(day) ? 0 : readyAtMs(day)
  }

  /** When the next bill becomes ready; null when all have been told of. */
  nextReadyAtMs(): number | null {
    const days = [...this.#untold.keys()]
    return days.length === 0 ? null : Math.min(...days.map((day) => this.#tellAtMs(day)))
  }

  /** Takes out the bills that have become ready: each is told of once. */
  takeReady(nowMs: number): { readonly merPtcId: string; readonly day: string }[] {
    if (this.#untold.size === 0) return []
    const due = [...this.#untold].filter(([day]) => this.#tellAtMs(day) <= nowMs)
    for (const [day] of due) this.#untold.delete(day)
    return due.flatMap(([day, merchants]) => [...merchants].map((merPtcId) => ({ merPtcId, day })))
  }
}
