import type { HisNews } from '@paycare/shared/contract'
import { integer, query, statement, text, textOrNull, type Row, type Unit } from '../../db/unit.ts'

/** One change as it is told to one receiver. */
export interface Delivery {
  readonly id: string
  readonly institution: string
  readonly subjectId: string
  readonly version: number
  readonly event: HisNews['type']
  readonly payloadJson: string
  /** kept: no address was configured, so nobody works on it and it has no wake. */
  readonly state: 'kept' | 'waiting' | 'sent' | 'givenUp'
  readonly tries: number
  readonly notBeforeMs: number
  readonly lastStatus: string | null
  readonly createdAtMs: number
}

const insert = statement(
  `insert into delivery (id, institution, target, subject_kind, subject_id, version, event, payload_json, state, tries,
     not_before, last_status, created_at)
   values (:id, :institution, 'his', :subjectKind, :subjectId, :version, :event, :payloadJson, :state, 0, :at, null, :at)`,
)
const find = statement('select * from delivery where id = :id')
const plan = statement('update delivery set tries = tries + 1, not_before = :notBefore where id = :id')
const tell = statement('update delivery set state = :state, last_status = :status where id = :id')
const again = statement(`update delivery set state = 'waiting', tries = 0, not_before = :at where id = :id`)
const list = statement(
  `select * from delivery
   where institution = :institution and (created_at > :at or (created_at = :at and id > :id))
   order by created_at, id limit :most`,
)

export interface NewDelivery extends Pick<
  Delivery,
  'id' | 'institution' | 'subjectId' | 'version' | 'event' | 'payloadJson' | 'state'
> {
  readonly subjectKind: string
  readonly at: number
}

export function* insertDelivery(d: NewDelivery): Unit<void> {
  yield* query(insert, { ...d })
}

export function* findDelivery(id: string): Unit<Delivery | undefined> {
  const [row] = yield* query(find, { id })
  return row && deliveryOf(row)
}

/** Counts a try before it leaves, and plans the next one in case no answer comes. */
export function* planTry(id: string, notBefore: number): Unit<void> {
  yield* query(plan, { id, notBefore })
}

export function* setOutcome(id: string, state: Delivery['state'], status: string): Unit<void> {
  yield* query(tell, { id, state, status })
}

/** Whatever became of it, it is told again from the first try on. */
export function* tellAgain(id: string, at: number): Unit<void> {
  yield* query(again, { id, at })
}

/** What was written for an institution after an instant and a number, oldest first. */
export function* deliveriesAfter(institution: string, at: number, id: string, most: number): Unit<Delivery[]> {
  return (yield* query(list, { institution, at, id, most })).map(deliveryOf)
}

function deliveryOf(row: Row): Delivery {
  return {
    id: text(row, 'id'),
    institution: text(row, 'institution'),
    subjectId: text(row, 'subject_id'),
    version: integer(row, 'version'),
    event: text(row, 'event') as Delivery['event'],
    payloadJson: text(row, 'payload_json'),
    state: text(row, 'state') as Delivery['state'],
    tries: integer(row, 'tries'),
    notBeforeMs: integer(row, 'not_before'),
    lastStatus: textOrNull(row, 'last_status'),
    createdAtMs: integer(row, 'created_at'),
  }
}
