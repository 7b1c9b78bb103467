import type { SandboxClock } from '../clock.ts'
import { guideOf } from './guide.ts'
import { HospitalError } from './hospital-error.ts'
import { feeOf, isUnpaid, type CreditMark, type Registration, type RegistrationReason } from './registration.ts'
import type { Place, SlotBook } from './slot-book.ts'
import type { VisitList } from './visit-list.ts'

const RESERVED_MS = 15 * 60_000
const DESK_MS = 15 * 60_000

/** How the desk page finds a payment. */
export type DeskState = 'open' | 'paid' | 'cancelled' | 'withdrawn' | 'expired'

/** What is left of a number after a cancellation: nothing that arrives later wakes it up. */
const tombstone = (registrationNo: string): Registration => ({
  registrationNo,
  slotNo: '',
  patientNo: '',
  place: null,
  state: 'cancelled',
  reason: null,
  reservedUntilMs: null,
  payment: 'none',
  mark: null,
  desk: null,
  guide: null,
})

/**
 * Registrations by the product's own number. Every message may be repeated for ever and come in any order: it is carried out at most once and
 * answers how the registration stands. Null: a number never seen, where that is no reason to remember it.
 */
export class Registrations {
  readonly #slots: SlotBook
  readonly #visits: VisitList
  readonly #clock: SandboxClock
  readonly #newToken: () => string
  readonly #mayCancelPaid: (registrationNo: string) => boolean
  readonly #known = new Map<string, Registration>()
  #bookings = 0

  /** `mayCancelPaid`: the hospital has agreed that the fee goes back. */
  constructor(
    slots: SlotBook,
    visits: VisitList,
    clock: SandboxClock,
    newToken: () => string,
    mayCancelPaid: (registrationNo: string) => boolean,
  ) {
    this.#slots = slots
    this.#visits = visits
    this.#clock = clock
    this.#newToken = newToken
    this.#mayCancelPaid = mayCancelPaid
  }

  list(): Registration[] {
    return [...this.#known.values()].map((one) => this.#onTime(one))
  }

  find(registrationNo: string): Registration | null {
    const known = this.#known.get(registrationNo)
    return known ? this.#onTime(known) : null
  }

  /** Holds a slot for 15 minutes. A refusal is final for this number. */
  reserve(registrationNo: string, slotNo: string, patientNo: string): Registration {
    const known = this.find(registrationNo)
    if (known) return known
    const place = this.#slots.find(slotNo)
    const reason = this.#refusal(place, patientNo)
    const untilMs = this.#clock.now() + RESERVED_MS
    const held =
      reason === null ? ({ state: 'reserved', reservedUntilMs: untilMs } as const) : { state: 'refused' as const }
    const registration = { ...tombstone(registrationNo), slotNo, patientNo, place, reason, ...held }
    this.#known.set(registrationNo, registration)
    if (place && reason === null) this.#slots.hold(place.slot, registrationNo, untilMs)
    return registration
  }

  /** The fee is locked in the quota. A lapsed reservation is booked all the same while its slot is free. */
  book(registrationNo: string, amountFen: number, mark: CreditMark): Registration | null {
    const registration = this.find(registrationNo)
    if (!registration?.place || !this.#canBook(registration, registration.place)) return registration
    this.#mustBeFee(registration, amountFen)
    registration.payment = 'credit'
    registration.mark = mark
    if (registration.desk) registration.desk.isWithdrawn = true
    this.#settle(registration, registration.place)
    return registration
  }

  /** The quota has paid. */
  paid(registrationNo: string, amountFen: number): Registration | null {
    const registration = this.find(registrationNo)
    if (registration?.state !== 'booked' || registration.payment !== 'credit') return registration
    this.#mustBeFee(registration, amountFen)
    registration.payment = 'creditPaid'
    return registration
  }

  /** Opens ordinary payment for 15 minutes, and holds a reserved slot as long; while it is open, asking again changes nothing. */
  openDesk(registrationNo: string, returnUrl: string): Registration | null {
    const registration = this.find(registrationNo)
    if (!registration?.place || !isUnpaid(registration) || this.deskState(registration) === 'open') return registration
    const untilMs = this.#clock.now() + DESK_MS
    registration.desk = { token: this.#newToken(), returnUrl, untilMs, isWithdrawn: false }
    if (registration.state === 'reserved') {
      registration.reservedUntilMs = untilMs
      this.#slots.hold(registration.place.slot, registrationNo, untilMs)
    }
    return registration
  }

  /**
   * Cancels for good, also a number never seen. A consultation that has begun and a fee that is paid and may not go back are left alone; `reason` says so, except
   * for a fee paid from the quota.
   */
  cancel(registrationNo: string): { registration: Registration; reason: RegistrationReason | null } {
    const registration = this.find(registrationNo) ?? tombstone(registrationNo)
    this.#known.set(registrationNo, registration)
    if (registration.state === 'booked') {
      if (this.#visits.startedVisitNo(registrationNo) !== null) return { registration, reason: 'STARTED' }
      if (registration.payment === 'desk') return { registration, reason: 'PAID_AT_DESK' }
      const isPaid = registration.payment === 'creditPaid'
      if (isPaid && !this.#mayCancelPaid(registrationNo)) return { registration, reason: null }
      this.#visits.strike(registrationNo)
    }
    if (registration.state === 'refused') return { registration, reason: registration.reason }
    if (registration.place) this.#slots.release(registration.place.slot, registrationNo)
    Object.assign(registration, { state: 'cancelled', reservedUntilMs: null, guide: null })
    return { registration, reason: null }
  }

  /** The registration behind an address of the desk page. */
  atDesk(token: string): Registration | null {
    return this.list().find(({ desk }) => desk?.token === token) ?? null
  }

  deskState(registration: Registration): DeskState | null {
    const { desk, payment, state } = registration
    if (!desk) return null
    if (payment === 'desk') return 'paid'
    if (state === 'cancelled') return 'cancelled'
    if (payment === 'creditPaid' || desk.isWithdrawn) return 'withdrawn'
    return this.#clock.now() < desk.untilMs ? 'open' : 'expired'
  }

  /** The patient pays on the desk page; paying twice, or too late, does nothing. */
  payAtDesk(token: string): Registration | null {
    const registration = this.atDesk(token)
    if (!registration?.place || this.deskState(registration) !== 'open') return registration
    registration.payment = 'desk'
    registration.mark = null
    if (registration.state === 'reserved') this.#settle(registration, registration.place)
    return registration
  }

  /** A reservation past its time without payment is over, and its slot is free. */
  #onTime(registration: Registration): Registration {
    const { state, reservedUntilMs, place, registrationNo } = registration
    if (state !== 'reserved' || reservedUntilMs === null || this.#clock.now() < reservedUntilMs) return registration
    if (place) this.#slots.release(place.slot, registrationNo)
    return Object.assign(registration, { state: 'lapsed', reservedUntilMs: null })
  }

  #refusal(place: Place | null, patientNo: string): RegistrationReason | null {
    if (!this.#visits.patient(patientNo)) return 'PATIENT_UNKNOWN'
    if (!place) return 'SLOT_UNKNOWN'
    if (this.#isRegistered(place, patientNo)) return 'DUPLICATE'
    return this.#slots.isFree(place.slot) ? null : 'SLOT_TAKEN'
  }

  #isRegistered({ session }: Place, patientNo: string): boolean {
    return this.list().some(
      (one) =>
        one.patientNo === patientNo &&
        one.place?.session.sessionNo === session.sessionNo &&
        (one.state === 'reserved' || one.state === 'booked'),
    )
  }

  #canBook({ state, patientNo }: Registration, place: Place): boolean {
    if (state === 'reserved') return true
    return state === 'lapsed' && this.#slots.isFree(place.slot) && !this.#isRegistered(place, patientNo)
  }

  #settle(registration: Registration, place: Place): void {
    this.#bookings += 1
    registration.state = 'booked'
    registration.reservedUntilMs = null
    registration.guide = guideOf(place, this.#bookings)
    this.#slots.hold(place.slot, registration.registrationNo, null)
    this.#visits.book(registration, place)
  }

  #mustBeFee(registration: Registration, amountFen: number): void {
    if (amountFen !== feeOf(registration)) throw new HospitalError('金额与挂号费不一致')
  }
}
