import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migratePostgres } from '@paycare/bff/db/migrate.ts'
import { postgresStore } from '@paycare/bff/db/postgres.ts'
import type { Store } from '@paycare/bff/db/store.ts'
import { query, statement, type Bindable, type Row } from '@paycare/bff/db/unit.ts'
import { systemProcess } from '@paycare/bff/ports/system.ts'
import { sqliteIn } from '../journeys/engine-bench.ts'
import { silentLog } from '../world/silent-log.ts'
import type { PostgresServer } from './postgres-server.ts'

/** Fails the run: no test of the contract may end the process. */
const process = systemProcess((error) => {
  throw error
})

/** One way to keep the data. Each opening is a migrated database of its own; the answer to closing leaves nothing behind. */
export interface Kind {
  readonly name: string
  open(server: PostgresServer): Promise<Store>
}

export const kinds: readonly Kind[] = [
  { name: 'SQLite', open: async () => sqliteFile(false) },
  { name: 'SQLite with group commit', open: async () => sqliteFile(true) },
  {
    name: 'PostgreSQL',
    // The engine's walks move time by hand, on every store.
    open: async (server) => postgresAt(await migrated(server), 'injected'),
  },
]

export async function migrated(server: PostgresServer): Promise<string> {
  const url = await server.database()
  await migratePostgres(url)
  return url
}

export function postgresAt(url: string, leaseClock: 'database' | 'injected' = 'database'): Store {
  return postgresStore({ url, poolSize: 8, log: silentLog, leaseClock })
}

function sqliteFile(isGrouped: boolean): Store {
  const folder = mkdtempSync(join(tmpdir(), 'paycare-store-'))
  const store = sqliteIn(join(folder, 'paycare.sqlite'), isGrouped ? process : undefined)
  const close = async (): Promise<void> => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { ...store, close }
}

type Values = Readonly<Record<string, Bindable>>

/** One statement in a transaction of its own. */
export function exec(store: Store, sql: string, args: Values = {}): Promise<Row[]> {
  return store.run(() => query(statement(sql), args))
}

export function rows(store: Store, sql: string, args: Values = {}): Promise<Row[]> {
  return store.read(() => query(statement(sql), args))
}
