import { Hono } from 'hono'
import type { Department, Doctor } from './departments.ts'
import type { Hospital } from './hospital.ts'
import { isoInstant } from './moment.ts'
import type { OpenSession, Place, SlotBook } from './slot-book.ts'
import type { Slot } from './timetable.ts'

const CANCEL_BEFORE_MS = 30 * 60_000

const leftOf = (sessions: readonly OpenSession[]): number => sessions.reduce((sum, one) => sum + one.leftCount, 0)

const departmentView = ({ departmentNo, name, place, words }: Department, sessions: readonly OpenSession[]) => ({
  departmentNo,
  name,
  place,
  words,
  leftCount: leftOf(sessions),
})

const slotTimes = ({ startsAtMs, endsAtMs }: Slot) => ({
  startsAt: isoInstant(startsAtMs),
  endsAt: isoInstant(endsAtMs),
})

const sessionView = (book: SlotBook, { sessionNo, day, period, priceFen, leftCount, slots }: OpenSession) => ({
  sessionNo,
  day,
  period,
  priceFen,
  leftCount,
  slots: slots.map((slot) => ({ slotNo: slot.slotNo, ...slotTimes(slot), isFree: book.isFree(slot) })),
})

const doctorView = (book: SlotBook, { doctorNo, name, title, skills }: Doctor, sessions: readonly OpenSession[]) => ({
  doctorNo,
  name,
  title,
  skills,
  sessions: sessions.filter(({ doctor }) => doctor.doctorNo === doctorNo).map((session) => sessionView(book, session)),
})

function scheduleView(book: SlotBook, department: Department) {
  const sessions = book.sessions(department)
  return {
    department: departmentView(department, sessions),
    days: book.days().map((day) => ({ day, leftCount: leftOf(sessions.filter((one) => one.day === day)) })),
    doctors: department.doctors.map((doctor) => doctorView(book, doctor, sessions)),
  }
}

const slotView = (book: SlotBook, { session, slot }: Place) => ({
  slotNo: slot.slotNo,
  sessionNo: session.sessionNo,
  departmentNo: session.department.departmentNo,
  department: session.department.name,
  place: session.department.place,
  doctorNo: session.doctor.doctorNo,
  doctor: session.doctor.name,
  doctorTitle: session.doctor.title,
  ...slotTimes(slot),
  priceFen: session.priceFen,
  cancelUntil: isoInstant(slot.startsAtMs - CANCEL_BEFORE_MS),
  isFree: book.isFree(slot),
})

/** What can be booked in the next seven days. */
export function scheduleRoutes({ slots: book, faults }: Hospital): Hono {
  const app = new Hono()
  app.get('/his/api/departments', faults.at('departments'), (c) =>
    c.json({ departments: book.departments.map((one) => departmentView(one, book.sessions(one))) }),
  )
  app.get('/his/api/departments/:departmentNo/schedule', faults.at('schedule'), (c) => {
    const department = book.departments.find((one) => one.departmentNo === c.req.param('departmentNo'))
    return department ? c.json(scheduleView(book, department)) : c.json({ error: '没有这个科室' }, 404)
  })
  app.get('/his/api/slots/:slotNo', faults.at('slot'), (c) => {
    const place = book.find(c.req.param('slotNo'))
    return place ? c.json(slotView(book, place)) : c.json({ error: '没有这个号源' }, 404)
  })
  return app
}
