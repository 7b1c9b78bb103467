import type { Outcome } from '@paycare/shared/rules'
import type { CallIntent } from '../db/intent-log.ts'
import { integer, query, statement, text, type Unit } from '../db/unit.ts'
import type { EngineContext } from './context.ts'
import type { Attempt, Lease } from './subject.ts'

const readBill = statement(
  `select p.institution, p.channel, p.kind, b.kind as bill_kind, b.his_no, b.rev
   from payment p join bill b on b.id = p.bill_id where p.id = :id`,
)
const readBillOfRefund = statement(
  `select r.institution, r.channel, 'refund' as kind, b.kind as bill_kind, b.his_no, b.rev
   from refund r join payment p on p.id = r.payment_id join bill b on b.id = p.bill_id where r.id = :id`,
)

/**
 * Writes down outside the database that a call leaves, after the commit that stored it and before any byte of it: whatever the log names was
 * stored once. Answers the outcome of a call that could not be written down: it has not left.
 */
export async function noteIntent(
  x: EngineContext,
  lease: Lease,
  attempt: Attempt,
): Promise<Extract<Outcome, { is: 'notExecuted' }> | undefined> {
  const { intents } = x
  if (!intents) return undefined
  try {
    await intents.note(await x.store.read(() => intentOf(lease, attempt, x.clock.now())))
    return undefined
  } catch (error) {
    x.log.error({ subjectId: lease.subjectId, error: error instanceof Error ? error.message : 'unknown' }, 'intent log')
    return { is: 'notExecuted', why: 'intent log' }
  }
}

function* intentOf({ subjectId: id, kind }: Lease, attempt: Attempt, atMs: number): Unit<CallIntent> {
  const [row] = yield* query(kind === 'refund' ? readBillOfRefund : readBill, { id })
  if (!row) throw new Error(`no ${kind} ${id}`)
  const { step, serial, tradeDate, amountFen, firstSentAtMs } = attempt
  return {
    atMs,
    institution: text(row, 'institution'),
    channel: text(row, 'channel'),
    kind: text(row, 'kind'),
    step,
    serial,
    tradeDate,
    amountFen,
    firstSentAtMs,
    billKind: text(row, 'bill_kind'),
    hisNo: text(row, 'his_no'),
    rev: integer(row, 'rev'),
  }
}
