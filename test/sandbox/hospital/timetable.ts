import { createHash } from 'node:crypto'
import { priceItem } from './catalogue.ts'
import { priceItemOf, type Department, type Doctor } from './departments.ts'
import { startOfDay } from './moment.ts'

/** Half of a clinic day. */
export type Period = 'am' | 'pm'

/** A place in a doctor's queue at a fixed time (号源). */
export interface Slot {
  readonly slotNo: string
  /** Place in the queue, from 1. */
  readonly place: number
  readonly startsAtMs: number
  readonly endsAtMs: number
  /** Given away at the window, by telephone or elsewhere. */
  readonly isTakenElsewhere: boolean
}

/** One doctor on one half day. */
export interface Session {
  readonly sessionNo: string
  readonly department: Department
  readonly doctor: Doctor
  /** `yyyyMMdd`. */
  readonly day: string
  readonly period: Period
  readonly priceFen: number
  readonly slots: readonly Slot[]
}

const SLOT_MS = 15 * 60_000
const BEGINS_MS: Readonly<Record<Period, number>> = { am: 8.5 * 3_600_000, pm: 14 * 3_600_000 }
const FEWEST = 6
const MOST = 10
/** Out of 256: how often a doctor sits, how often a session is full, how often a slot of another session is gone. */
const SITS = 120
const FULL: Readonly<Record<Doctor['title'], number>> = { 主治医师: 30, 副主任医师: 60, 主任医师: 150 }
const GONE = 96

/** Both halves of a clinic day. */
export const periods: readonly Period[] = ['am', 'pm']

/**
 * The session of a doctor on a half day, the same whenever it is asked for: the date decides, nothing is stored. Null when the doctor does not
 * sit. The first doctor of a department sits every morning and keeps three slots for the app, so that there is always something to book.
 */
export function sessionOf(department: Department, doctor: Doctor, day: string, period: Period): Session | null {
  const sessionNo = `${doctor.doctorNo}-${day}-${period}`
  const chance = createHash('sha256').update(`${department.name} ${sessionNo}`).digest()
  const isStaple = period === 'am' && doctor === department.doctors[0]
  const midnightMs = startOfDay(day)
  if (Number.isNaN(midnightMs) || (!isStaple && chance.readUInt8(0) >= SITS)) return null
  const count = FEWEST + (chance.readUInt8(1) % (MOST - FEWEST + 1))
  const isFull = !isStaple && chance.readUInt8(2) < FULL[doctor.title]
  const slots = Array.from({ length: count }, (_, at): Slot => {
    const startsAtMs = midnightMs + BEGINS_MS[period] + at * SLOT_MS
    return {
      slotNo: `${sessionNo}-${String(at + 1).padStart(2, '0')}`,
      place: at + 1,
      startsAtMs,
      endsAtMs: startsAtMs + SLOT_MS,
      isTakenElsewhere: isFull || (chance.readUInt8(3 + at) < GONE && !(isStaple && at >= count - 3)),
    }
  })
  const priceFen = priceItem(priceItemOf[doctor.title])?.unitPriceFen ?? 0
  return { sessionNo, department, doctor, day, period, priceFen, slots }
}

const SLOT_NO = /^(D\d{4})-(\d{8})-(am|pm)-(\d{2})$/

/** A slot with its session, by number; null when nobody ever sits there. */
export function slotOf(departments: readonly Department[], slotNo: string): { session: Session; slot: Slot } | null {
  const [, doctorNo, day = '', period] = SLOT_NO.exec(slotNo) ?? []
  for (const department of departments) {
    const doctor = department.doctors.find((one) => one.doctorNo === doctorNo)
    if (!doctor) continue
    const session = sessionOf(department, doctor, day, period === 'am' ? 'am' : 'pm')
    const slot = session?.slots.find((one) => one.slotNo === slotNo)
    return session && slot ? { session, slot } : null
  }
  return null
}
