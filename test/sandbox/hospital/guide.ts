import type { Guide } from './registration.ts'
import type { Place } from './slot-book.ts'

const EARLY_MS = 30 * 60_000
const FOR_EVERYBODY = ['带上身份证，到了先在导诊台报到', '过号了别着急，找导诊护士重新排']

/** The guide sheet of a booking. The queue number starts with A before noon and P after it, as on the screen at the waiting room. */
export function guideOf({ session, slot }: Place, sequence: number): Guide {
  return {
    bookingNo: `${session.day}${String(sequence).padStart(5, '0')}`,
    queueNo: `${session.period === 'am' ? 'A' : 'P'}${String(slot.place).padStart(2, '0')}`,
    place: session.department.place,
    arriveFromMs: slot.startsAtMs - EARLY_MS,
    arriveUntilMs: slot.startsAtMs,
    notes: [...session.department.notes, ...FOR_EVERYBODY],
  }
}
