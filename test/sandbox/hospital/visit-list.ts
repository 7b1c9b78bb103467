import type { SandboxClock } from '../clock.ts'
import { date8 } from '../day.ts'
import { HospitalError } from './hospital-error.ts'
import { timeWords, type Registration } from './registration.ts'
import type { Place } from './slot-book.ts'
import { openRequests, type Patient, type Visit } from './visit.ts'

/** A visit to be put on today's list. */
export interface NewVisit {
  readonly patientNo: string
  readonly department: string
  readonly doctor: string
  readonly complaint: string
  /** Left out: outpatient. */
  readonly kind?: Visit['kind']
}

/** The patient index of an institution and its lists of visits: who waits today, who is booked for a later day. */
export class VisitList {
  readonly #prefix: string
  readonly #clock: SandboxClock
  readonly #patients = new Map<string, Patient>()
  readonly #visits = new Map<string, Visit>()
  #sequence = 0

  constructor(institution: string, clock: SandboxClock) {
    this.#prefix = institution.replaceAll('-', '').slice(0, 2).toUpperCase()
    this.#clock = clock
  }

  addPatient(patient: Patient): void {
    this.#patients.set(patient.patientNo, patient)
  }

  /** Everybody in the index. */
  patients(): Patient[] {
    return [...this.#patients.values()]
  }

  patient(patientNo: string): Patient | null {
    return this.#patients.get(patientNo) ?? null
  }

  /** The patient index answers only when name and number both fit. */
  match(name: string, idNumber: string): Patient | null {
    for (const one of this.#patients.values()) if (one.idNumber === idNumber && one.name === name) return one
    return null
  }

  add(input: NewVisit): Visit {
    return this.#put(input, this.#today(), null)
  }

  /** A booking made online becomes a visit of its day. */
  book(registration: Registration, place: Place): void {
    const { session } = place
    const { patientNo } = registration
    const about = { patientNo, department: session.department.name, doctor: session.doctor.name }
    this.#put({ ...about, complaint: `网上预约 ${timeWords(place)}` }, session.day, registration)
  }

  /** Takes a cancelled booking off the list. */
  strike(registrationNo: string): void {
    const visit = this.ofRegistration(registrationNo)
    if (visit) this.#visits.delete(visit.visitNo)
  }

  /** Everybody of today; a booking of another day is here once its consultation has begun. */
  today(): Visit[] {
    const today = this.#today()
    return this.#all().filter(({ booking, state }) => {
      return state !== 'waiting' || booking === null || booking.place?.session.day === today
    })
  }

  /** Bookings of later days, the next first. */
  later(): Visit[] {
    const today = this.#today()
    const startsAtMs = ({ booking }: Visit): number => booking?.place?.slot.startsAtMs ?? 0
    return this.#all()
      .filter(({ booking, state }) => state === 'waiting' && (booking?.place?.session.day ?? '') > today)
      .sort((a, b) => startsAtMs(a) - startsAtMs(b))
  }

  find(visitNo: string): Visit | null {
    return this.#visits.get(visitNo) ?? null
  }

  visit(visitNo: string): Visit {
    const visit = this.find(visitNo)
    if (!visit) throw new HospitalError(`没有就诊 ${visitNo}`)
    return visit
  }

  ofRegistration(registrationNo: string): Visit | null {
    return this.#all().find(({ booking }) => booking?.registrationNo === registrationNo) ?? null
  }

  /** The visit of a registration once its consultation has begun; an unanswered start counts, since the product may have taken it. */
  startedVisitNo(registrationNo: string): string | null {
    const visit = this.ofRegistration(registrationNo)
    return visit && (visit.state !== 'waiting' || openRequests(visit).length > 0) ? visit.visitNo : null
  }

  #all(): Visit[] {
    return [...this.#visits.values()]
  }

  #today(): string {
    return date8(this.#clock.now())
  }

  #put(input: NewVisit, day: string, booking: Registration | null): Visit {
    const patient = this.#patients.get(input.patientNo)
    if (!patient) throw new HospitalError(`没有患者 ${input.patientNo}`)
    this.#sequence += 1
    const visit: Visit = {
      patient,
      booking,
      kind: input.kind ?? 'outpatient',
      queueNo: booking?.guide?.queueNo ?? String(this.#sequence).padStart(2, '0'),
      department: input.department,
      doctor: input.doctor,
      complaint: input.complaint,
      visitNo: `${this.#prefix}${day}${String(this.#sequence).padStart(4, '0')}`,
      state: 'waiting',
      credit: null,
      orders: [],
      requests: [],
      view: null,
      message: null,
    }
    this.#visits.set(visit.visitNo, visit)
    return visit
  }
}
