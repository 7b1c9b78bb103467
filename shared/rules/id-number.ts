import { localTime } from './day.ts'

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checks = '10X98765432'

/** Whether an 18-character resident identity number has a date and the right check digit (GB 11643). */
export function isIdNumber(idNumber: string): boolean {
  if (!/^\d{17}[\dX]$/.test(idNumber)) return false
  const sum = weights.reduce((total, weight, at) => total + weight * Number(idNumber[at]), 0)
  return checks[sum % 11] === idNumber[17] && hasDate(idNumber)
}

function hasDate(idNumber: string): boolean {
  const year = Number(idNumber.slice(6, 10))
  const month = Number(idNumber.slice(10, 12))
  const day = Number(idNumber.slice(12, 14))
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** Age in full years on the day of `nowMs`. */
export function ageOf(idNumber: string, nowMs: number): number {
  const now = localTime(nowMs)
  const birthday = Number(idNumber.slice(10, 14))
  const years = now.year - Number(idNumber.slice(6, 10))
  return now.month * 100 + now.day >= birthday ? years : years - 1
}
