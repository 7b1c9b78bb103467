import { formatInstant } from '../rules/day.ts'

/** What the department is told of every try for which the balance was too small (C 二（四）1（4）). */
export function refundFailedNotice(f: {
  readonly tries: number
  readonly sinceMs: number
  readonly nowMs: number
}): string {
  return `该居民退款失败（第 ${f.tries} 次，自${formatInstant(f.sinceMs, f.nowMs)}起）`
}
