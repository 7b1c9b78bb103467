const SHANGHAI_OFFSET_MS = 8 * 3_600_000
const WEEKDAYS = '日一二三四五六'

const shanghai = (atMs: number): Date => new Date(atMs + SHANGHAI_OFFSET_MS)

/** ISO 8601 with the offset of Shanghai, as the product's and the hospital's interfaces write an instant. */
export const isoInstant = (atMs: number): string => shanghai(atMs).toISOString().replace('Z', '+08:00')

/** Midnight at which a day `yyyyMMdd` begins in Shanghai; NaN when there is no such day. */
export function startOfDay(day: string): number {
  return Date.parse(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T00:00:00+08:00`)
}

/** `09:15`. */
export const clockTime = (atMs: number): string => shanghai(atMs).toISOString().slice(11, 16)

/** `11月21日（周六）`. */
export function dayWords(atMs: number): string {
  const at = shanghai(atMs)
  return `${at.getUTCMonth() + 1}月${at.getUTCDate()}日（周${WEEKDAYS.charAt(at.getUTCDay())}）`
}
