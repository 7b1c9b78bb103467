import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrateSqlite, migrations } from './migrate.ts'
import { readerOf } from './reader.ts'
import { openSqlite, sqliteStore } from './sqlite.ts'
import { ConstraintViolation, type Store } from './store.ts'
import { flag, integer, integerOrNull, query, statement, text, textOrNull, type Bindable, type Unit } from './unit.ts'

const insert = statement('insert into thing (id, size, note) values (:id, :size, :note)')
const count = statement('select count(*) as n from thing')

function* add(id: Bindable, size: Bindable, note: Bindable = null): Unit<void> {
  yield* query(insert, { id, size, note })
}
function* counted(): Unit<number> {
  const [row] = yield* query(count, {})
  return row ? integer(row, 'n') : -1
}

describe('a unit of work', () => {
  let store: Store
  beforeEach(() => {
    const connection = openSqlite(':memory:')
    connection.exec(
      `create table thing (id text primary key, size bigint not null check (size > 0), note text unique);
       create table part (thing_id text not null references thing (id))`,
    )
    store = sqliteStore(connection)
  })
  afterEach(() => store.close())

  const rows = (): Promise<number> => store.read(counted)
  const refused = async (unit: () => Unit<unknown>): Promise<unknown> =>
    store.run(unit).then(
      () => 'committed',
      (error: unknown) => (error instanceof ConstraintViolation ? error.kind : error),
    )

  it('commits as a whole and answers what it returns', async () => {
    const answer = await store.run(function* () {
      yield* add('a', 1)
      yield* add('b', 2)
      return 'done'
    })
    expect(answer).toBe('done')
    expect(await rows()).toBe(2)
  })

  it('leaves nothing when it throws half way', async () => {
    const failing = store.run(function* () {
      yield* add('a', 1)
      throw new Error('on purpose')
    })
    await expect(failing).rejects.toThrow('on purpose')
    expect(await rows()).toBe(0)
  })

  it('leaves nothing when a statement is refused half way', async () => {
    expect(
      await refused(function* () {
        yield* add('a', 1)
        yield* add('b', 0)
      }),
    ).toBe('check')
    expect(await rows()).toBe(0)
  })

  it('cannot go on after a refused statement', async () => {
    const stubborn = store.run(function* () {
      try {
        yield* add('a', 0)
      } catch {
        // A statement error ends the unit on both databases: no code after it runs.
      }
      yield* add('b', 1)
    })
    await expect(stubborn).rejects.toBeInstanceOf(ConstraintViolation)
    expect(await rows()).toBe(0)
  })

  it('tells what kind of rule refused it', async () => {
    await store.run(() => add('a', 1, 'n'))
    expect(await refused(() => add('a', 1))).toBe('unique')
    expect(await refused(() => add('b', 1, 'n'))).toBe('unique')
    expect(await refused(() => add('b', -1))).toBe('check')
    expect(await refused(() => add('b', null))).toBe('other')
    const orphan = statement('insert into part (thing_id) values (:id)')
    expect(await refused(() => query(orphan, { id: 'nobody' }))).toBe('other')
    expect(await rows()).toBe(1)
  })

  it('refuses a missing argument instead of storing nothing in its place', async () => {
    const forgetful = store.run(() => query(insert, { id: 'a', size: 1 }))
    await expect(forgetful).rejects.toThrow('statement argument missing: note')
    expect(await rows()).toBe(0)
  })

  it.each([0.5, Number.NaN, Number.MAX_SAFE_INTEGER + 1])(
    'refuses the number %d, which is no integer',
    async (size) => {
      await expect(store.run(() => add('a', size))).rejects.toThrow('not an integer: size')
      expect(await rows()).toBe(0)
    },
  )

  it('keeps large integers exact', async () => {
    await store.run(() => add('a', Number.MAX_SAFE_INTEGER))
    const [row] = await store.read(() => query(statement('select size from thing'), {}))
    expect(row).toEqual({ size: Number.MAX_SAFE_INTEGER })
  })
})

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
