/** What may be bound to a statement on both databases: text, integer or null (`engine.md §9`). */
export type Bindable = string | number | null
export type Row = Readonly<Record<string, Bindable>>

/** One statement with named parameters (`:name`), and the names that it uses. */
export interface Statement {
  readonly sql: string
  readonly names: readonly string[]
}

export interface Query {
  readonly statement: Statement
  readonly args: Readonly<Record<string, Bindable>>
}

/**
 * The instant by which leases and due times are kept (`engine.md §8`), inside a statement. Where one process is alone with its database it is
 * the argument `storeNowMs`, the injected clock. Where several share one it is the database's own clock, whatever the process believes. The plus
 * takes the affinity of the cast away: with it SQLite would serve no comparison from an index over an expression.
 */
export const storeNow = '+cast(:storeNowMs as bigint)'

/** Ends a query that picks work: passes over what other processes have locked. SQLite, where there are none, reads a comment. */
export const skipLocked = '/* for update skip locked */'

/**
 * A unit of work: a generator that yields queries and never a promise, so that nothing can be awaited inside a transaction. SQLite runs it in
 * one turn; PostgreSQL awaits each query and may run the unit again after a deadlock. A statement error ends the unit on both: no line of it
 * runs any more, not even a `finally`.
 */
export type Unit<T> = Generator<Query, T, Row[]>

export function statement(sql: string): Statement {
  const names = new Set<string>()
  for (const match of sql.matchAll(/(?<!:):([a-zA-Z]\w*)/g)) if (match[1]) names.add(match[1])
  return { sql, names: [...names] }
}

/** Runs one statement inside a unit. Every name of the statement must have an argument; arguments without a name are left out. */
export function* query(s: Statement, args: Readonly<Record<string, Bindable>>): Unit<Row[]> {
  for (const name of s.names) {
    const value = args[name]
    if (value === undefined) throw new TypeError(`statement argument missing: ${name}`)
    if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new TypeError(`not an integer: ${name}`)
    // PostgreSQL has no such character.
    if (typeof value === 'string' && value.includes('\0')) throw new TypeError(`text with a NUL: ${name}`)
  }
  return yield { statement: s, args }
}

/** A text column; throws when the row has no text there, because then the schema and the code differ. */
export function text(row: Row, column: string): string {
  const value = row[column]
  if (typeof value !== 'string') throw new TypeError(`column ${column} is not text`)
  return value
}

export function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : text(row, column)
}

export function integer(row: Row, column: string): number {
  const value = row[column]
  if (!Number.isSafeInteger(value) || typeof value !== 'number')
    throw new TypeError(`column ${column} is not an integer`)
  return value
}

export function integerOrNull(row: Row, column: string): number | null {
  return row[column] === null ? null : integer(row, column)
}

export function flag(row: Row, column: string): boolean {
  return integer(row, column) === 1
}
