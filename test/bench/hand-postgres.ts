import pg from 'pg'
import { columnParser, PostgresTexts } from '@paycare/bff/db/postgres-text.ts'
import type { Query } from '@paycare/bff/db/unit.ts'
import { rateOf, type Rate } from './rounds.ts'
import type { Tape, TapedUnit } from './tape.ts'

interface Transaction {
  readonly begin: string
  readonly queries: readonly pg.QueryConfig[]
}

/**
 * The peer on PostgreSQL: pg and its pool and nothing around them. The same statements in the same transactions, prepared under names, with
 * texts and arguments made beforehand.
 */
export async function handPostgresRate(
  url: string,
  poolSize: number,
  tape: Tape,
  walks: number,
  inFlight: number,
): Promise<Rate> {
  const pool = new pg.Pool({ connectionString: url, max: poolSize, types: { getTypeParser: columnParser } })
  const texts = new PostgresTexts(true)
  const prepared = (units: readonly TapedUnit[]): Transaction[] => units.map((unit) => transactionOf(unit, texts))
  const play = async ({ begin, queries }: Transaction): Promise<void> => {
    const client = await pool.connect()
    await client.query(begin)
    for (const query of queries) await client.query(query)
    await client.query('commit')
    client.release()
  }
  for (const transaction of prepared(tape.before)) await play(transaction)
  const ready = tape.walks.slice(0, walks).map(prepared)
  const rate = await rateOf(walks, inFlight, async (at) => {
    for (const transaction of ready[at] ?? []) await play(transaction)
  })
  await pool.end()
  return rate
}

function transactionOf({ isRead, queries }: TapedUnit, texts: PostgresTexts): Transaction {
  const begin = isRead ? 'begin isolation level repeatable read read only' : 'begin isolation level read committed'
  return { begin, queries: queries.map((query) => configOf(query, texts)) }
}

function configOf({ statement, args }: Query, texts: PostgresTexts): pg.QueryConfig {
  const { name, text, names } = texts.ofStatement(statement)
  return { name, text, values: names.map((one) => args[one] ?? null) }
}
