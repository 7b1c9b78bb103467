import type { HoldRow } from '../contract/payments.ts'
import type { RegistrationRow } from '../contract/registrations.ts'
import { isRegistrationOver, type RegistrationGoal, type RegistrationState } from './registration-step.ts'

/** Rows in which somebody's answer is missing: the patient waits and does not register again. */
const underWay: readonly RegistrationRow[] = [
  'reserving',
  'reserveDoubt',
  'locking',
  'lockDoubt',
  'booking',
  'bookDoubt',
  'confirming',
  'confirmDoubt',
  'posting',
  'slotGoneReleasing',
  'cancelling',
  'cancellingPaid',
]

export function isRegistrationUnderWay(row: RegistrationRow): boolean {
  return underWay.includes(row)
}

/** What decides which row of the state page a registration shows. */
export interface RegistrationRowFacts {
  readonly state: RegistrationState
  readonly goal: RegistrationGoal
  readonly pays: 'credit' | 'desk'
  /** Row of the payment from the quota that counts now. */
  readonly payment: HoldRow | undefined
  /** The bank refused, and ordinary payment is offered instead. */
  readonly isDeclined: boolean
  /** The hospital left the last message unanswered. */
  readonly isHospitalSilent: boolean
}

const beforeBooking: Partial<Record<HoldRow, RegistrationRow>> = { lockDoubt: 'lockDoubt', review: 'review' }
const afterBooking: Partial<Record<HoldRow, RegistrationRow>> = {
  confirmDoubt: 'confirmDoubt',
  paid: 'posting',
  partlyPaid: 'posting',
  review: 'review',
}

/** (state, goal, channel, payment) and nothing else decides. */
export function registrationRow(f: RegistrationRowFacts): RegistrationRow {
  if (isRegistrationOver(f.state)) return overRow(f)
  if (f.state === 'settled' && f.pays === 'desk') return 'doneAtDesk'
  if (f.goal === 'gone') return isPaid(f) ? 'cancellingPaid' : 'cancelling'
  if (f.state === 'settled') return 'done'
  if (f.state === 'reserving') return f.isHospitalSilent ? 'reserveDoubt' : 'reserving'
  if (f.pays === 'desk') return f.isDeclined ? 'declined' : 'payAtDesk'
  if (f.state === 'booked') return (f.payment && afterBooking[f.payment]) ?? 'confirming'
  if (f.payment === 'held') return f.isHospitalSilent ? 'bookDoubt' : 'booking'
  return (f.payment && beforeBooking[f.payment]) ?? 'locking'
}

function overRow(f: RegistrationRowFacts): RegistrationRow {
  if (f.state === 'cancelled') return isPaid(f) ? 'cancelledPaid' : 'cancelled'
  if (f.state !== 'slotGone') return 'lapsed'
  const isReleased = f.payment === undefined || f.payment === 'released' || f.payment === 'declined'
  return isReleased || f.payment === 'expired' ? 'slotGone' : 'slotGoneReleasing'
}

/** The fee was deducted: what becomes of it is told by its refund. */
function isPaid({ payment }: RegistrationRowFacts): boolean {
  return payment === 'paid' || payment === 'partlyPaid'
}
