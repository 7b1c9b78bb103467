import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrateSqlite, migrations } from './migrate.ts'
import { readerOf } from './reader.ts'
import { openSqlite, sqliteStore } from './sqlite.ts'
import { flag, integer, integerOrNull, statement, text, textOrNull } from './unit.ts'

describe('a statement', () => {
  it('knows its names once each, and takes a cast for none', () => {
    expect(statement('select :a, :b, :a, x::text where c = :longName').names).toEqual(['a', 'b', 'longName'])
  })
})

describe('a column', () => {
  const row = { word: 'w', number: 1, zero: 0, nothing: null }
  it('is read as what the schema says', () => {
    expect(text(row, 'word')).toBe('w')
    expect(integer(row, 'number')).toBe(1)
    expect([textOrNull(row, 'nothing'), integerOrNull(row, 'nothing')]).toEqual([null, null])
    expect([flag(row, 'number'), flag(row, 'zero')]).toEqual([true, false])
  })

  it('of another type or without a value is a fault, not a default', () => {
    for (const read of [() => text(row, 'number'), () => text(row, 'nothing'), () => text(row, 'absent')]) {
      expect(read).toThrow(TypeError)
    }
    for (const read of [() => integer(row, 'word'), () => integer(row, 'nothing'), () => flag(row, 'absent')]) {
      expect(read).toThrow(TypeError)
    }
  })
})

describe('the migrations', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'paycare-db-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('run twice change nothing and keep what is stored', async () => {
    const file = join(folder, 'a.sqlite')
    const first = openSqlite(file)
    migrateSqlite(first)
    const schemaOf = (connection: typeof first): unknown[] =>
      connection.prepare('select type, name, sql from sqlite_master order by name').all()
    const before = schemaOf(first)
    first.prepare(`insert into account (id, openid_hash, created_at) values ('acc_1', 'h', 1)`).run()
    migrateSqlite(first)
    first.close()
    const second = openSqlite(file)
    migrateSqlite(second)
    expect(schemaOf(second)).toEqual(before)
    expect(second.prepare('select id from account').pluck().all()).toEqual(['acc_1'])
    expect(second.prepare('select name from schema_migration order by name').pluck().all()).toEqual(
      migrations().map(({ name }) => name),
    )
    second.close()
  })

  it('use only types that both databases share', () => {
    const connection = openSqlite(':memory:')
    migrateSqlite(connection)
    const types = connection
      .prepare(
        `select distinct lower(c.type) from sqlite_master t join pragma_table_info(t.name) c where t.type = 'table'`,
      )
      .pluck()
      .all()
    connection.close()
    expect(types.sort()).toEqual(['bigint', 'text'])
  })

  it('make a file whose commits survive a power cut', () => {
    const connection = openSqlite(join(folder, 'b.sqlite'))
    expect(connection.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(connection.pragma('synchronous', { simple: true })).toBe(2)
    expect(connection.pragma('foreign_keys', { simple: true })).toBe(1)
    connection.close()
  })
})

it('the reader runs one positional select and answers rows as arrays', async () => {
  const store = sqliteStore(openSqlite(':memory:'))
  expect(await store.select('select ? as a, ? as b', ['x', 2])).toEqual([['x', 2]])
  expect(Object.keys(readerOf(store))).not.toEqual([])
  await store.close()
})
