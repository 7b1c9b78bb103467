import { dayOf, startOfDay, timeOnDay, type Day } from './day.ts'

const DAY_MS = 86_400_000

/** Which of the hospital's balances at the bank a refund is expected to come from (C 二（一）5 table 1). The bank decides; nothing depends on it. */
export type RefundSource = 'today' | 'reserve' | 'receivable'

/** A forecast in words for the hospital's finance: the day decides which balance, never which interface. */
export function refundSource(paidOn: Day, nowMs: number, hasReserve: boolean): RefundSource {
  if (paidOn === dayOf(nowMs)) return 'today'
  return hasReserve ? 'reserve' : 'receivable'
}

/** Staff send a refund again from the day after it was last tried (C 二（一）5: 次日医疗卫生机构手动). */
export function mayResend(lastTriedAtMs: number, nowMs: number): boolean {
  return startOfDay(nowMs) > startOfDay(lastTriedAtMs)
}

/** Whole days of the calendar since an instant. */
export function ageInDays(sinceMs: number, nowMs: number): number {
  return Math.max(0, Math.round((startOfDay(nowMs) - startOfDay(sinceMs)) / DAY_MS))
}

/** The first daily run after an instant; `times` are `HH:mm` on the clock of Asia/Shanghai (C 二（四）1（4）: 每日定期自动发起). */
export function nextRunAt(times: readonly string[], nowMs: number): number {
  const today = times.map((time) => {
    const [hour = 0, minute = 0] = time.split(':').map(Number)
    return timeOnDay(nowMs, hour, minute)
  })
  return Math.min(...today.map((atMs) => (atMs > nowMs ? atMs : atMs + DAY_MS)))
}
