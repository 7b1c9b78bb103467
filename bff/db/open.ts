import type { Log } from '../ports/log.ts'
import type { Process } from '../ports/process.ts'
import { migratePostgres, migrateSqlite } from './migrate.ts'
import { postgresStore } from './postgres.ts'
import { holdAlone } from './sole-owner.ts'
import { openSqlite, sqliteStore } from './sqlite.ts'
import type { Store } from './store.ts'

/** Where the data is: a file of this process alone, or a server that several processes share. */
export type Database =
  | { readonly is: 'sqlite'; readonly file: string }
  | { readonly is: 'postgres'; readonly url: string; readonly poolSize: number }

/** Opens the database and brings it up to date. */
export async function openStore(database: Database, log: Log, process: Process): Promise<Store> {
  if (database.is === 'postgres') {
    await migratePostgres(database.url)
    return postgresStore({ ...database, log })
  }
  const letGo = holdAlone(database.file)
  const connection = openSqlite(database.file)
  migrateSqlite(connection)
  const store = sqliteStore(connection, process)
  return {
    ...store,
    close: async () => {
      await store.close()
      letGo()
    },
  }
}
