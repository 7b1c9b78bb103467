import Database from 'better-sqlite3'

/** Another process works on the same SQLite file. */
export class DatabaseInUse extends Error {
  override readonly name = 'DatabaseInUse'
}

/** A connection that nobody refers to any more is collected, and its lock with it. */
const held = new Set<Database.Database>()

/**
 * Holds a SQLite file for this process alone; answers how to let it go. The lock is SQLite's own, on a small file beside it, so that it ends with
 * the process however that dies, and a backup tool may still read. Two processes would freeze each other's loop at every commit
 * (`engine.md §9`).
 */
export function holdAlone(file: string): () => void {
  const lock = new Database(`${file}.lock`, { timeout: 0 })
  try {
    lock.exec('begin exclusive')
  } catch (error) {
    lock.close()
    if (!(error instanceof Database.SqliteError) || error.code !== 'SQLITE_BUSY') throw error
    throw new DatabaseInUse(`another process works on ${file}; several processes need PostgreSQL (DATABASE_URL)`)
  }
  held.add(lock)
  return () => {
    held.delete(lock)
    lock.close()
  }
}
