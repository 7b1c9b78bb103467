import { drizzle, type SqliteRemoteDatabase } from 'drizzle-orm/sqlite-proxy'
import type { Store } from './store.ts'
import type { Bindable } from './unit.ts'

/** Typed reads for pages and reports. It cannot write: the money is written by units only. */
export type Reader = Pick<SqliteRemoteDatabase, 'select' | 'selectDistinct' | '$count'>

export function readerOf(store: Store): Reader {
  return drizzle(async (sql, params, method) => {
    const rows = await store.select(sql, params as Bindable[])
    return { rows: method === 'get' ? ((rows[0] ?? []) as unknown[]) : rows }
  })
}
