import { isDeepStrictEqual } from 'node:util'
import type Database from 'better-sqlite3'
import { journalOf, mutablePartOf, replay, type Payment } from '@paycare/bff/engine/index.ts'
import type { Store } from '@paycare/bff/db/store.ts'
import { timeOnDay } from '@paycare/shared/rules'
import { query, statement } from '@paycare/bff/db/unit.ts'
import { paymentOf } from '@paycare/bff/engine/subject.ts'
import type { Sandbox } from '../sandbox/index.ts'
import { midnightViolations } from './check-midnight.ts'
import { registrationViolations } from './check-registrations.ts'
import type { OrderWish } from './his-actor.ts'

type LockView = ReturnType<Sandbox['bank']['locks']>[number]

/** What is compared at the end of a run (`bank.md §5.8`: 1, 2, 4, 5, 6, 8, 9, and the journal). */
export interface Books {
  readonly connection: Database.Database
  readonly store: Store
  readonly sandbox: Sandbox
  readonly wishes: readonly OrderWish[]
  /** Visits in which nothing may be locked. */
  readonly withoutCredit: readonly string[]
  /** Payments that HIS was told about. */
  readonly acknowledged: ReadonlySet<string>
  readonly identities: readonly string[]
  readonly logText: string
}

const allPayments = statement('select * from payment order by id')

/** Every difference between the two books, between wish and fact, and between journal and row. */
export async function violationsOf(books: Books): Promise<string[]> {
  const { sandbox, store } = books
  const subjects = await store.read(function* () {
    return (yield* query(allPayments, {})).map(paymentOf)
  })
  const locks = new Map(sandbox.bank.locks().map((lock) => [lock.serial, lock]))
  return [
    ...sandbox.bank.invariants().violations.map((text) => `bank ${text}`),
    ...subjects.flatMap((subject) => agreement(books.connection, subject, locks, sandbox)),
    ...strangers(books.connection, locks),
    ...wishesKept(books),
    ...lost(books, subjects),
    ...unasked(books, locks),
    ...midnightViolations(books),
    ...(await journalsReplay(store, subjects)),
    ...(await registrationViolations(books)),
    ...leaks(books),
  ]
}

/** Long after the last fault, before the evening wakes everything: what is wanted of a payment has been done. */
export function forgotten(db: Database.Database): string[] {
  const undone = db.prepare(`select id, goal, state from payment where state in ('opening', 'held') and goal <> 'hold'`)
  return (undone.all() as { id: string; goal: string; state: string }[]).map(
    ({ id, goal, state }) => `6 ${id}: wanted ${goal} since long, still ${state}`,
  )
}

/** 6: each payment and each of its serials stand the same on both sides. */
function agreement(db: Database.Database, s: Payment, locks: Map<string, LockView>, sandbox: Sandbox): string[] {
  const found: string[] = []
  if (s.state === 'opening' || s.state === 'held' || s.state === 'review') found.push(`6 ${s.id}: ended as ${s.state}`)
  const attempts = db.prepare('select step, serial, open from attempt where subject_id = ?').all(s.id) as {
    step: string
    serial: string
    open: number
  }[]
  if (attempts.some((attempt) => attempt.open === 1)) found.push(`6 ${s.id}: an attempt is still open`)
  for (const attempt of attempts) {
    if (sandbox.bank.effects(attempt.serial) > 1) found.push(`4 ${attempt.serial}: more than one effect`)
  }
  const mine = attempts.flatMap((attempt) => (attempt.step === 'lock' ? (locks.get(attempt.serial) ?? []) : []))
  const takenFen = mine.reduce((sum, lock) => sum + lock.confirmedFen, 0)
  if (takenFen !== s.paidFen) found.push(`6 ${s.id}: paid ${s.paidFen} here, ${takenFen} at the bank`)
  const heldAtBank = mine.filter((lock) => lock.state === 'LOCKED').length
  if (heldAtBank > 0) found.push(`6 ${s.id}: ${s.state} here, still locked at the bank`)
  return found
}

/** No lock at the bank that we do not know. */
function strangers(db: Database.Database, locks: Map<string, LockView>): string[] {
  const known = new Set(db.prepare(`select serial from attempt where step = 'lock'`).pluck().all())
  return [...locks.keys()]
    .filter((serial) => !known.has(serial))
    .map((serial) => `6 ${serial}: a lock nobody here knows`)
}

/** What was acknowledged is stored, whatever died afterwards. */
function lost({ acknowledged }: Books, subjects: readonly Payment[]): string[] {
  const stored = new Set(subjects.map((s) => s.id))
  return [...acknowledged].filter((id) => !stored.has(id)).map((id) => `${id}: acknowledged and not stored`)
}

/** 9: no lock for a visit or a registration whose patient said no. */
function unasked({ connection, withoutCredit }: Books, locks: Map<string, LockView>): string[] {
  const never = connection
    .prepare(
      `select id from registration r where pays = 'desk' and is_chosen = 0 and not exists
         (select 1 from journal j where j.subject_id = r.id and json_extract(j.data, '$.isChosen'))`,
    )
    .pluck()
    .all()
  const unwanted = new Set<unknown>([...withoutCredit, ...never])
  return [...locks.values()]
    .filter((lock) => unwanted.has(lock.visitNo))
    .map((lock) => `9 ${lock.serial}: a lock that the patient did not want`)
}

/** From 23:30 on, and the first minutes after midnight. */
function isLastHalfHour(atMs: number): boolean {
  return atMs >= timeOnDay(atMs, 23, 30) || atMs < timeOnDay(atMs, 0, 30)
}

/** Only what HIS said in the last half hour, or of a visit that was still open in the evening, may end unpaid at midnight; a person knows then. */
function mayExpire({ endedAtMs, by, isOpen }: OrderWish): boolean {
  return isOpen || (by === 'message' && isLastHalfHour(endedAtMs))
}

/** What HIS wanted is what happened: the patient has paid what was used, once. */
function wishesKept(books: Books): string[] {
  const rows = books.connection
    .prepare(
      `select b.his_no as orderNo, b.rev as rev, p.state as state, p.paid_fen as paidFen, p.amount_fen as amountFen
       from bill b join payment p on p.bill_id = b.id`,
    )
    .all() as { orderNo: string; rev: number; state: string; paidFen: number; amountFen: number }[]
  return books.wishes.flatMap((wish) => {
    const mine = rows.filter((row) => row.orderNo === wish.orderNo)
    if (mine.length !== wish.amountsFen.length)
      return [`2 ${wish.orderNo}: ${mine.length} bills for ${wish.amountsFen.length} orders`]
    const paidFen = mine.reduce((sum, row) => sum + row.paidFen, 0)
    const declined = mine.some((row) => row.state === 'declined')
    const wantedFen = wish.wish === 'finished' ? wish.actualFen : 0
    if (paidFen === wantedFen || (declined && paidFen < wantedFen)) return []
    const expired = mine.some((row) => row.state === 'expired')
    if (expired && mayExpire(wish) && paidFen < wantedFen) return []
    return [`2 ${wish.orderNo}: paid ${paidFen}, used ${wantedFen} (${wish.wish})`]
  })
}

async function journalsReplay(store: Store, subjects: readonly Payment[]): Promise<string[]> {
  const found: string[] = []
  for (const subject of subjects) {
    const journal = await store.read(() => journalOf(subject.id))
    const { version, mutable } = replay(journal)
    const same = version === subject.version && isDeepStrictEqual(mutable, mutablePartOf(subject))
    if (!same) found.push(`journal ${subject.id}: replay differs from the row`)
  }
  return found
}

/** What every name and every ID number of a simulated resident begins with. */
const beginnings = [Buffer.from('模拟'), Buffer.from('990101')]

/** 8: no name and no ID number in the database or in the log. */
function leaks(books: Books): string[] {
  const whole = books.connection.serialize()
  const bytes = beginnings.some((text) => whole.includes(text)) ? whole : Buffer.alloc(0)
  const inDatabase = books.identities.filter((text) => bytes.includes(text))
  const inLog = books.identities.filter((text) => books.logText.includes(text))
  return [...inDatabase.map(() => '8: identity in the database'), ...inLog.map(() => '8: identity in the log')]
}
