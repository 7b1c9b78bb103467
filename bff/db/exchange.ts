import { query, statement, type Unit } from './unit.ts'

const insert = statement(
  `insert into exchange (msg_id, institution, channel, interface, attempt_id, sent_at)
   values (:msgId, :institution, :channel, :interface, :attemptId, :at)`,
)
const update = statement(
  'update exchange set answered_at = :at, outcome = :outcome, code = :code where msg_id = :msgId',
)

/** One message to a counterparty, as it is kept for audit. It holds no identity. */
export interface Exchange {
  readonly msgId: string
  readonly institution: string
  readonly channel: string
  readonly interface: string
  readonly attemptId: string | null
  readonly at: number
}

/** Written before the message leaves. */
export function* exchangeLeaves(exchange: Exchange): Unit<void> {
  yield* query(insert, { ...exchange })
}

/** Written when the answer, or its absence, is known. */
export function* exchangeAnswered(msgId: string, at: number, outcome: string, code: string | null): Unit<void> {
  yield* query(update, { msgId, at, outcome, code })
}
