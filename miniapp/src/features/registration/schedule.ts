import type { ClinicSession, Schedule, ScheduledDoctor, ScheduleSlot } from '@paycare/shared/contract'
import { dayStart, formatClock, formatDate, formatWeekday, localTime, nearDay } from '@paycare/shared/rules'
import { doctorTexts, leftText } from '@paycare/shared/text'
import type { StripDay } from '../../ui/DayStrip'

type Dates = Pick<Schedule, 'days' | 'doctors'>

/** The days of a schedule as the strip shows them. */
export function stripDays({ days, doctors }: Dates, nowMs: number): StripDay[] {
  return days.map(({ day, leftCount }) => {
    const atMs = dayStart(day) ?? nowMs
    const { month, day: date } = localTime(atMs)
    const isClinic = doctors.some(({ sessions }) => sessions.some((session) => session.day === day))
    const left = isClinic ? leftText(leftCount) : doctorTexts.noClinic
    return {
      day,
      name: nearDay(atMs, nowMs) ?? formatWeekday(atMs),
      date: `${month}/${date}`,
      note: left.replace(' ', ''),
      empty: leftCount === 0,
      spoken: doctorTexts.daySpoken(dateWords(day, nowMs), left),
    }
  })
}

/** “今天 11月21日 周六”. */
export function dateWords(day: string, nowMs: number): string {
  const atMs = dayStart(day) ?? nowMs
  const words = formatDate(atMs)
  const near = nearDay(atMs, nowMs)
  return near === undefined ? words : doctorTexts.dayNear(near, words)
}

/** The first day with a free slot. */
export function firstFreeDay({ days }: Pick<Schedule, 'days'>): string | undefined {
  return days.find(({ leftCount }) => leftCount > 0)?.day
}

export interface SlotView {
  readonly slotNo: string
  readonly time: string
  readonly spoken: string
  /** Why it cannot be had any more. */
  readonly closed: string | undefined
}

export interface SessionView {
  readonly key: string
  /** “上午 余 5”. */
  readonly title: string
  readonly priceFen: number
  readonly slots: readonly SlotView[]
}

export interface DoctorView {
  readonly key: string
  readonly name: string
  readonly title: string
  readonly skills: string
  readonly sessions: readonly SessionView[]
}

/** Who is there on a day and when; doctors with a free slot come first. */
export function doctorsOn({ doctors }: Pick<Schedule, 'doctors'>, day: string, nowMs: number): DoctorView[] {
  const present = doctors
    .map((doctor) => ({ doctor, sessions: sessionsOn(doctor, day) }))
    .filter(({ sessions }) => sessions.length > 0)
  const hasFree = (sessions: readonly ClinicSession[]): number => (sessions.some((one) => one.leftCount > 0) ? 1 : 0)
  return present
    .sort((a, b) => hasFree(b.sessions) - hasFree(a.sessions))
    .map(({ doctor, sessions }) => ({
      key: doctor.doctorNo,
      name: doctor.name,
      title: doctor.title,
      skills: doctor.skills === '' ? '' : doctorTexts.skills(doctor.skills),
      sessions: sessions.map((session) => sessionView(session, doctor.name, nowMs)),
    }))
}

function sessionsOn({ sessions }: ScheduledDoctor, day: string): ClinicSession[] {
  return sessions.filter((session) => session.day === day)
}

function sessionView(session: ClinicSession, doctor: string, nowMs: number): SessionView {
  const period = doctorTexts.period[session.period]
  return {
    key: session.sessionNo,
    title: doctorTexts.session(period, leftText(session.leftCount)),
    priceFen: session.priceFen,
    slots: session.slots.map((slot) => {
      const time = formatClock(slot.startsAtMs)
      const open = doctorTexts.slotSpoken(doctor, period, time)
      const closed = closedWhy(slot, nowMs)
      const spoken = closed === undefined ? open : doctorTexts.slotClosedSpoken(open, closed)
      return { slotNo: slot.slotNo, time, spoken, closed }
    }),
  }
}

function closedWhy({ startsAtMs, isFree }: ScheduleSlot, nowMs: number): string | undefined {
  if (startsAtMs <= nowMs) return doctorTexts.slotClosed.past
  return isFree ? undefined : doctorTexts.slotClosed.full
}
