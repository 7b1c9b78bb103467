import { sqliteStore } from '@paycare/bff/db/sqlite.ts'
import type { Store } from '@paycare/bff/db/store.ts'
import type { Row, Unit } from '@paycare/bff/db/unit.ts'
import type { Process } from '@paycare/bff/ports/process.ts'
import type Database from 'better-sqlite3'

/**
 * What one process sees of the database that all share, as on PostgreSQL: units of several processes alternate, each in one turn, and leases and
 * due times are kept by the store's clock, whatever the process believes the time to be.
 */
export function sharedStore(connection: Database.Database, process: Process, nowMs: () => number): Store {
  const inner = sqliteStore(connection, process)
  return {
    ...inner,
    isShared: true,
    run: (unit) => inner.run(() => onStoreClock(unit, nowMs())),
    read: (unit) => inner.read(() => onStoreClock(unit, nowMs())),
  }
}

function* onStoreClock<T>(unit: () => Unit<T>, storeNowMs: number): Unit<T> {
  const steps = unit()
  let step = steps.next()
  while (!step.done) {
    const { statement, args } = step.value
    const answer: Row[] = yield { statement, args: 'storeNowMs' in args ? { ...args, storeNowMs } : args }
    step = steps.next(answer)
  }
  return step.value
}
