import { createHash } from 'node:crypto'
import { query, statement, text, type Unit } from '../db/unit.ts'
import { Refusal } from './refusal.ts'

const insertNew = `insert into idempotency (institution, actor, key, body_hash, subject, at)
   values (:institution, :actor, :key, :bodyHash, :subject, :at)`
const insert = statement(insertNew)
const insertUnlessKnown = statement(`${insertNew} on conflict (institution, actor, key) do nothing returning key`)
const read = statement(
  'select body_hash, subject from idempotency where institution = :institution and actor = :actor and key = :key',
)
const readOfActor = statement('select subject from idempotency where actor = :actor and key = :key')

/** Who asked what under which key. */
export interface KeyedRequest {
  readonly institution: string
  readonly actor: string
  readonly key: string
  readonly bodyHash: string
}

/** Hash of what is asked, so that a key cannot be used for something else. */
export function bodyHashOf(...parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
}

/** The subject that a key was given for; undefined when the key is new. With another body the key is refused. */
export function* subjectOfKey(r: KeyedRequest): Unit<string | undefined> {
  const [row] = yield* query(read, { institution: r.institution, actor: r.actor, key: r.key })
  if (!row) return undefined
  if (text(row, 'body_hash') !== r.bodyHash) throw new Refusal(422, 'IDEMPOTENCY_KEY_REUSED')
  return text(row, 'subject')
}

/** What an actor once asked under a key, whichever institution it concerned: for an app that never saw the answer. */
export function* subjectOfActor(actor: string, key: string): Unit<string | undefined> {
  const [row] = yield* query(readOfActor, { actor, key })
  return row && text(row, 'subject')
}

/**
 * Ties a key to a subject in the transaction that stores the intent (architecture rule 10). The same key with the same body answers true: the
 * subject is there already. With another body it is refused. Because key and subject are stored together, a key without its subject cannot be
 * seen, so there is no “in flight” to report.
 */
export function* seenBefore(r: KeyedRequest, subject: string, at: number): Unit<boolean> {
  const stored = yield* query(insertUnlessKnown, { ...r, subject, at })
  if (stored.length > 0) return false
  const [row] = yield* query(read, { institution: r.institution, actor: r.actor, key: r.key })
  if (!row || text(row, 'body_hash') !== r.bodyHash || text(row, 'subject') !== subject) {
    throw new Refusal(422, 'IDEMPOTENCY_KEY_REUSED')
  }
  return true
}

/**
 * Ties a key to a subject that was made up just now, after `subjectOfKey` knew none. Should another process have stored the key in between, the
 * unit runs again from its first line and finds that subject.
 */
export function* keepKey(r: KeyedRequest, subject: string, at: number): Unit<void> {
  yield* query(insert, { ...r, subject, at })
}
