import { migrateSqlite } from '@paycare/bff/db/migrate.ts'
import { openSqlite, sqliteStore } from '@paycare/bff/db/sqlite.ts'
import type { Store } from '@paycare/bff/db/store.ts'
import type { Query, Unit } from '@paycare/bff/db/unit.ts'
import { Walker } from './walk.ts'

/** The statements of one transaction, with their arguments, in order. */
export interface TapedUnit {
  readonly isRead: boolean
  readonly queries: readonly Query[]
}

/** What the engine asks of the database: once before, and for each payment. */
export interface Tape {
  readonly before: readonly TapedUnit[]
  readonly walks: readonly (readonly TapedUnit[])[]
  readonly rowsPerWalk: number
}

/** Records the statements of so many walks of the real engine, in memory. Played in the same order they find the same rows. */
export async function recordTape(walks: number): Promise<Tape> {
  const connection = openSqlite(':memory:')
  migrateSqlite(connection)
  const recorder = new Recorder(sqliteStore(connection))
  const walker = new Walker(recorder.store)
  await walker.prepare()
  const before = recorder.take()
  const taped: TapedUnit[][] = []
  for (let at = 0; at < walks; at++) {
    await walker.walk(at)
    taped.push(recorder.take())
  }
  await recorder.store.close()
  return { before, walks: taped, rowsPerWalk: countOf(taped[0], 'insert into journal') }
}

/** How many statements of one walk begin so. */
export function countOf(walk: readonly TapedUnit[] | undefined, beginning: string): number {
  return (walk ?? []).flatMap((unit) => unit.queries).filter(({ statement }) => statement.sql.startsWith(beginning))
    .length
}

/** A store that writes down what is asked of another one. */
class Recorder {
  readonly store: Store
  #units: TapedUnit[] = []

  constructor(store: Store) {
    this.store = {
      ...store,
      run: (unit) => store.run(() => this.#taped(false, unit)),
      read: (unit) => store.read(() => this.#taped(true, unit)),
    }
  }

  take(): TapedUnit[] {
    const taken = this.#units
    this.#units = []
    return taken
  }

  *#taped<T>(isRead: boolean, unit: () => Unit<T>): Unit<T> {
    const queries: Query[] = []
    this.#units.push({ isRead, queries })
    const generator = unit()
    let step = generator.next()
    while (!step.done) {
      queries.push(step.value)
      step = generator.next(yield step.value)
    }
    return step.value
  }
}
