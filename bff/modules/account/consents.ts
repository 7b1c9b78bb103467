import { and, eq, isNull } from 'drizzle-orm'
import type { AppContext } from '../../context.ts'
import { query, statement } from '../../db/unit.ts'
import { newId } from '../../ports/ids.ts'
import { consent } from './schema.ts'

const insert = statement(
  `insert into consent (id, account_id, person_id, purpose, version, agreed_at)
   values (:id, :accountId, :personId, :purpose, :version, :at)
   on conflict (account_id, person_id, purpose, version) where withdrawn_at is null do nothing`,
)

/** What a person agrees to, apart from everything else (PIPL 14, 23, 29). */
export interface Purpose {
  readonly purpose: 'credit'
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
