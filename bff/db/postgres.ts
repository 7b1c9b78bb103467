import pg from 'pg'
import type { Log } from '../ports/log.ts'
import { columnParser, PostgresTexts } from './postgres-text.ts'
import { ConstraintViolation, UnknownCommit, type Store } from './store.ts'
import type { Query, Row, Unit } from './unit.ts'

export interface PostgresOptions {
  /** `postgres://user:password@host/database` */
  readonly url: string
  /** Connections at most; a unit holds one from begin to commit. */
  readonly poolSize: number
  readonly log: Log
  /** Whose clock leases are kept by: the database's, unless a test moves time by hand. */
  readonly leaseClock?: 'database' | 'injected'
  readonly limits?: Limits
}

/** How long each thing may take; nothing waits for ever. */
export interface Limits {
  /** For a connection: a free one of the pool, or a new one. */
  readonly connectMs: number
  /** One statement, waiting for somebody else's rows included. */
  readonly statementMs: number
  /** The server is believed to be gone when it has not answered by then. */
  readonly silenceMs: number
}

const defaultLimits: Limits = { connectMs: 5_000, statementMs: 5_000, silenceMs: 8_000 }
const triesMost = 5
/** A unique row that is refused once more is no race: the unit does not look for it. */
const racesMost = 2
/** Failed serialization and deadlock: nothing is left behind. */
const gaveWay = new Set(['40001', '40P01'])

/** A store over PostgreSQL, which several processes share: one transaction per unit, every statement prepared and awaited. */
export function postgresStore(o: PostgresOptions): Store {
  const pool = poolOf(o)
  const texts = new PostgresTexts(o.leaseClock !== 'injected')
  const transaction = <T>(begin: string, unit: () => Unit<T>): Promise<T> =>
    onConnection(pool, async (client) => {
      await ask(client, { text: begin })
      const value = await drive(unit, (query) => execute(client, texts, query))
      await commit(client)
      return value
    })
  return {
    isShared: true,
    run: (unit) => again(() => transaction('begin isolation level read committed', unit)),
    // Several statements see one state of the database, as on SQLite.
    read: (unit) => transaction('begin isolation level repeatable read read only', unit),
    select: (sql, params) =>
      onConnection(pool, async (client) => {
        const { name, text } = texts.ofPositional(sql)
        return (await ask(client, { name, text, values: [...params], rowMode: 'array' })).rows
      }),
    close: () => pool.end(),
  }
}

function poolOf({ url, poolSize, log, limits = defaultLimits }: PostgresOptions): pg.Pool {
  const { connectMs, statementMs, silenceMs } = limits
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    application_name: 'paycare',
    keepAlive: true,
    connectionTimeoutMillis: connectMs,
    statement_timeout: statementMs,
    lock_timeout: statementMs,
    idle_in_transaction_session_timeout: silenceMs,
    query_timeout: silenceMs,
    // A stored intent survives a power cut, whatever the server's default is.
    options: '-c synchronous_commit=on',
    types: { getTypeParser: columnParser },
  })
  // A connection that breaks while nobody waits for it is replaced; whoever waits is told by the statement.
  pool.on('connect', (client) => client.on('error', () => undefined))
  pool.on('error', (error) => log.warn({ error: error.message }, 'database connection lost'))
  return pool
}

/** The connection did not answer: what it was doing is not known, and it is not used again. */
class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost'
}

/** Lends a connection; whatever went wrong, it comes back without an open transaction or is thrown away. */
async function onConnection<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let isClean = true
  try {
    return await work(client)
  } catch (error) {
    isClean = !(error instanceof ConnectionLost || error instanceof UnknownCommit) && (await rolledBack(client))
    throw translated(error)
  } finally {
    client.release(!isClean)
  }
}

function rolledBack(client: pg.PoolClient): Promise<boolean> {
  return ask(client, { text: 'rollback' }).then(
    () => true,
    () => false,
  )
}

type Asked = pg.QueryConfig & { readonly rowMode?: 'array' }

async function ask(client: pg.PoolClient, query: Asked): Promise<pg.QueryResult> {
  try {
    return await client.query(query)
  } catch (error) {
    if (isFromServer(error) || error instanceof TypeError) throw error
    throw new ConnectionLost(error instanceof Error ? error.message : 'unknown', { cause: error })
  }
}

/** An answer of a server that goes on serving this connection. */
function isFromServer(error: unknown): error is pg.DatabaseError {
  return error instanceof pg.DatabaseError && error.severity === 'ERROR'
}

async function execute(client: pg.PoolClient, texts: PostgresTexts, { statement, args }: Query): Promise<Row[]> {
  const { name, text, names } = texts.ofStatement(statement)
  return (await ask(client, { name, text, values: names.map((one) => args[one] ?? null) })).rows
}

async function drive<T>(unit: () => Unit<T>, execute: (query: Query) => Promise<Row[]>): Promise<T> {
  const generator = unit()
  let step = generator.next()
  while (!step.done) step = generator.next(await execute(step.value))
  return step.value
}

/** A refusal by the server is a certain no; silence is not. */
async function commit(client: pg.PoolClient): Promise<void> {
  let command: string
  try {
    command = (await ask(client, { text: 'commit' })).command
  } catch (error) {
    if (isFromServer(error)) throw error
    throw new UnknownCommit('the answer to a commit was lost', { cause: error })
  }
  if (command !== 'COMMIT') throw new Error('the transaction was over before its commit')
}

/**
 * Runs a unit again when it gave way to another one: after a deadlock, and when a unique row that it looked for and did not see was committed by
 * somebody else before it could insert it. On SQLite units run one by one, so that there the second sees the row of the first at once.
 */
async function again<T>(transaction: () => Promise<T>): Promise<T> {
  let races = 0
  for (let tries = 1; ; tries++) {
    try {
      return await transaction()
    } catch (error) {
      if (tries >= triesMost) throw error
      const isUnique = error instanceof ConstraintViolation && error.kind === 'unique' && ++races <= racesMost
      const isDeadlock = error instanceof pg.DatabaseError && gaveWay.has(error.code ?? '')
      if (!isUnique && !isDeadlock) throw error
    }
  }
}

function translated(error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError) || !error.code?.startsWith('23')) return error
  const kind = error.code === '23505' ? 'unique' : error.code === '23514' ? 'check' : 'other'
  return new ConstraintViolation(kind, error.message)
}
