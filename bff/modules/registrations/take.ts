import { isRegistrationOver, type RegistrationCall, type RegistrationState } from '@paycare/shared/rules'
import type { RegistrationAnswer } from '../../gateways/hospital/messages.ts'
import type { Mutable, Registration } from './record.ts'

/** The hospital needs a moment after the end that it stated. */
const lookAfterDeskMs = 5_000
/** Without anybody looking at the page it is not asked more often than this. */
const lookAgainMs = 60_000

const order: readonly RegistrationState[] = ['reserving', 'reserved', 'booked', 'settled']

/**
 * What the hospital's document changes. It says how things stand there, whichever message it answers, so that late and repeated answers do
 * no harm: a state never goes back, and what is over stays over.
 */
export function taken(r: Registration, call: RegistrationCall, doc: RegistrationAnswer): Partial<Mutable> {
  if (isRegistrationOver(r.state)) return {}
  const heard = { tries: 0, notBeforeMs: 0 }
  switch (doc.state) {
    case 'refused':
      return { ...heard, state: 'slotGone', reasonCode: refusals[doc.reason ?? 'SLOT_TAKEN'] }
    case 'cancelled':
      return { ...heard, state: 'cancelled' }
    case 'lapsed':
      if (r.goal === 'gone') return { ...heard, state: 'cancelled' }
      return r.pays === 'credit'
        ? { ...heard, state: 'slotGone', reasonCode: 'SLOT_TAKEN' }
        : { ...heard, state: 'lapsed' }
    case 'reserved':
    case 'booked':
      return { ...heard, ...standing(r, doc), ...(call === 'cancel' ? kept(doc) : {}) }
  }
}

const refusals = {
  SLOT_TAKEN: 'SLOT_TAKEN',
  SLOT_UNKNOWN: 'SLOT_NOT_FOUND',
  PATIENT_UNKNOWN: 'CARD_NO_RECORD',
  DUPLICATE: 'REGISTRATION_DUPLICATE',
  STARTED: 'REGISTRATION_STARTED',
  PAID_AT_DESK: 'REGISTRATION_PAID_AT_DESK',
} as const

function standing(r: Registration, doc: RegistrationAnswer): Partial<Mutable> {
  const isPaid = doc.payment === 'creditPaid' || doc.payment === 'desk'
  const heard: RegistrationState = doc.state === 'booked' ? (isPaid ? 'settled' : 'booked') : 'reserved'
  const state = order.indexOf(heard) > order.indexOf(r.state) ? heard : r.state
  const guide = doc.guide && {
    ...rest(doc.guide),
    arriveFromMs: doc.guide.arriveFrom,
    arriveUntilMs: doc.guide.arriveUntil,
  }
  return {
    state,
    ...(doc.payment === 'desk' ? { pays: 'desk' } : {}),
    ...(guide ? { guideJson: JSON.stringify(guide) } : {}),
    reservedUntilMs: state === 'reserved' ? (doc.reservedUntil ?? r.reservedUntilMs) : null,
    ...deskOf(state, doc),
  }
}

function rest({ bookingNo, queueNo, place, notes }: NonNullable<RegistrationAnswer['guide']>) {
  return { bookingNo, queueNo, place, notes }
}

function deskOf(state: RegistrationState, doc: RegistrationAnswer): Partial<Mutable> {
  if (state === 'settled' || !doc.payUrl) return { deskUrl: null, deskUntilMs: null }
  return { deskUrl: doc.payUrl, deskUntilMs: doc.payUntil ?? doc.reservedUntil ?? null }
}

/** When the hospital is asked next how its ordinary payment stands: when the time it gave is over. */
export function nextLookAt(deskUntilMs: number | null, nowMs: number): number {
  return Math.max(nowMs + lookAgainMs, (deskUntilMs ?? 0) + lookAfterDeskMs)
}

/** A cancellation that the hospital does not grant: the registration is wanted again, and the page says why. */
function kept(doc: RegistrationAnswer): Partial<Mutable> {
  return { goal: 'booked', reasonCode: doc.reason ? refusals[doc.reason] : 'REGISTRATION_PAID' }
}
