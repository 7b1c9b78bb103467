import { Conflict } from '../../db/store.ts'
import { integer, query, statement, text, textOrNull, type Row, type Unit } from '../../db/unit.ts'
import { chronicle, type Entry } from '../../engine/index.ts'
import {
  mutableColumns,
  refundRequestMutableKeys,
  refundRequestOf,
  type Mutable,
  type RefundRequest,
} from './record.ts'

const insert = statement(
  `insert into refund_request (id, institution, request_no, account_id, person_id, target_kind, target_id, asked_by,
     cause, note_sealed, items_json, asked_fen, body_hash, opened_at, state, goal, accepted_json, accepted_fen,
     decided_by, approved_by, decision_sealed, decided_at, approved_at, done_at, is_told, tries, not_before, looks,
     look_at, version)
   values (:id, :institution, :requestNo, :accountId, :personId, :targetKind, :targetId, :askedBy,
     :cause, :noteSealed, :itemsJson, :askedFen, :bodyHash, :openedAtMs, :state, :goal, :acceptedJson, :acceptedFen,
     :decidedBy, :approvedBy, :decisionSealed, :decidedAt, :approvedAt, :doneAt, :isTold, :tries, :notBefore, 0, 0, 0)`,
)
const compareAndSet = statement(
  `update refund_request set state = :state, goal = :goal, accepted_json = :acceptedJson, accepted_fen = :acceptedFen,
     decided_by = :decidedBy, approved_by = :approvedBy, decision_sealed = :decisionSealed, decided_at = :decidedAt,
     approved_at = :approvedAt, done_at = :doneAt, is_told = :isTold, tries = :tries, not_before = :notBefore,
     version = :next
   where id = :id and version = :version returning version`,
)
const find = statement('select * from refund_request where id = :id')
const findByNo = statement('select * from refund_request where institution = :institution and request_no = :requestNo')
const ofTarget = statement(
  `select * from refund_request where target_id = :targetId and institution = :institution order by opened_at, id`,
)
const ofPerson = statement(
  `select * from refund_request where person_id = :personId and institution = :institution
   order by opened_at desc, id desc limit 100`,
)
const underWay = statement(
  `select * from refund_request where institution = :institution and state in ('asked', 'approving', 'accepted')
   order by opened_at, id limit 500`,
)
const setLook = statement('update refund_request set look_at = :at, looks = :looks where id = :id')
const insertLeg = statement(
  `insert into refund_leg (request_id, payment_id, order_no, way, amount_fen, refund_id)
   values (:requestId, :paymentId, :orderNo, :way, :amountFen, :refundId)`,
)
const legsOfRequest = statement('select * from refund_leg where request_id = :requestId order by payment_id')

export function* findRequest(id: string): Unit<RefundRequest | undefined> {
  const [row] = yield* query(find, { id })
  return row && refundRequestOf(row)
}

export function* readRequest(id: string): Unit<RefundRequest> {
  const found = yield* findRequest(id)
  if (!found) throw new Error(`no refund request ${id}`)
  return found
}

export function* findRequestByNo(institution: string, requestNo: string): Unit<RefundRequest | undefined> {
  const [row] = yield* query(findByNo, { institution, requestNo })
  return row && refundRequestOf(row)
}

/** All requests of a visit or a registration, oldest first. */
export function* requestsOfTarget(institution: string, targetId: string): Unit<RefundRequest[]> {
  return (yield* query(ofTarget, { institution, targetId })).map(refundRequestOf)
}

/** A person's requests at an institution, newest first. */
export function* requestsOfPerson(institution: string, personId: string): Unit<RefundRequest[]> {
  return (yield* query(ofPerson, { institution, personId })).map(refundRequestOf)
}

/** The requests of an institution that are not over, oldest first. */
export function* requestsUnderWay(institution: string): Unit<RefundRequest[]> {
  return (yield* query(underWay, { institution })).map(refundRequestOf)
}

/** Stores a new request with its first journal row. */
export function* insertRequest(r: RefundRequest, entry: Entry): Unit<void> {
  yield* query(insert, {
    ...mutableColumns(r),
    id: r.id,
    institution: r.institution,
    requestNo: r.requestNo,
    accountId: r.accountId,
    personId: r.personId,
    targetKind: r.target.kind,
    targetId: r.target.id,
    askedBy: r.askedBy,
    cause: r.cause,
    noteSealed: r.noteSealed,
    itemsJson: JSON.stringify(r.items),
    askedFen: r.askedFen,
    bodyHash: r.bodyHash,
    openedAtMs: r.openedAtMs,
    decisionSealed: r.decisionSealed,
  })
  const whole = Object.fromEntries(refundRequestMutableKeys.map((key) => [key, r[key]]))
  yield* chronicle(chronicled(r), null, whole, entry)
}

/** Changes a request: compare-and-set on its version, and one journal row with exactly the change. */
export function* move(
  r: RefundRequest,
  changes: Partial<Mutable>,
  entry: Entry,
  decisionSealed = r.decisionSealed,
): Unit<RefundRequest> {
  const next: RefundRequest = { ...r, ...changes, decisionSealed, version: r.version + 1 }
  const set = { ...mutableColumns(next), decisionSealed, id: r.id, version: r.version, next: next.version }
  if ((yield* query(compareAndSet, set)).length === 0) throw new Conflict(r.id)
  yield* chronicle(chronicled(next), r.state, changes, entry)
  return next
}

/** Plans the next question to the hospital, or the next look at locks that are being released. */
export function* planLook(id: string, looks: number, at: number): Unit<void> {
  yield* query(setLook, { id, looks, at })
}

/** One payment's part of an accepted request. */
export interface Leg {
  readonly requestId: string
  readonly paymentId: string
  readonly orderNo: string
  readonly way: 'release' | 'refund'
  readonly amountFen: number
  /** The engine's subject; null for a lock. */
  readonly refundId: string | null
}

export function* storeLeg(leg: Leg): Unit<void> {
  yield* query(insertLeg, { ...leg })
}

export function* legsOf(requestId: string): Unit<Leg[]> {
  return (yield* query(legsOfRequest, { requestId })).map(legOf)
}

function legOf(row: Row): Leg {
  return {
    requestId: text(row, 'request_id'),
    paymentId: text(row, 'payment_id'),
    orderNo: text(row, 'order_no'),
    way: text(row, 'way') === 'release' ? 'release' : 'refund',
    amountFen: integer(row, 'amount_fen'),
    refundId: textOrNull(row, 'refund_id'),
  }
}

function chronicled(r: RefundRequest) {
  const { id, institution, state, version } = r
  return { id, institution, state, version, channel: 'hospital', acctDate: null }
}
