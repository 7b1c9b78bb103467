import { Conflict } from '../../db/store.ts'
import { query, statement, type Unit } from '../../db/unit.ts'
import { chronicle, type Entry } from '../../engine/index.ts'
import { mutableColumns, registrationMutableKeys, registrationOf, type Mutable, type Registration } from './record.ts'

const insertBill = statement(
  `insert into bill (id, institution, kind, his_no, rev, visit_id, title, amount_fen, lines_json, body_hash, created_at)
   values (:id, :institution, 'registration', :registrationId, 0, null, :title, :amountFen, :linesJson, :bodyHash, :at)`,
)
const insert = statement(
  `insert into registration (id, institution, account_id, person_id, patient_no_sealed, bill_id, slot_no, session_no,
     department_no, department, doctor, doctor_title, place, starts_at, ends_at, cancel_until, amount_fen, opened_at,
     agreement_sealed, state, goal, live, pays, is_chosen, role, payment_id, reserved_until, desk_url, desk_until,
     guide_json, reason_code, tries, not_before, look_at, visit_id, version)
   values (:id, :institution, :accountId, :personId, :patientNoSealed, :billId, :slotNo, :sessionNo,
     :departmentNo, :department, :doctor, :doctorTitle, :place, :startsAtMs, :endsAtMs, :cancelUntilMs, :amountFen,
     :openedAtMs, :agreementSealed, :state, :goal, :live, :pays, :isChosen, :role, :paymentId, :reservedUntil,
     :deskUrl, :deskUntil, :guideJson, :reasonCode, :tries, :notBefore, :lookAtMs, :visitId, 0)`,
)
const compareAndSet = statement(
  `update registration set state = :state, goal = :goal, live = :live, pays = :pays, is_chosen = :isChosen,
     role = :role, agreement_sealed = :agreementSealed, payment_id = :paymentId, reserved_until = :reservedUntil,
     desk_url = :deskUrl, desk_until = :deskUntil, guide_json = :guideJson, reason_code = :reasonCode, tries = :tries,
     not_before = :notBefore, visit_id = :visitId, version = :next
   where id = :id and version = :version returning version`,
)
const find = statement('select * from registration where id = :id')
const findLive = statement(
  `select * from registration
   where person_id = :personId and institution = :institution and session_no = :sessionNo and live = 1`,
)
const setLookAt = statement('update registration set look_at = :at where id = :id')
const billToVisit = statement('update bill set visit_id = :visitId where id = :billId')

export function* findRegistration(id: string): Unit<Registration | undefined> {
  const [row] = yield* query(find, { id })
  return row && registrationOf(row)
}

export function* readRegistrationById(id: string): Unit<Registration> {
  const found = yield* findRegistration(id)
  if (!found) throw new Error(`no registration ${id}`)
  return found
}

/** The registration that a person already has for a doctor's half day. */
export function* liveRegistration(
  institution: string,
  personId: string,
  sessionNo: string,
): Unit<Registration | undefined> {
  const [row] = yield* query(findLive, { institution, personId, sessionNo })
  return row && registrationOf(row)
}

/** Stores a new registration with its bill and its first journal row. */
export function* insertRegistration(
  r: Registration,
  bill: { readonly title: string; readonly linesJson: string; readonly bodyHash: string },
  entry: Entry,
): Unit<void> {
  const { id, institution, amountFen, openedAtMs: at } = r
  yield* query(insertBill, { ...bill, id: r.billId, institution, registrationId: id, amountFen, at })
  yield* query(insert, { ...bindable(r), ...mutableColumns(r) })
  const whole = Object.fromEntries(registrationMutableKeys.map((key) => [key, r[key]]))
  yield* chronicle(chronicled(r), null, whole, entry)
}

/** Changes a registration: compare-and-set on its version, and one journal row with exactly the change. */
export function* move(
  r: Registration,
  changes: Partial<Mutable>,
  entry: Entry,
  agreementSealed = r.agreementSealed,
): Unit<Registration> {
  const next: Registration = { ...r, ...changes, agreementSealed, version: r.version + 1 }
  const set = { ...mutableColumns(next), agreementSealed, id: r.id, version: r.version, next: next.version }
  if ((yield* query(compareAndSet, set)).length === 0) throw new Conflict(r.id)
  yield* chronicle(chronicled(next), r.state, changes, entry)
  return next
}

/** Plans the next question about the ordinary payment. */
export function* lookAt(id: string, at: number): Unit<void> {
  yield* query(setLookAt, { id, at })
}

/** The fee belongs to the visit from now on. */
export function* giveBillToVisit(r: Registration, visitId: string): Unit<void> {
  yield* query(billToVisit, { billId: r.billId, visitId })
}

function chronicled(r: Registration) {
  return {
    id: r.id,
    institution: r.institution,
    channel: 'hospital',
    state: r.state,
    acctDate: null,
    version: r.version,
  }
}

/** The part that never changes, as it is bound. */
function bindable(r: Registration): Record<string, string | number | null> {
  return {
    id: r.id,
    institution: r.institution,
    accountId: r.accountId,
    personId: r.personId,
    patientNoSealed: r.patientNoSealed,
    billId: r.billId,
    slotNo: r.slotNo,
    sessionNo: r.sessionNo,
    departmentNo: r.departmentNo,
    department: r.department,
    doctor: r.doctor,
    doctorTitle: r.doctorTitle,
    place: r.place,
    startsAtMs: r.startsAtMs,
    endsAtMs: r.endsAtMs,
    cancelUntilMs: r.cancelUntilMs,
    amountFen: r.amountFen,
    openedAtMs: r.openedAtMs,
    agreementSealed: r.agreementSealed,
    lookAtMs: r.lookAtMs,
  }
}
