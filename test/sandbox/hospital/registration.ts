import { clockTime, dayWords } from './moment.ts'
import type { Place } from './slot-book.ts'

/** Where a registration stands; `cancelled` and `refused` are final. */
export type RegistrationState = 'reserved' | 'booked' | 'cancelled' | 'lapsed' | 'refused'
/** Why a slot was refused for good, or why a cancellation was not done. */
export type RegistrationReason =
  | 'SLOT_TAKEN'
  | 'SLOT_UNKNOWN'
  | 'PATIENT_UNKNOWN'
  | 'DUPLICATE'
  | 'STARTED'
  | 'PAID_AT_DESK'
/** How the fee is paid: locked in the quota, paid from it, or ordinarily at the cash desk page. */
export type RegistrationPayment = 'none' | 'credit' | 'creditPaid' | 'desk'
/** Whose quota: the patient's own or a family member's (C 二（一）2). */
export type CreditMark = '信用就医' | '亲情付'

/** An ordinary payment that was opened for a registration. */
export interface Desk {
  readonly token: string
  readonly returnUrl: string
  readonly untilMs: number
  /** The quota paid after all: nothing is due here any more. */
  isWithdrawn: boolean
}

/** 导诊单: where to go, when, and which number. */
export interface Guide {
  readonly bookingNo: string
  readonly queueNo: string
  readonly place: string
  readonly arriveFromMs: number
  readonly arriveUntilMs: number
  readonly notes: readonly string[]
}

/** A registration under the number that the product gave it. */
export interface Registration {
  readonly registrationNo: string
  /** As asked for; empty for a cancellation that came first. */
  readonly slotNo: string
  readonly patientNo: string
  /** Null when there was never a slot: refused as unknown, or cancelled before it was seen. */
  readonly place: Place | null
  state: RegistrationState
  reason: RegistrationReason | null
  reservedUntilMs: number | null
  payment: RegistrationPayment
  mark: CreditMark | null
  desk: Desk | null
  guide: Guide | null
}

/** What the registration costs, in fen; 0 without a slot. */
export const feeOf = ({ place }: Registration): number => place?.session.priceFen ?? 0

/** The fee can still be paid ordinarily: nothing is paid, at most an amount is locked in the quota. */
export const isUnpaid = ({ state, payment }: Registration): boolean =>
  state === 'reserved' || (state === 'booked' && (payment === 'none' || payment === 'credit'))

/** `11月22日（周日）09:00–09:15`. */
export const timeWords = ({ slot }: Place): string =>
  `${dayWords(slot.startsAtMs)}${clockTime(slot.startsAtMs)}–${clockTime(slot.endsAtMs)}`
