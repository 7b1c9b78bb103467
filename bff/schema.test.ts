import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrateSqlite } from './db/migrate.ts'
import { openSqlite } from './db/sqlite.ts'
import { attempt, bill, payment } from './engine/schema.ts'
import { card, consent, session } from './modules/account/schema.ts'
import { registration } from './modules/registrations/schema.ts'
import { visit } from './modules/visits/schema.ts'

interface Column {
  readonly name: string
  readonly type: string
  readonly notnull: number
  readonly pk: number
}

/** Read models, and the columns of their tables that no page reads: a new column must be put on one of the two sides. */
const models: readonly (readonly [SQLiteTable, readonly string[]])[] = [
  [bill, []],
  [payment, ['terms_sealed', 'not_before', 'recheck', 'refusals', 'version', 'awaited_by', 'sweep_jitter']],
  [
    attempt,
    [
      'institution',
      'channel',
      'trade_date',
      'amount_fen',
      'content_hash',
      'content_sealed',
      'ref_json',
      'sends',
      'first_sent_at',
      'last_sent_at',
      'asks',
      'last_ask_at',
      'absent_at',
      'code',
      'hint_at',
    ],
  ],
  [session, []],
  [card, []],
  [consent, []],
  [registration, ['patient_no_sealed', 'session_no', 'agreement_sealed', 'live', 'not_before', 'look_at', 'version']],
  [visit, ['patient_no_sealed', 'agreement_sealed', 'body_hash', 'finish_hash', 'version', 'sweep_at', 'sweep_tries']],
]
const types: Readonly<Record<string, string>> = { text: 'text', integer: 'bigint' }

describe('the read models say what the migrated tables are', () => {
  const connection = openSqlite(':memory:')
  beforeAll(() => migrateSqlite(connection))
  afterAll(() => {
    connection.close()
  })

  it.each(models.map(([table, leftOut]) => [getTableConfig(table).name, table, leftOut] as const))(
    '%s',
    (name, table, leftOut) => {
      const info = connection.pragma(`table_info(${name})`) as Column[]
      const stored = info
        .filter((column) => !leftOut.includes(column.name))
        .map(({ name, type, notnull, pk }) => ({
          name,
          type: type.toLowerCase(),
          required: notnull === 1 || pk === 1,
          key: pk === 1,
        }))
      const declared = getTableConfig(table).columns.map((column) => ({
        name: column.name,
        type: types[column.getSQLType()],
        required: column.notNull,
        key: column.primary,
      }))
      expect(declared).toEqual(stored)
      const names = info.map((column) => column.name)
      for (const column of leftOut) expect(names).toContain(column)
    },
  )
})
