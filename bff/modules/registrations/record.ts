import { isRegistrationOver, type RegistrationGoal, type RegistrationState } from '@paycare/shared/rules'
import { flag, integer, integerOrNull, text, textOrNull, type Row } from '../../db/unit.ts'

/** A registration as it is stored: a subject of its own (`engine.md §7.1`). */
export interface Registration extends Mutable {
  readonly id: string
  readonly institution: string
  readonly accountId: string
  readonly personId: string
  readonly patientNoSealed: string
  readonly billId: string
  readonly slotNo: string
  readonly sessionNo: string
  readonly departmentNo: string
  readonly department: string
  readonly doctor: string
  readonly doctorTitle: string
  readonly place: string
  readonly startsAtMs: number
  readonly endsAtMs: number
  readonly cancelUntilMs: number
  readonly amountFen: number
  readonly openedAtMs: number
  /** The bank's agreement number, sealed with the person's key; not journalled. */
  readonly agreementSealed: string | null
  /** When the hospital is asked again how its ordinary payment stands; a plan and no fact, so not journalled. */
  readonly lookAtMs: number
  readonly version: number
}

/** The part that changes; each change is journalled, and the journal replays to it. */
export interface Mutable {
  readonly state: RegistrationState
  readonly goal: RegistrationGoal
  readonly pays: 'credit' | 'desk'
  /** “信用就医” is chosen for the visit: later orders lock. */
  readonly isChosen: boolean
  readonly role: 'own' | 'family' | null
  /** The payment from the quota that counts now. */
  readonly paymentId: string | null
  readonly reservedUntilMs: number | null
  readonly deskUrl: string | null
  readonly deskUntilMs: number | null
  readonly guideJson: string | null
  readonly reasonCode: string | null
  /** Messages in a row that the hospital left unanswered. */
  readonly tries: number
  readonly notBeforeMs: number
  readonly visitId: string | null
}

export const registrationMutableKeys = [
  'state',
  'goal',
  'pays',
  'isChosen',
  'role',
  'paymentId',
  'reservedUntilMs',
  'deskUrl',
  'deskUntilMs',
  'guideJson',
  'reasonCode',
  'tries',
  'notBeforeMs',
  'visitId',
] as const satisfies readonly (keyof Mutable)[]

/** The mutable part as the columns that hold it. */
export function mutableColumns(m: Mutable): Record<string, string | number | null> {
  return {
    state: m.state,
    goal: m.goal,
    live: isRegistrationOver(m.state) ? 0 : 1,
    pays: m.pays,
    isChosen: m.isChosen ? 1 : 0,
    role: m.role,
    paymentId: m.paymentId,
    reservedUntil: m.reservedUntilMs,
    deskUrl: m.deskUrl,
    deskUntil: m.deskUntilMs,
    guideJson: m.guideJson,
    reasonCode: m.reasonCode,
    tries: m.tries,
    notBefore: m.notBeforeMs,
    visitId: m.visitId,
  }
}

export function registrationOf(row: Row): Registration {
  return {
    id: text(row, 'id'),
    institution: text(row, 'institution'),
    accountId: text(row, 'account_id'),
    personId: text(row, 'person_id'),
    patientNoSealed: text(row, 'patient_no_sealed'),
    billId: text(row, 'bill_id'),
    slotNo: text(row, 'slot_no'),
    sessionNo: text(row, 'session_no'),
    departmentNo: text(row, 'department_no'),
    department: text(row, 'department'),
    doctor: text(row, 'doctor'),
    doctorTitle: text(row, 'doctor_title'),
    place: text(row, 'place'),
    startsAtMs: integer(row, 'starts_at'),
    endsAtMs: integer(row, 'ends_at'),
    cancelUntilMs: integer(row, 'cancel_until'),
    amountFen: integer(row, 'amount_fen'),
    openedAtMs: integer(row, 'opened_at'),
    agreementSealed: textOrNull(row, 'agreement_sealed'),
    state: text(row, 'state') as RegistrationState,
    goal: text(row, 'goal') as RegistrationGoal,
    pays: text(row, 'pays') as Registration['pays'],
    isChosen: flag(row, 'is_chosen'),
    role: textOrNull(row, 'role') as Registration['role'],
    paymentId: textOrNull(row, 'payment_id'),
    reservedUntilMs: integerOrNull(row, 'reserved_until'),
    deskUrl: textOrNull(row, 'desk_url'),
    deskUntilMs: integerOrNull(row, 'desk_until'),
    guideJson: textOrNull(row, 'guide_json'),
    reasonCode: textOrNull(row, 'reason_code'),
    tries: integer(row, 'tries'),
    notBeforeMs: integer(row, 'not_before'),
    lookAtMs: integer(row, 'look_at'),
    visitId: textOrNull(row, 'visit_id'),
    version: integer(row, 'version'),
  }
}
