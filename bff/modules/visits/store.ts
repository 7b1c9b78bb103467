import type { VisitKind } from '@paycare/shared/contract'
import { query, statement, text, textOrNull, integer, flag, type Row, type Unit } from '../../db/unit.ts'

/** A visit as the verbs of this folder need it. */
export interface Visit {
  readonly id: string
  readonly institution: string
  readonly hisNo: string
  readonly personId: string
  readonly kind: VisitKind
  readonly state: 'open' | 'finished'
  readonly inUse: boolean
  readonly role: 'own' | 'family' | null
  readonly agreementSealed: string | null
  readonly bodyHash: string
  /** Of HIS's own message; null while it has not come, also when the sweep heard of the end first. */
  readonly finishHash: string | null
  /** HIS is not asked for the amounts before this instant. */
  readonly sweepAtMs: number
  readonly sweepTries: number
  readonly version: number
}

export interface NewVisit {
  readonly id: string
  readonly institution: string
  readonly hisNo: string
  readonly personId: string
  readonly kind: VisitKind
  readonly patientNoSealed: string
  readonly department: string
  readonly doctor: string
  readonly startedAt: number
  readonly inUse: boolean
  readonly role: 'own' | 'family' | null
  readonly reasonCode: string | null
  readonly agreementSealed: string | null
  readonly bodyHash: string
}

const find = statement('select * from visit where institution = :institution and his_no = :hisNo')
const findById = statement('select * from visit where id = :id')
const findOfBill = statement('select v.* from visit v join bill b on b.visit_id = v.id where b.id = :billId')
const setSweep = statement('update visit set sweep_at = :at, sweep_tries = sweep_tries + 1 where id = :id')
const setSweepAt = statement('update visit set sweep_at = :at, sweep_tries = 0 where id = :id')
const insert = statement(
  `insert into visit (id, institution, his_no, person_id, patient_no_sealed, department, doctor, started_at, state,
     in_use, role, reason_code, agreement_sealed, body_hash, kind, version)
   values (:id, :institution, :hisNo, :personId, :patientNoSealed, :department, :doctor, :startedAt, 'open',
     :inUse, :role, :reasonCode, :agreementSealed, :bodyHash, :kind, 0)`,
)
const finish = statement(
  `update visit set state = 'finished', finish_hash = :hash, finished_at = coalesce(finished_at, :at),
     version = version + 1
   where id = :id and version = :version and finish_hash is null returning id`,
)
const findBills = statement(
  'select * from bill where institution = :institution and kind = :kind and his_no = :hisNo order by rev',
)
const findBillsOfVisit = statement(
  `select * from bill where institution = :institution and visit_id = :visitId and kind = 'order' order by created_at, his_no, rev`,
)
const insertBill = statement(
  `insert into bill (id, institution, kind, his_no, rev, visit_id, title, amount_fen, lines_json, body_hash, created_at)
   values (:id, :institution, 'order', :hisNo, :rev, :visitId, :title, :amountFen, :linesJson, :bodyHash, :at)`,
)

export function* findVisit(institution: string, hisNo: string): Unit<Visit | undefined> {
  const [row] = yield* query(find, { institution, hisNo })
  return row && visitOf(row)
}

export function* findVisitById(id: string): Unit<(Visit & { readonly department: string }) | undefined> {
  const [row] = yield* query(findById, { id })
  return row && { ...visitOf(row), department: text(row, 'department') }
}

export function* insertVisit(v: NewVisit): Unit<void> {
  yield* query(insert, { ...v, inUse: v.inUse ? 1 : 0 })
}

export function* findVisitOfBill(billId: string): Unit<Visit | undefined> {
  const [row] = yield* query(findOfBill, { billId })
  return row && visitOf(row)
}

/** HIS is being asked for the amounts; nobody asks again before `atMs`. */
export function* claimSweep(v: Visit, atMs: number): Unit<void> {
  yield* query(setSweep, { id: v.id, at: atMs })
}

/** HIS has answered and has to be asked later. */
export function* delaySweep(visitId: string, atMs: number): Unit<void> {
  yield* query(setSweepAt, { id: visitId, at: atMs })
}

/** `hash` is of HIS's message, null when HIS said so on being asked. False when somebody finished it meanwhile. */
export function* markFinished(v: Visit, hash: string | null, at: number): Unit<boolean> {
  return (yield* query(finish, { id: v.id, version: v.version, hash, at })).length > 0
}

/** One revision of an order (医嘱审核订单), as HIS sent it. */
export interface OrderBill {
  readonly id: string
  readonly visitId: string
  readonly orderNo: string
  readonly rev: number
  readonly amountFen: number
  readonly bodyHash: string
}

export function* billsOfOrder(institution: string, orderNo: string): Unit<OrderBill[]> {
  return (yield* query(findBills, { institution, kind: 'order', hisNo: orderNo })).map(billOf)
}

export function* billsOfVisit(v: Visit): Unit<OrderBill[]> {
  return (yield* query(findBillsOfVisit, { institution: v.institution, visitId: v.id })).map(billOf)
}

export function* insertOrderBill(
  b: OrderBill & { institution: string; title: string; linesJson: string; at: number },
): Unit<void> {
  yield* query(insertBill, { ...b, hisNo: b.orderNo })
}

function visitOf(row: Row): Visit {
  return {
    id: text(row, 'id'),
    institution: text(row, 'institution'),
    hisNo: text(row, 'his_no'),
    personId: text(row, 'person_id'),
    kind: text(row, 'kind') === 'vaccination' ? 'vaccination' : 'outpatient',
    state: text(row, 'state') === 'open' ? 'open' : 'finished',
    inUse: flag(row, 'in_use'),
    role: textOrNull(row, 'role') as Visit['role'],
    agreementSealed: textOrNull(row, 'agreement_sealed'),
    bodyHash: text(row, 'body_hash'),
    finishHash: textOrNull(row, 'finish_hash'),
    sweepAtMs: integer(row, 'sweep_at'),
    sweepTries: integer(row, 'sweep_tries'),
    version: integer(row, 'version'),
  }
}

function billOf(row: Row): OrderBill {
  return {
    id: text(row, 'id'),
    visitId: text(row, 'visit_id'),
    orderNo: text(row, 'his_no'),
    rev: integer(row, 'rev'),
    amountFen: integer(row, 'amount_fen'),
    bodyHash: text(row, 'body_hash'),
  }
}
