import type { GuideSheet, Registration, RegistrationBrief, RegistrationRow } from '@paycare/shared/contract'
import { formatFen, formatInstant, formatSpan, isRegistrationUnderWay } from '@paycare/shared/rules'
import {
  labels,
  markTexts,
  payerTexts,
  registrationEventTexts,
  registrationStates,
  registrationTexts,
  renderState,
  type Face,
  type RenderedState,
} from '@paycare/shared/text'

/** Rows that wait for the patient, who may be paying somewhere else. */
const unpaid: ReadonlySet<RegistrationRow> = new Set<RegistrationRow>(['declined', 'payAtDesk'])
/** Rows in which nothing is left of the registration. */
const over: ReadonlySet<RegistrationRow> = new Set<RegistrationRow>([
  'slotGone',
  'slotGoneReleasing',
  'cancelled',
  'cancelledPaid',
  'lapsed',
])

type Rowed = Pick<RegistrationBrief, 'row'>
export const isAwaiting = ({ row }: Rowed): boolean => isRegistrationUnderWay(row)
export const isOver = ({ row }: Rowed): boolean => over.has(row)
/** Whether nothing can be changed any more. */
export const isEnding = ({ row }: Rowed): boolean => over.has(row) || row === 'cancelling' || row === 'cancellingPaid'
/** Whether the registration can change without the patient, or while the patient pays elsewhere. */
export const registrationIsLive = ({ row }: Rowed): boolean => isRegistrationUnderWay(row) || unpaid.has(row)

/** All that the page says about the registration's state. */
export function registrationState(registration: Registration): RenderedState {
  const { nowMs, desk, guide, payment } = registration
  const keptUntilMs = desk?.untilMs ?? registration.reservedUntilMs
  return renderState(registrationStates[registration.row], {
    amountFen: registration.appointment.amountFen,
    family: (registration.role ?? 'own') === 'family',
    locked: payment !== null && payment.state !== 'declined',
    keptUntil: keptUntilMs === null ? null : formatInstant(keptUntilMs, nowMs),
    arrive: guide === null ? null : formatSpan(guide.arriveFromMs, guide.arriveUntilMs, nowMs),
    reason: registration.reason?.text ?? null,
    phone: registration.card.institution.phone,
  })
}

/** “信用就医” or “亲情付” when it is chosen for the visit, however the fee itself was paid. */
export function markOf({ role }: Pick<RegistrationBrief, 'role'>): string | undefined {
  return role === null ? undefined : markTexts[role]
}

/** Who pays the fee. */
export function payerOf({ pays, role }: Pick<RegistrationBrief, 'pays' | 'role'>): string {
  return pays === 'credit' && role !== null ? payerTexts[role] : payerTexts.other
}

/** Whether the fee needs no payment any more: giving “信用就医” a second thought is about what follows. */
export const feeIsPaid = ({ row, payment }: Pick<Registration, 'row' | 'payment'>): boolean =>
  row === 'doneAtDesk' || payment?.state === 'paid'

interface TextRow {
  readonly label: string
  readonly value: string
}

/** What was registered for, in one look. */
export function subjectRows({ appointment, nowMs }: Pick<Registration, 'appointment' | 'nowMs'>): TextRow[] {
  const { department, doctor, startsAtMs, endsAtMs } = appointment
  return [
    { label: registrationTexts.subject, value: labels.whereAndWho(department, doctor) },
    { label: registrationTexts.time, value: formatSpan(startsAtMs, endsAtMs, nowMs) },
  ]
}

/** Where to go and when. */
export function guideRows(guide: GuideSheet, nowMs: number): TextRow[] {
  return [
    { label: registrationTexts.where, value: guide.place },
    { label: registrationTexts.arrive, value: formatSpan(guide.arriveFromMs, guide.arriveUntilMs, nowMs) },
    { label: registrationTexts.booking, value: guide.bookingNo },
  ]
}

/** Numbers that help a person at the hospital to find the registration. */
export function registrationNumbers({ id, serialTail }: Pick<Registration, 'id' | 'serialTail'>): TextRow[] {
  const rows: TextRow[] = [{ label: registrationTexts.number, value: id }]
  if (serialTail !== null) rows.push({ label: registrationTexts.serial, value: serialTail })
  return rows
}

export interface RegistrationStep {
  readonly key: string
  readonly title: string
  readonly at: string
  readonly fen: number | null
  readonly state: 'done' | 'now' | 'next'
}

/** The registration's history, and after it what is awaited or still to come. */
export function registrationSteps(registration: Registration): RegistrationStep[] {
  const { nowMs, guide } = registration
  const steps: RegistrationStep[] = registration.events.map((event, index) => ({
    key: `${index}`,
    title: registrationEventTexts[event.event],
    at: formatInstant(event.atMs, nowMs),
    fen: event.amountFen,
    state: 'done',
  }))
  if (isAwaiting(registration)) {
    steps.push({ key: 'awaited', title: registrationTexts.awaited, at: registrationTexts.now, fen: null, state: 'now' })
  }
  if (guide !== null && guide.arriveUntilMs > nowMs && !isOver(registration)) {
    const at = formatSpan(guide.arriveFromMs, guide.arriveUntilMs, nowMs)
    steps.push({ key: 'arrive', title: registrationTexts.seeDoctor, at, fen: null, state: 'next' })
  }
  return steps
}

const isHeld = (payment: Registration['payment']): payment is NonNullable<Registration['payment']> =>
  payment !== null && (payment.state === 'held' || payment.state === 'opening')

/** What cancelling does to the money. */
export function cancelMoney({ payment }: Pick<Registration, 'payment'>): string {
  return isHeld(payment) ? registrationTexts.cancelHeld(formatFen(payment.amountFen)) : registrationTexts.cancelUnpaid
}

/** What giving up “信用就医” does to the fee. */
export function giveUpMoney({ payment }: Pick<Registration, 'payment'>): string {
  if (payment?.state === 'paid') return registrationTexts.giveUpPaid
  return isHeld(payment) ? registrationTexts.giveUpHeld : ''
}

export interface RegistrationCardView {
  readonly title: string
  readonly at: string
  readonly place: string
  readonly fen: number
  readonly mark: string | undefined
  readonly state: { readonly face: Face; readonly text: string }
}

/** A registration in a list. */
export function registrationCard(registration: RegistrationBrief, nowMs: number): RegistrationCardView {
  const { appointment, row } = registration
  const { face, brief } = registrationStates[row]
  return {
    title: labels.whereAndWho(appointment.department, appointment.doctor),
    at: formatSpan(appointment.startsAtMs, appointment.endsAtMs, nowMs),
    place: appointment.place,
    fen: appointment.amountFen,
    mark: markOf(registration),
    state: { face, text: brief },
  }
}
