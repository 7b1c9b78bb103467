import { machineOf, type Kind, type StepName } from '@paycare/shared/rules'
import type { CallIntent } from '../db/intent-log.ts'
import { integer, query, statement, text, textOrNull, type Row, type Unit } from '../db/unit.ts'
import type { Refund, Subject } from './subject.ts'

const knows = statement(
  `select serial from attempt where institution = :institution and channel = :channel and serial = :serial
   union all
   select serial from lost_call where institution = :institution and channel = :channel and serial = :serial`,
)
const insert = statement(
  `insert into lost_call (institution, channel, serial, kind, step, bill_kind, his_no, rev, trade_date, amount_fen,
     first_sent_at, last_sent_at)
   values (:institution, :channel, :serial, :kind, :step, :billKind, :hisNo, :rev, :tradeDate, :amountFen,
     :firstSentAtMs, :atMs)
   on conflict (institution, channel, serial) do update set last_sent_at = :atMs`,
)
const readUntaken = statement('select * from lost_call where taken_by is null order by first_sent_at, serial')
const setStands = statement(
  'update lost_call set stands = :stands where institution = :institution and channel = :channel and serial = :serial',
)
const ofBill = `institution = :institution and channel = :channel and step = :step and taken_by is null
  and (bill_kind, his_no, rev) = (select kind, his_no, rev from bill where id = :billId)`
const readLast = statement(`select * from lost_call where ${ofBill} order by first_sent_at desc, serial limit 1`)
const takeAll = statement(`update lost_call set taken_by = :id where ${ofBill}`)
const refundsOfPayment = `institution = :institution and channel = :channel and step = 'refund' and taken_by is null
  and (bill_kind, his_no, rev) =
    (select b.kind, b.his_no, b.rev from payment p join bill b on b.id = p.bill_id where p.id = :paymentId)`
const readRefund = statement(
  `select * from lost_call where ${refundsOfPayment} and amount_fen = :amountFen order by first_sent_at, serial limit 1`,
)
const takeOne = statement(
  'update lost_call set taken_by = :id where institution = :institution and channel = :channel and serial = :serial',
)
const closeItems = statement(
  `update work_item set state = 'done' where kind = 'lostCall' and institution = :institution
     and subject_id in (select serial from lost_call where taken_by = :id)`,
)

/** A call that left and that this database does not know. */
export interface LostCall {
  readonly institution: string
  readonly channel: string
  readonly kind: Kind
  readonly step: StepName
  readonly serial: string
  readonly tradeDate: string
  readonly amountFen: number
  readonly firstSentAtMs: number
  readonly lastSentAtMs: number
  readonly stands: string | null
}

/** Those of the calls that this database does not know. */
export function* unknownOf(intents: readonly CallIntent[]): Unit<CallIntent[]> {
  const unknown: CallIntent[] = []
  for (const intent of intents) {
    const { institution, channel, serial } = intent
    if ((yield* query(knows, { institution, channel, serial })).length === 0) unknown.push(intent)
  }
  return unknown
}

export function* keepLost(intents: readonly CallIntent[]): Unit<void> {
  for (const intent of intents) yield* query(insert, { ...intent })
}

/** The lost calls that made something at the counterparty and that no payment goes on with; a later call only names such a one. */
export function* untakenOpenings(): Unit<LostCall[]> {
  return (yield* query(readUntaken, {})).map(lostCallOf).filter((lost) => lost.step === machineOf(lost.kind).opens)
}

export function* noteStands({ institution, channel, serial }: LostCall, stands: string): Unit<void> {
  yield* query(setStands, { institution, channel, serial, stands })
}

/**
 * The lost call that a payment goes on with instead of making a second one: the last of its bill, because a new serial is made only when the
 * one before is dead. Nobody else gets it, and nobody has to look after it any more.
 */
export function* takeLost(s: Subject, step: StepName): Unit<LostCall | undefined> {
  if (step !== machineOf(s.kind).opens) return undefined
  if (s.kind === 'refund') return yield* takeLostRefund(s)
  const { id, institution, channel, billId } = s
  const [row] = yield* query(readLast, { institution, channel, step, billId })
  if (!row) return undefined
  yield* query(takeAll, { id, institution, channel, step, billId })
  yield* query(closeItems, { id, institution })
  return lostCallOf(row)
}

/** A payment may have several refunds: each goes on with one of the same amount. One of another amount stays listed. */
function* takeLostRefund({ id, institution, channel, paymentId, amountFen }: Refund): Unit<LostCall | undefined> {
  const [row] = yield* query(readRefund, { institution, channel, paymentId, amountFen })
  if (!row) return undefined
  yield* query(takeOne, { id, institution, channel, serial: text(row, 'serial') })
  yield* query(closeItems, { id, institution })
  return lostCallOf(row)
}

function lostCallOf(row: Row): LostCall {
  return {
    institution: text(row, 'institution'),
    channel: text(row, 'channel'),
    kind: text(row, 'kind') as Kind,
    step: text(row, 'step') as StepName,
    serial: text(row, 'serial'),
    tradeDate: text(row, 'trade_date'),
    amountFen: integer(row, 'amount_fen'),
    firstSentAtMs: integer(row, 'first_sent_at'),
    lastSentAtMs: integer(row, 'last_sent_at'),
    stands: textOrNull(row, 'stands'),
  }
}
