import type { Goal, PaymentState } from './machines.ts'

/**
 * What is known of a registration (`engine.md §7.1`). `reserving`: the hospital is being asked for the slot. `reserved`: it keeps the slot
 * for a while. `booked`: it has booked and waits for the money. `settled`: booked and paid, and the hospital knows it.
 */
export type RegistrationState = 'reserving' | 'reserved' | 'booked' | 'settled' | 'slotGone' | 'cancelled' | 'lapsed'
/** What is wanted of it. */
export type RegistrationGoal = 'booked' | 'gone'
/** One repeatable message to the hospital. */
export type RegistrationCall = 'reserve' | 'book' | 'paid' | 'desk' | 'cancel' | 'look'

/** The fee as far as the registration has to know. */
export interface RegistrationPayment {
  readonly state: PaymentState
  readonly goal: Goal
  /** Some of it went back or is about to: the hospital has accepted a refund of it. */
  readonly isRefunded: boolean
}

/** What `registrationStep` needs to know. */
export interface RegistrationFacts {
  readonly state: RegistrationState
  readonly goal: RegistrationGoal
  readonly pays: 'credit' | 'desk'
  /** The payment from the quota that counts now, if one was opened. */
  readonly payment: RegistrationPayment | undefined
  /** Whether the hospital's ordinary payment has been opened. */
  readonly hasDesk: boolean
  /** When the hospital is asked again how the ordinary payment stands. */
  readonly lookAtMs: number
  /** The appointment is over: who has not paid by now pays at the window. */
  readonly endsAtMs: number
  /** The hospital did not answer: nothing is sent before this instant. */
  readonly notBeforeMs: number
}

export type RegistrationStep =
  | { readonly do: 'tell'; readonly call: RegistrationCall }
  | { readonly do: 'lock' }
  | { readonly do: 'aim'; readonly goal: 'paid' | 'gone' }
  /** The quota does not pay: ordinary payment is offered while the slot is kept. */
  | { readonly do: 'fallBack' }
  /** Money was taken for a registration that is over: a person must give it back. */
  | { readonly do: 'raise' }
  | { readonly do: 'wait'; readonly untilMs: number }
  | { readonly do: 'rest' }

/** States in which nothing of the registration is left at the hospital. */
const over: readonly RegistrationState[] = ['slotGone', 'cancelled', 'lapsed']

export function isRegistrationOver(state: RegistrationState): boolean {
  return over.includes(state)
}

/**
 * The one decision about a registration: pure and total. The quota is locked after the slot is kept and confirmed only after the hospital has
 * booked, so a slot that is lost costs a cancel and never a refund.
 */
export function registrationStep(r: RegistrationFacts, nowMs: number): RegistrationStep {
  if (isRegistrationOver(r.state)) return release(r)
  // Paid at the desk after all: a lock of the quota must not stay behind.
  if (r.state === 'settled' && r.pays === 'desk') return release(r)
  // Paid from the quota it ends in one way only: the hospital has accepted a refund of the fee (退号).
  if (r.state === 'settled' && r.goal !== 'gone') return { do: 'rest' }
  const wanted = r.goal === 'gone' ? ({ do: 'tell', call: 'cancel' } as const) : towardsBooked(r, nowMs)
  const early = wanted.do === 'tell' && r.notBeforeMs > nowMs
  return early ? { do: 'wait', untilMs: r.notBeforeMs } : wanted
}

function towardsBooked(r: RegistrationFacts, nowMs: number): RegistrationStep {
  if (r.state === 'reserving') return { do: 'tell', call: 'reserve' }
  return r.pays === 'credit' ? withCredit(r) : atDesk(r, nowMs)
}

function withCredit(r: RegistrationFacts): RegistrationStep {
  if (!r.payment) return { do: 'lock' }
  const { state, goal } = r.payment
  switch (state) {
    case 'opening':
    case 'review':
      return { do: 'rest' }
    case 'held':
      if (r.state === 'reserved') return { do: 'tell', call: 'book' }
      return goal === 'hold' ? { do: 'aim', goal: 'paid' } : { do: 'rest' }
    case 'paid':
      return { do: 'tell', call: r.state === 'reserved' ? 'book' : 'paid' }
    case 'declined':
    case 'released':
    case 'expired':
      return { do: 'fallBack' }
  }
}

/** Another channel opens only after the first is surely dead (`product.md §2`). */
function atDesk(r: RegistrationFacts, nowMs: number): RegistrationStep {
  const release = releaseOf(r)
  if (release) return release
  if (nowMs >= r.endsAtMs) return { do: 'rest' }
  if (!r.hasDesk) return { do: 'tell', call: 'desk' }
  return nowMs >= r.lookAtMs ? { do: 'tell', call: 'look' } : { do: 'wait', untilMs: r.lookAtMs }
}

function release(r: RegistrationFacts): RegistrationStep {
  if (r.payment?.state === 'paid') return r.payment.isRefunded ? { do: 'rest' } : { do: 'raise' }
  return releaseOf(r) ?? { do: 'rest' }
}

function releaseOf({ payment }: RegistrationFacts): RegistrationStep | undefined {
  if (!payment || (payment.state !== 'opening' && payment.state !== 'held')) return undefined
  return payment.goal === 'gone' ? { do: 'rest' } : { do: 'aim', goal: 'gone' }
}
