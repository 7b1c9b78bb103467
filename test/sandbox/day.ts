const SHANGHAI_OFFSET_MS = 8 * 3_600_000
const DAY_MS = 86_400_000

const pad = (value: number): string => (value < 10 ? `0${value}` : String(value))

const shanghai = (atMs: number): Date => new Date(atMs + SHANGHAI_OFFSET_MS)

/** `yyyyMMdd` in Asia/Shanghai (bank.md §3.0). */
export function date8(atMs: number): string {
  const at = shanghai(atMs)
  return `${at.getUTCFullYear()}${pad(at.getUTCMonth() + 1)}${pad(at.getUTCDate())}`
}

/** `HHmmss` in Asia/Shanghai. */
export function time6(atMs: number): string {
  const at = shanghai(atMs)
  return `${pad(at.getUTCHours())}${pad(at.getUTCMinutes())}${pad(at.getUTCSeconds())}`
}

let lastSecond = { second: Number.NaN, text: '' }

/** `yyyyMMddHHmmss` in Asia/Shanghai; the last second is kept, since one call asks for it several times. */
export function dateTime14(atMs: number): string {
  const second = Math.floor(atMs / 1000)
  if (second !== lastSecond.second) lastSecond = { second, text: date8(atMs) + time6(atMs) }
  return lastSecond.text
}

/** `yyyy-MM-dd HH:mm:ss` in Asia/Shanghai, the envelope's `timestamp`. */
export function timestamp(atMs: number): string {
  return shanghai(atMs).toISOString().slice(0, 19).replace('T', ' ')
}

/** Reads the envelope's `timestamp`, which has no zone and means Beijing time (bank.md §2.9). */
export function parseTimestamp(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text)) return null
  const atMs = Date.parse(`${text.replace(' ', 'T')}+08:00`)
  return Number.isNaN(atMs) ? null : atMs
}

/** T 24:00, the instant at which the bank lets an unconfirmed lock go. */
export function endOfDay(atMs: number): number {
  return Math.floor((atMs + SHANGHAI_OFFSET_MS) / DAY_MS + 1) * DAY_MS - SHANGHAI_OFFSET_MS
}

/** The first instant of a `yyyyMMdd`; NaN for what is no day of the calendar. */
export function startOfDay(day: string): number {
  const [year, month, date] = [Number(day.slice(0, 4)), Number(day.slice(4, 6)), Number(day.slice(6))]
  const atMs = Date.UTC(year, month - 1, date) - SHANGHAI_OFFSET_MS
  return date8(atMs) === day ? atMs : Number.NaN
}

/** So many days later, or earlier when negative. */
export const addDays = (day: string, days: number): string => date8(startOfDay(day) + days * DAY_MS)

/** The same day of another month, or that month's last day when it has no such day. */
export function addMonths(day: string, months: number): string {
  const at = shanghai(startOfDay(day))
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months + 1, 0)).getUTCDate()
  const date = Math.min(at.getUTCDate(), last)
  return date8(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, date) - SHANGHAI_OFFSET_MS)
}

/** Whole days from one day to a later one. */
export const daysBetween = (from: string, to: string): number => (startOfDay(to) - startOfDay(from)) / DAY_MS
