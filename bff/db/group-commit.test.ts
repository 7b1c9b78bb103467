import type Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSqlite, sqliteStore } from './sqlite.ts'
import { ConstraintViolation, type Store } from './store.ts'
import { query, statement, type Unit } from './unit.ts'

const insert = statement('insert into thing (id) values (:id)')
const insertPart = statement('insert into part (thing_id) values (:id)')

function* add(id: string): Unit<string> {
  yield* query(insert, { id })
  return id
}

describe('group commit', () => {
  let connection: Database.Database
  let store: Store
  let turns: (() => void)[]
  let ends: Error[]
  let told: string[]

  beforeEach(() => {
    connection = openSqlite(':memory:')
    connection.exec(
      `create table thing (id text primary key check (id <> 'never'));
       create table part (thing_id text not null references thing (id) deferrable initially deferred);
       create trigger disk_error before insert on thing when new.id = 'disk error'
         begin select raise(rollback, 'disk error'); end`,
    )
    turns = []
    ends = []
    told = []
    const process = { soon: (turn: () => void) => void turns.push(turn), exit: (error: Error) => void ends.push(error) }
    store = sqliteStore(connection, process)
  })
  afterEach(() => store.close())

  /** Queues a unit; `told` hears how it is answered. */
  function queue(name: string, unit: () => Unit<unknown> = () => add(name)): void {
    store.run(unit).then(
      () => told.push(`${name} committed`),
      (error: unknown) => told.push(`${name} ${error instanceof Error ? error.name : 'unknown'}`),
    )
  }
  /** One turn of the loop, and everything it answers. */
  async function turn(): Promise<void> {
    turns.shift()?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  const stored = (): unknown[] => connection.prepare('select id from thing order by id').pluck().all()

  it('commits the units of one turn together, and answers none before', async () => {
    for (const name of ['a', 'b', 'c']) queue(name)
    await new Promise((resolve) => setImmediate(resolve))
    expect([told, stored(), turns.length]).toEqual([[], [], 1])
    await turn()
    expect(told).toEqual(['a committed', 'b committed', 'c committed'])
    expect(stored()).toEqual(['a', 'b', 'c'])
    queue('d')
    await turn()
    expect(stored()).toEqual(['a', 'b', 'c', 'd'])
  })

  it('undoes a unit that fails, and only that one', async () => {
    queue('a')
    queue('b', function* () {
      yield* add('b')
      yield* add('never')
    })
    queue('c', function* () {
      yield* add('c')
      throw new RangeError('on purpose')
    })
    queue('d')
    await turn()
    expect(told).toEqual(['a committed', 'b ConstraintViolation', 'c RangeError', 'd committed'])
    expect(stored()).toEqual(['a', 'd'])
    expect(ends).toEqual([])
  })

  it('rejects the whole batch and ends the process when the database ends the transaction by itself', async () => {
    queue('before')
    await turn()
    told = []
    for (const name of ['a', 'b', 'disk error', 'c']) queue(name)
    await turn()
    expect(told).toEqual(['a', 'b', 'disk error', 'c'].map((name) => `${name} UnknownCommit`))
    expect(stored()).toEqual(['before'])
    expect(ends.map((error) => error.name)).toEqual(['UnknownCommit'])
    expect(ends[0]?.cause).toBeInstanceOf(ConstraintViolation)
  })

  it('rejects the whole batch and ends the process when the commit fails', async () => {
    queue('a')
    queue('orphan', () => query(insertPart, { id: 'nobody' }))
    queue('b')
    await turn()
    expect(told).toEqual(['a UnknownCommit', 'orphan UnknownCommit', 'b UnknownCommit'])
    expect(ends).toHaveLength(1)
    expect(stored()).toEqual([])
  })

  it('takes nothing more after an unknown commit', async () => {
    queue('disk error')
    await turn()
    queue('a')
    await turn()
    expect(told).toEqual(['disk error UnknownCommit', 'a UnknownCommit'])
    expect([stored(), ends.length]).toEqual([[], 1])
  })

  it('leaves the rest of a flood for the next turn', async () => {
    for (let at = 0; at < 100; at++) queue(`u${at}`)
    await turn()
    expect([told.length, turns.length]).toEqual([64, 1])
    queue('late')
    await turn()
    expect([told.length, turns.length]).toEqual([101, 0])
  })

  it('commits what is queued before it closes', async () => {
    const answer = store.run(() => add('a'))
    await store.close()
    expect(await answer).toBe('a')
    connection = openSqlite(':memory:')
    store = sqliteStore(connection)
  })

  it('rejects with an unknown commit only what may be stored', async () => {
    connection.exec('begin')
    queue('a')
    await turn()
    connection.exec('rollback')
    expect([told, ends]).toEqual([['a SqliteError'], []])
    queue('b')
    await turn()
    expect(told).toEqual(['a SqliteError', 'b committed'])
  })
})
