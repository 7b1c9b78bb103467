import { flag, integer, query, statement, text, textOrNull, type Row, type Unit } from '../../../db/unit.ts'

/** A registration at the window as it is stored. */
export interface WindowRegistration {
  readonly id: string
  readonly institution: string
  readonly hisNo: string
  readonly personId: string
  readonly feeFen: number
  readonly inUse: boolean
  readonly role: 'own' | 'family' | null
  readonly reasonCode: string | null
  readonly agreementSealed: string | null
  readonly billId: string | null
  readonly paymentId: string | null
  readonly bodyHash: string
  readonly visitId: string | null
}

const insertBill = statement(
  `insert into bill (id, institution, kind, his_no, rev, visit_id, title, amount_fen, lines_json, body_hash, created_at)
   values (:id, :institution, 'windowRegistration', :hisNo, 0, null, :title, :amountFen, :linesJson, :bodyHash, :at)`,
)
const insert = statement(
  `insert into window_registration (id, institution, his_no, person_id, department, cashier_no, fee_fen, in_use, role,
     reason_code, agreement_sealed, bill_id, payment_id, body_hash, visit_id, created_at)
   values (:id, :institution, :hisNo, :personId, :department, :cashierNo, :feeFen, :inUse, :role,
     :reasonCode, :agreementSealed, :billId, :paymentId, :bodyHash, null, :at)`,
)
const find = statement('select * from window_registration where institution = :institution and his_no = :hisNo')
const setVisit = statement('update window_registration set visit_id = :visitId where id = :id')
const billToVisit = statement('update bill set visit_id = :visitId where id = :billId')

export function* findWindowRegistration(institution: string, hisNo: string): Unit<WindowRegistration | undefined> {
  const [row] = yield* query(find, { institution, hisNo })
  return row && windowRegistrationOf(row)
}

/** The fee as a bill, before its payment is opened. */
export function* insertFeeBill(b: {
  readonly id: string
  readonly institution: string
  readonly hisNo: string
  readonly title: string
  readonly amountFen: number
  readonly linesJson: string
  readonly bodyHash: string
  readonly at: number
}): Unit<void> {
  yield* query(insertBill, b)
}

export function* insertWindowRegistration(
  w: Omit<WindowRegistration, 'visitId'> & {
    readonly department: string
    readonly cashierNo: string
    readonly at: number
  },
): Unit<void> {
  yield* query(insert, { ...w, inUse: w.inUse ? 1 : 0 })
}

/** The fee belongs to the visit from now on. */
export function* giveToVisit(w: WindowRegistration, visitId: string): Unit<void> {
  yield* query(setVisit, { id: w.id, visitId })
  if (w.billId !== null) yield* query(billToVisit, { billId: w.billId, visitId })
}

function windowRegistrationOf(row: Row): WindowRegistration {
  return {
    id: text(row, 'id'),
    institution: text(row, 'institution'),
    hisNo: text(row, 'his_no'),
    personId: text(row, 'person_id'),
    feeFen: integer(row, 'fee_fen'),
    inUse: flag(row, 'in_use'),
    role: textOrNull(row, 'role') as WindowRegistration['role'],
    reasonCode: textOrNull(row, 'reason_code'),
    agreementSealed: textOrNull(row, 'agreement_sealed'),
    billId: textOrNull(row, 'bill_id'),
    paymentId: textOrNull(row, 'payment_id'),
    bodyHash: text(row, 'body_hash'),
    visitId: textOrNull(row, 'visit_id'),
  }
}
