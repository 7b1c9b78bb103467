import type { AppContext } from '../../context.ts'
import { query, statement, text, textOrNull, type Row, type Unit } from '../../db/unit.ts'
import { noticeOf, openNotification, receiptOf, type Notice } from '../../gateways/bank/notify.ts'
import { Refusal } from '../../http/refusal.ts'
import { newId } from '../../ports/ids.ts'

const source = 'bank'

const insert = statement(
  `insert into inbox (id, institution, source, dedupe_key, kind, serial, raw_sealed, received_at)
   values (:id, :institution, '${source}', :dedupeKey, :kind, :serial, :raw, :at)
   on conflict (source, institution, dedupe_key) do nothing`,
)
const findUndone = statement(
  `select id, institution, serial from inbox
   where source = '${source}' and institution = :institution and dedupe_key = :dedupeKey and done_at is null`,
)
const allUndone = statement(
  `select id, institution, serial from inbox where source = '${source}' and done_at is null order by received_at, id`,
)
const finish = statement('update inbox set done_at = :at where id = :id and done_at is null')

/** A stored message whose hint has not been passed on yet. */
interface Undone {
  readonly id: string
  readonly institution: string
  readonly serial: string | null
}

/**
 * Takes a notification of the bank in (`bank.md §3.15`) and answers the signed receipt: verified, stored once, and passed on as a hint. What it
 * says of money is not believed; the engine asks. What it says of a sign-up is not used: no sign-up is cached, so the next page asks anyway.
 */
export async function receiveNotification(x: AppContext, institution: string, raw: string): Promise<string> {
  const notice = await trustedNotice(x, institution, raw)
  const undone = await x.store.run(() => keepOnce(x, institution, notice, raw))
  x.log.info({ institution, kind: notice.kind, serial: notice.serial, isRepeat: undone === undefined }, 'notified')
  // A hint that fails is answered as a failure: the bank sends the message again, and it is still undone.
  if (undone) await passOn(x, undone)
  return receiptOf(x.bankProfile, notice.id)
}

/** Passes on what an earlier life of the process had stored and not passed on. Called once at start. */
export async function resumeInbox(x: AppContext): Promise<void> {
  const rows = await x.store.read(() => query(allUndone, {}))
  for (const row of rows) await passOn(x, undoneOf(row))
}

/** Refuses what the bank did not sign, cannot be read, or speaks for another merchant than that of the address. */
async function trustedNotice(x: AppContext, institution: string, raw: string): Promise<Notice> {
  const known = x.config.institutions.find((one) => one.id === institution)
  if (!known) throw new Refusal(404, 'ROUTE_NOT_FOUND')
  const opened = await openNotification(x.bankProfile, raw)
  if (opened.is === 'untrusted') throw new Refusal(403, 'NOTIFICATION_REFUSED', opened.why)
  const notice = noticeOf(opened.content)
  if (!notice) throw new Refusal(403, 'NOTIFICATION_REFUSED', 'no notification')
  if (notice.merchant !== known.merPtcId) throw new Refusal(403, 'NOTIFICATION_REFUSED', 'another merchant')
  return notice
}

/** Stores a message unless it is there; answers it when its hint has still to be passed on, also at a later delivery. */
function* keepOnce(x: AppContext, institution: string, notice: Notice, raw: string): Unit<Undone | undefined> {
  const id = newId(x.random, 'in')
  const key = { institution, dedupeKey: notice.id }
  const sealed = x.vault.sealFor('inbox', id, raw)
  yield* query(insert, { ...key, id, kind: notice.kind, serial: notice.serial, raw: sealed, at: x.clock.now() })
  const [row] = yield* query(findUndone, key)
  return row && undoneOf(row)
}

async function passOn(x: AppContext, undone: Undone): Promise<void> {
  if (undone.serial !== null) await x.engine.hint(undone.institution, 'credit', undone.serial)
  await x.store.run(() => query(finish, { id: undone.id, at: x.clock.now() }))
}

function undoneOf(row: Row): Undone {
  return { id: text(row, 'id'), institution: text(row, 'institution'), serial: textOrNull(row, 'serial') }
}
