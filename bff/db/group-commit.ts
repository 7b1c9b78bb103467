import type Database from 'better-sqlite3'
import type { Process } from '../ports/process.ts'
import { UnknownCommit } from './store.ts'
import type { Unit } from './unit.ts'

interface Queued {
  readonly unit: () => Unit<unknown>
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

/** The longest batch; the rest waits for the next turn, so that a flood of units never holds up the loop. */
const most = 64

/**
 * Units that are queued in the same turn share one durable commit. Each has a savepoint of its own, so that one that fails leaves its neighbours
 * alone, and none is answered before the commit. SQLite may end a transaction by itself (disk full, out of memory): then nobody knows what is
 * stored, every unit of the batch is rejected and the process ends (`engine.md §9`).
 */
export function groupCommit(
  connection: Database.Database,
  work: (unit: () => Unit<unknown>) => unknown,
  process: Process,
) {
  const begin = connection.prepare('begin immediate')
  const commit = connection.prepare('commit')
  const rollback = connection.prepare('rollback')
  const inSavepoint = savepoints(connection, work)
  let queue: Queued[] = []
  let broken: UnknownCommit | undefined

  function flush(): void {
    const batch = queue.slice(0, most)
    queue = queue.slice(most)
    if (queue.length > 0) process.soon(flush)
    if (batch.length > 0) commitTogether(batch)
  }

  function commitTogether(batch: readonly Queued[]): void {
    try {
      if (broken) throw broken
      begin.run()
    } catch (error) {
      // Nothing was done yet: the units may be tried again.
      for (const { reject } of batch) reject(error)
      return
    }
    try {
      const answers = batch.map(inSavepoint)
      commit.run()
      for (const answer of answers) answer()
    } catch (error) {
      broken = new UnknownCommit('the commit of a batch is unknown', { cause: error })
      if (connection.inTransaction) rollback.run()
      for (const { reject } of batch) reject(broken)
      process.exit(broken)
    }
  }

  return {
    /** Commits what is queued now, before the connection is closed. */
    drain: (): void => {
      while (queue.length > 0) flush()
    },
    run: (unit: () => Unit<unknown>): Promise<unknown> =>
      new Promise((resolve, reject) => {
        if (queue.push({ unit, resolve, reject }) === 1) process.soon(flush)
      }),
  }
}

/** Runs one unit of a batch; answers how it is to be answered, or throws when the transaction around it is gone. */
function savepoints(connection: Database.Database, work: (unit: () => Unit<unknown>) => unknown) {
  const save = connection.prepare('savepoint unit')
  const release = connection.prepare('release unit')
  const undo = connection.prepare('rollback to unit')
  return ({ unit, resolve, reject }: Queued): (() => void) => {
    save.run()
    let answer: () => void
    try {
      const value = work(unit)
      answer = () => resolve(value)
    } catch (error) {
      if (!connection.inTransaction) throw error
      undo.run()
      answer = () => reject(error)
    }
    release.run()
    return answer
  }
}
