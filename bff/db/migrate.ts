import { readdirSync, readFileSync } from 'node:fs'
import type Database from 'better-sqlite3'
import pg from 'pg'

const folder = new URL('./migrations/', import.meta.url)

/** The portable SQL files, in order. The same text serves every database. */
export function migrations(): { name: string; sql: string }[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => ({ name, sql: readFileSync(new URL(name, folder), 'utf8') }))
}

const createList = 'create table if not exists schema_migration (name text primary key)'

/** Brings a SQLite database up to date; each file in its own transaction, each once. */
export function migrateSqlite(connection: Database.Database): void {
  connection.exec(createList)
  const seen = new Set(connection.prepare('select name from schema_migration').pluck().all())
  for (const { name, sql } of migrations()) {
    if (seen.has(name)) continue
    connection.transaction(() => {
      connection.exec(sql)
      connection.prepare('insert into schema_migration (name) values (?)').run(name)
    })()
  }
}

const connectMs = 5_000
/** Held by the one process that migrates; the others wait for it and find nothing left to do. */
const migrationLock = 6_420_260_101

/** Brings a PostgreSQL database up to date, however many processes start at once. */
export async function migratePostgres(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: connectMs, keepAlive: true })
  await client.connect()
  try {
    await refuseOtherOrder(client)
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    await client.query(createList)
    const { rows } = await client.query<{ name: string }>('select name from schema_migration')
    const seen = new Set(rows.map((row) => row.name))
    for (const { name, sql } of migrations()) if (!seen.has(name)) await applyOnce(client, name, sql)
  } finally {
    // The lock ends with the session.
    await client.end()
  }
}

async function applyOnce(client: pg.Client, name: string, sql: string): Promise<void> {
  await client.query('begin')
  await client.query(sql)
  await client.query('insert into schema_migration (name) values ($1)', [name])
  await client.query('commit')
}

/** Text has the same order on both databases only byte by byte. */
async function refuseOtherOrder(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ encoding: string; order: string }>(
    `select pg_encoding_to_char(encoding) as encoding, datcollate as order
     from pg_database where datname = current_database()`,
  )
  const [found] = rows
  const isBytewise = found && /^(C|POSIX|C\.UTF-?8)$/i.test(found.order)
  if (found?.encoding === 'UTF8' && isBytewise) return
  throw new Error(
    `the database must have encoding UTF8 and locale C, not ${found?.encoding} and ${found?.order}: ` +
      `create database … template template0 encoding 'UTF8' locale 'C'`,
  )
}
