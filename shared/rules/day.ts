/** A day in Asia/Shanghai as `yyyyMMdd`. China has no daylight saving: the offset is always +08:00. */
export type Day = string

const OFFSET_MS = 8 * 3_600_000
const DAY_MS = 86_400_000

/** Parts of an instant on the clock of Asia/Shanghai. */
export interface LocalTime {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

export function localTime(atMs: number): LocalTime {
  const shifted = new Date(atMs + OFFSET_MS)
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
  }
}

const two = (n: number): string => String(n).padStart(2, '0')

/** `yyyyMMdd` of an instant. */
export function dayOf(atMs: number): Day {
  const t = localTime(atMs)
  return `${t.year}${two(t.month)}${two(t.day)}`
}

/** ISO 8601 on the clock of Asia/Shanghai, as HIS reads and writes instants. */
export function isoInstant(atMs: number): string {
  return new Date(atMs + OFFSET_MS).toISOString().replace('Z', '+08:00')
}

/** `HHmmss` of an instant. */
export function timeOf(atMs: number): string {
  const t = localTime(atMs)
  return `${two(t.hour)}${two(t.minute)}${two(t.second)}`
}

/** The first instant of the day that holds `atMs`. */
export function startOfDay(atMs: number): number {
  return Math.floor((atMs + OFFSET_MS) / DAY_MS) * DAY_MS - OFFSET_MS
}

/** The instant of `hour:minute` on the day that holds `atMs`; 24:00 is the next midnight. */
export function timeOnDay(atMs: number, hour: number, minute: number): number {
  return startOfDay(atMs) + (hour * 60 + minute) * 60_000
}

/** “11月21日 20:08”, or “今天 20:08” when `nowMs` is the same day. */
export function formatInstant(atMs: number, nowMs: number): string {
  const t = localTime(atMs)
  const date = dayOf(atMs) === dayOf(nowMs) ? '今天' : `${t.month}月${t.day}日`
  return `${date} ${two(t.hour)}:${two(t.minute)}`
}

/** “13:30”. */
export function formatClock(atMs: number): string {
  const t = localTime(atMs)
  return `${two(t.hour)}:${two(t.minute)}`
}

/** “周日”. */
export function formatWeekday(atMs: number): string {
  return `周${'日一二三四五六'.charAt(new Date(atMs + OFFSET_MS).getUTCDay())}`
}

/** “11月21日 周六”. */
export function formatDate(atMs: number): string {
  const t = localTime(atMs)
  return `${t.month}月${t.day}日 ${formatWeekday(atMs)}`
}

/** “今天”, “明天” or undefined, as seen on the day of `nowMs`. */
export function nearDay(atMs: number, nowMs: number): '今天' | '明天' | undefined {
  const days = (startOfDay(atMs) - startOfDay(nowMs)) / DAY_MS
  return days === 0 ? '今天' : days === 1 ? '明天' : undefined
}

/** “今天 13:30–14:00”, “明天 11月22日 13:30–14:00”, “11月23日 周一 13:30–14:00”: a time to be somewhere, on one line. */
export function formatSpan(fromMs: number, untilMs: number, nowMs: number): string {
  const t = localTime(fromMs)
  const near = nearDay(fromMs, nowMs)
  const day = near === undefined ? formatDate(fromMs) : near === '今天' ? near : `${near} ${t.month}月${t.day}日`
  return `${day} ${formatClock(fromMs)}–${formatClock(untilMs)}`
}

/** `yyyyMMdd` → the first instant of that day; undefined for any other text. */
export function dayStart(day: Day): number | undefined {
  return instantOf(`${day}000000`)
}

/** `yyyyMMdd` → “2026年11月21日”; any other text unchanged. */
export function formatDay(day: Day): string {
  const parts = /^(\d{4})(\d{2})(\d{2})$/.exec(day)
  return parts ? `${parts[1]}年${Number(parts[2])}月${Number(parts[3])}日` : day
}

/** `yyyyMMddHHmmss` on the clock of Asia/Shanghai → instant; undefined for any other text. */
export function instantOf(dateTime: string): number | undefined {
  const p = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(dateTime)
  if (!p) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = p.slice(1).map(Number)
  const atMs = Date.UTC(year, month - 1, day, hour, minute, second) - OFFSET_MS
  // `Date.UTC` carries a thirteenth month over into the next year: what does not come back the same is no instant.
  return `${dayOf(atMs)}${timeOf(atMs)}` === dateTime ? atMs : undefined
}
