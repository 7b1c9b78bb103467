import { readdirSync, readFileSync } from 'node:fs'
import type Database from 'better-sqlite3'

const folder = new URL('./migrations/', import.meta.url)

/** The portable SQL files, in order. The same text serves every database. */
export function migrations(): { name: string; sql: string }[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => ({ name, sql: readFileSync(new URL(name, folder), 'utf8') }))
}

/** Brings a SQLite database up to date; each file in its own transaction, each once. */
export function migrateSqlite(connection: Database.Database): void {
  connection.exec('create table if not exists schema_migration (name text primary key)')
  const seen = new Set(connection.prepare('select name from schema_migration').pluck().all())
  for (const { name, sql } of migrations()) {
    if (seen.has(name)) continue
    connection.transaction(() => {
      connection.exec(sql)
      connection.prepare('insert into schema_migration (name) values (?)').run(name)
    })()
  }
}
