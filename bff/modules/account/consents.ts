import { and, desc, eq, isNull } from 'drizzle-orm'
import type { Consent, Consents } from '@paycare/shared/contract'
import type { AppContext } from '../../context.ts'
import { query, statement } from '../../db/unit.ts'
import { Refusal } from '../../http/refusal.ts'
import { newId } from '../../ports/ids.ts'
import { listCards } from './cards.ts'
import { consent } from './schema.ts'

const insert = statement(
  `insert into consent (id, account_id, person_id, purpose, version, agreed_at)
   values (:id, :accountId, :personId, :purpose, :version, :at)
   on conflict (account_id, person_id, purpose, version) where withdrawn_at is null do nothing`,
)
const find = statement('select id from consent where id = :id and account_id = :accountId')
const end = statement('update consent set withdrawn_at = :at where id = :id and withdrawn_at is null')

/** What a person agrees to, apart from everything else (PIPL 14, 23, 29). */
export interface Purpose {
  readonly purpose: Consent['purpose']
  readonly version: string
}

/** When the account agreed for this person, in the version in force; null when it has not or has withdrawn. */
export async function consentedAt(
  x: AppContext,
  accountId: string,
  personId: string,
  p: Purpose,
): Promise<number | null> {
  const [row] = await x.reader
    .select({ agreedAt: consent.agreedAt })
    .from(consent)
    .where(
      and(
        eq(consent.accountId, accountId),
        eq(consent.personId, personId),
        eq(consent.purpose, p.purpose),
        eq(consent.version, p.version),
        isNull(consent.withdrawnAt),
      ),
    )
  return row?.agreedAt ?? null
}

/** Stores an agreement; agreeing twice keeps the first. */
export async function agree(x: AppContext, accountId: string, personId: string, p: Purpose): Promise<void> {
  await x.store.run(function* () {
    const row = { id: newId(x.random, 'con'), accountId, personId, at: x.clock.now() }
    yield* query(insert, { ...row, purpose: p.purpose, version: p.version })
  })
}

/** Every agreement of the account, the newest first, each with the card by which the account knows the person. */
export async function listConsents(x: AppContext, accountId: string): Promise<Consents> {
  const [rows, cards] = await Promise.all([
    x.reader
      .select()
      .from(consent)
      .where(eq(consent.accountId, accountId))
      .orderBy(desc(consent.agreedAt), desc(consent.id)),
    listCards(x, accountId),
  ])
  const consents = rows.flatMap(({ id, personId, purpose, version, agreedAt, withdrawnAt }) => {
    const card = cards.find((one) => one.personId === personId)?.view
    return card ? [{ id, card, purpose, version, agreedAtMs: agreedAt, withdrawnAtMs: withdrawnAt }] : []
  })
  return { consents }
}

/** Takes an agreement back, from now on (PIPL 15); twice is the same. Somebody else's looks absent. Agreeing again is a new row. */
export async function withdraw(x: AppContext, accountId: string, id: string): Promise<void> {
  await x.store.run(function* () {
    const [own] = yield* query(find, { id, accountId })
    if (!own) throw new Refusal(404, 'CONSENT_NOT_FOUND')
    yield* query(end, { id, at: x.clock.now() })
  })
}
