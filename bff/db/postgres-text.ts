import { skipLocked, type Bindable, type Statement } from './unit.ts'

/** A statement as PostgreSQL takes it: prepared under a name once per connection, with positions instead of names. */
export interface PreparedText {
  readonly name: string
  readonly text: string
  /** The names in the order of their positions. */
  readonly names: readonly string[]
}

/** The instant at which the statement arrived: one value for all of it, so that an index can serve it. */
const databaseNow = '(floor(extract(epoch from statement_timestamp()) * 1000)::bigint)'

/** Translates each text once. With `databaseClock` the clock of leases is PostgreSQL's own, and the argument is not sent. */
export class PostgresTexts {
  readonly #known = new Map<string, PreparedText>()
  readonly #databaseClock: boolean
  constructor(databaseClock: boolean) {
    this.#databaseClock = databaseClock
  }

  ofStatement({ sql }: Statement): PreparedText {
    return this.#once(sql, () => {
      const names: string[] = []
      const text = sql
        .replaceAll(skipLocked, 'for update skip locked')
        .replaceAll(/(?<!:):([a-zA-Z]\w*)/g, (_, name) => {
          if (name === 'storeNowMs' && this.#databaseClock) return databaseNow
          if (!names.includes(name)) names.push(name)
          return `$${names.indexOf(name) + 1}`
        })
      return { text, names }
    })
  }

  /** Drizzle's texts for SQLite have question marks; those inside quotes are no parameters. */
  ofPositional(sql: string): PreparedText {
    return this.#once(sql, () => {
      let count = 0
      const text = sql.replaceAll(/'[^']*'|"[^"]*"|\?/g, (found) => (found === '?' ? `$${++count}` : found))
      return { text, names: [] }
    })
  }

  #once(sql: string, translate: () => Omit<PreparedText, 'name'>): PreparedText {
    let known = this.#known.get(sql)
    if (!known) this.#known.set(sql, (known = { ...translate(), name: `paycare_${this.#known.size}` }))
    return known
  }
}

const boolean = 16
const integers = new Set([20, 21, 23, 1700])

/** Columns as SQLite answers them: integers as numbers, sums too, truth as 0 or 1, everything else as text. */
export function columnParser(oid: number): (text: string) => Bindable {
  if (oid === boolean) return (text) => (text === 't' ? 1 : 0)
  return integers.has(oid) ? exactInteger : (text) => text
}

function exactInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new TypeError('a column holds no integer that is exact here')
  return value
}
