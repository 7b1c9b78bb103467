import Database from 'better-sqlite3'
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

/** A store over one connection: one transaction per unit. */
export function sqliteStore(connection: Connection): Store {
  const execute = executor(connection)
  const select = selector(connection)
  const transaction = connection.transaction((unit: () => Unit<unknown>) => drive(unit, execute))
  return {
    run: async <T>(unit: () => Unit<T>) => translated(() => transaction.immediate(unit)) as T,
    read: async <T>(unit: () => Unit<T>) => translated(() => drive(unit, execute)),
    select: async (sql, params) => select(sql, params),
    close: async () => {
      connection.close()
    },
  }
}

function executor(connection: Connection): (query: Query) => Row[] {
  const prepared = new Map<string, Database.Statement>()
  return ({ statement, args }) => {
    let ready = prepared.get(statement.sql)
    if (!ready) prepared.set(statement.sql, (ready = connection.prepare(statement.sql)))
    const bound: Record<string, Bindable> = {}
    for (const name of statement.names) bound[name] = args[name] ?? null
    if (ready.reader) return ready.all(bound) as Row[]
    ready.run(bound)
    return []
  }
}

/** Drizzle builds the same few texts again and again; preparing them once is most of the cost of a read. */
function selector(connection: Connection): (sql: string, params: readonly Bindable[]) => Bindable[][] {
  const prepared = new Map<string, Database.Statement>()
  return (sql, params) => {
    let ready = prepared.get(sql)
    if (!ready) prepared.set(sql, (ready = connection.prepare(sql).raw()))
    return ready.all(...params) as Bindable[][]
  }
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
