import Database from 'better-sqlite3'
import type { Process } from '../ports/process.ts'
import { groupCommit } from './group-commit.ts'
import { ConstraintViolation, type Store } from './store.ts'
import type { Bindable, Query, Row, Unit } from './unit.ts'

type Connection = Database.Database

/** Opens (and creates) the SQLite file with full durability: a stored intent survives a power cut. */
export function openSqlite(file: string): Connection {
  const connection = new Database(file)
  connection.pragma('journal_mode = WAL')
  connection.pragma('synchronous = FULL')
  connection.pragma('foreign_keys = ON')
  connection.pragma('busy_timeout = 5000')
  return connection
}

/** A store over one connection: one transaction per unit, or, given the process, one for all units of a turn. */
export function sqliteStore(connection: Connection, process?: Process): Store {
  const prepared = preparer(connection)
  const execute = (query: Query): Row[] => rowsOf(prepared(query.statement.sql), query)
  const transaction = connection.transaction((unit: () => Unit<unknown>) => drive(unit, execute))
  const work = (unit: () => Unit<unknown>): unknown => translated(() => drive(unit, execute))
  const group = process && groupCommit(connection, work, process)
  return {
    isShared: false,
    run: async <T>(unit: () => Unit<T>) =>
      (group ? await group.run(unit) : translated(() => transaction.immediate(unit))) as T,
    read: async <T>(unit: () => Unit<T>) => drive(unit, (query) => execute(readOnly(prepared, query))),
    select: async (sql, params) => {
      const rows = prepared(sql)
        .raw()
        .all(...params.map(bound))
      return rows as Bindable[][]
    },
    close: async () => {
      group?.drain()
      connection.close()
    },
  }
}

/** Each text is prepared once. Units use names and drizzle positions, so that no text belongs to both. */
function preparer(connection: Connection): (sql: string) => Database.Statement {
  const statements = new Map<string, Database.Statement>()
  return (sql) => {
    let ready = statements.get(sql)
    if (!ready) statements.set(sql, (ready = connection.prepare(sql)))
    return ready
  }
}

function rowsOf(ready: Database.Statement, { statement, args }: Query): Row[] {
  const values: Record<string, bigint | string | null> = {}
  for (const name of statement.names) values[name] = bound(args[name] ?? null)
  if (ready.reader) return ready.all(values) as Row[]
  ready.run(values)
  return []
}

/** A number of JavaScript would be bound as a float, and stand as "42.0" in a column of text. */
function bound(value: Bindable): bigint | string | null {
  return typeof value === 'number' ? BigInt(value) : value
}

function readOnly(prepared: (sql: string) => Database.Statement, query: Query): Query {
  if (!prepared(query.statement.sql).readonly) throw new TypeError('a read may not write')
  return query
}

function drive<T>(unit: () => Unit<T>, execute: (query: Query) => Row[]): T {
  const generator = unit()
  let step = generator.next()
  while (!step.done) step = generator.next(execute(step.value))
  return step.value
}

function translated<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw asConstraint(error) ?? error
  }
}

function asConstraint(error: unknown): ConstraintViolation | undefined {
  if (!(error instanceof Database.SqliteError) || !error.code.startsWith('SQLITE_CONSTRAINT')) return undefined
  if (error.code === 'SQLITE_CONSTRAINT_CHECK') return new ConstraintViolation('check', error.message)
  const unique = error.code === 'SQLITE_CONSTRAINT_UNIQUE' || error.code === 'SQLITE_CONSTRAINT_PRIMARYKEY'
  return new ConstraintViolation(unique ? 'unique' : 'other', error.message)
}
