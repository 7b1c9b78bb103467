import { connect, createServer, type Socket } from 'node:net'
import { migratePostgres, migrations } from '@paycare/bff/db/migrate.ts'
import { postgresStore } from '@paycare/bff/db/postgres.ts'
import { UnknownCommit, type Store } from '@paycare/bff/db/store.ts'
import { integer, query, statement, type Unit } from '@paycare/bff/db/unit.ts'
import { leaseMs, NEVER } from '@paycare/bff/engine/context.ts'
import { bornLeased, claimDue, giveBack, keep, takeOrWake, wakeAt } from '@paycare/bff/engine/leases.ts'
import type { Clock } from '@paycare/bff/ports/clock.ts'
import { Worker } from '@paycare/bff/worker/worker.ts'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { Bench, done, hour } from '../journeys/engine-bench.ts'
import { silentLog } from '../world/silent-log.ts'
import { PostgresServer } from './postgres-server.ts'
import { exec, migrated, postgresAt, rows } from './stores.ts'

let server: PostgresServer
beforeAll(async () => {
  server = await PostgresServer.start()
})
afterAll(() => server.stop())

describe('migrations', () => {
  it('of four processes that start at once run once', async () => {
    const url = await server.database()
    await Promise.all(Array.from({ length: 4 }, () => migratePostgres(url)))
    const names = await server.query('select name from schema_migration order by name', url)
    expect(names.map((row) => row['name'])).toEqual(migrations().map(({ name }) => name))
  })

  it('refuse a database that orders text otherwise', async () => {
    const url = await server.database(`template template0 encoding 'LATIN1' locale 'C'`)
    await expect(migratePostgres(url)).rejects.toThrow('must have encoding UTF8 and locale C, not LATIN1 and C')
  })
})

describe('the clock of leases', () => {
  let store: Store
  beforeEach(async () => {
    store = postgresAt(await migrated(server))
  })
  afterEach(() => store.close())

  const born = (id: string, nowMs: number) => store.run(() => bornLeased({ id, kind: 'payment', lane: 'l' }, nowMs))
  const claim = async (nowMs: number) => (await store.run(() => claimDue(nowMs, () => 8, 40))).leases
  const next = async (nowMs: number) => (await store.run(() => claimDue(nowMs, () => 1, 0))).nextDueAtMs
  /** Both instants of a wake as milliseconds from the database's now. */
  async function fromNow(id: string): Promise<{ dueMs: number; leaseMs: number }> {
    const now = 'cast(floor(extract(epoch from statement_timestamp()) * 1000) as bigint)'
    const sql = `select due_at - ${now} as due, lease_until - ${now} as lease from wake where subject_id = :id`
    const [row] = await rows(store, sql, { id })
    if (!row) throw new Error('no such wake')
    return { dueMs: integer(row, 'due'), leaseMs: integer(row, 'lease') }
  }
  const within = (ms: number, mostMs: number): void => {
    expect(ms).toBeLessThanOrEqual(mostMs)
    expect(ms).toBeGreaterThan(mostMs - 5_000)
  }

  it.each([-hour, 0, hour])('is the database’s, for a process whose clock is %d ms off', async (offMs) => {
    const mine = Date.now() + offMs
    const lease = await born('a', mine)
    within((await fromNow('a')).leaseMs, leaseMs)
    expect(await claim(mine)).toEqual([])
    expect(await store.run(() => takeOrWake('a', mine))).toBeUndefined()
    within((await fromNow('a')).dueMs, 0)
    await exec(store, 'update wake set lease_until = lease_until - 20000')
    await store.run(() => keep(lease, mine))
    within((await fromNow('a')).leaseMs, leaseMs)
    const dueMs = await store.run(() => giveBack(lease, mine + 60_000, mine))
    within(dueMs - mine, 0)
    expect(await claim(mine)).toMatchObject([{ subjectId: 'a', fence: 2 }])
  })

  it.each([-hour, 0, hour])('counts a due time from now, for a process whose clock is %d ms off', async (offMs) => {
    const mine = Date.now() + offMs
    await store.run(function* () {
      return yield* giveBack(yield* bornLeased({ id: 'a', kind: 'payment', lane: 'l' }, mine), mine + 60_000, mine)
    })
    within((await fromNow('a')).dueMs, 60_000)
    within((await next(mine)) - mine, 60_000)
    expect(await claim(mine)).toEqual([])
    await store.run(() => wakeAt('a', mine + 30_000, mine))
    within((await fromNow('a')).dueMs, 30_000)
    await exec(store, 'update wake set due_at = due_at - 30000')
    expect(await claim(mine)).toMatchObject([{ subjectId: 'a' }])
  })

  it('lets rest what rests', async () => {
    const lease = await born('a', 0)
    expect(await store.run(() => giveBack(lease, NEVER, 0))).toBe(NEVER)
    expect(await next(0)).toBe(NEVER)
  })
})

describe('two processes on one database', () => {
  it('a worker looks again after a second at most: what the other makes due is not signalled to it', async () => {
    const url = await migrated(server)
    const [mine, other] = [new Bench(postgresAt(url, 'injected')), new Bench(postgresAt(url, 'injected'))]
    const pauses: number[] = []
    const looks: (() => void)[] = []
    const clock: Clock = {
      now: () => mine.nowMs,
      after: (ms, look) => {
        pauses.push(ms)
        looks.push(look)
        return () => undefined
      },
    }
    const worker = new Worker(mine.engine, clock, silentLog, mine.store.isShared)
    worker.start()
    await worker.quiet()
    expect(pauses).toEqual([1_000])
    const { id, lease } = await other.stored()
    await other.store.run(() => giveBack(lease, other.nowMs, other.nowMs))
    mine.answers(done({ amountFen: 1_000 }))
    looks.shift()?.()
    await worker.quiet()
    await mine.engine.idle()
    expect(await other.state(id)).toBe('held')
    await worker.stop()
    await Promise.all([mine.end(), other.end()])
  })
})

describe('a connection', () => {
  let url: string
  let store: Store
  beforeEach(async () => {
    url = await server.database()
    await server.query(`create table thing (id text primary key, size bigint not null)`, url)
    await server.query(`insert into thing values ('x', 1), ('y', 1)`, url)
    store = at(url)
  })
  afterEach(() => store.close())

  const at = (url: string): Store =>
    postgresStore({
      url,
      poolSize: 2,
      log: silentLog,
      limits: { connectMs: 500, statementMs: 300, silenceMs: 600 },
    })
  const grow = statement('update thing set size = size + 1 where id = :id')
  function* growBoth(first: string, second: string): Unit<void> {
    yield* query(grow, { id: first })
    yield* query(grow, { id: second })
  }
  const sizes = async (): Promise<unknown[]> =>
    (await server.query('select size::text from thing order by id', url)).map((row) => row['size'])
  async function client(): Promise<pg.Client> {
    const one = new pg.Client(url)
    await one.connect()
    onTestFinished(() => one.end())
    return one
  }

  it('a deadlock costs a second run of the unit, and nothing else', async () => {
    // The unit waits first and looks for a deadlock once, after this; the other side never does, so that it is the unit that gives way.
    await server.query(`alter database ${nameOf(url)} set deadlock_timeout = '500ms'`)
    const patient = postgresAt(url)
    const other = await client()
    await other.query(`set deadlock_timeout = '1min'`)
    await other.query('begin')
    await other.query(`update thing set size = size + 10 where id = 'y'`)
    let runs = 0
    const unit = patient.run(function* () {
      runs++
      yield* growBoth('x', 'y')
    })
    await expect.poll(() => server.query('select 1 from pg_locks where not granted')).toHaveLength(1)
    await other.query(`update thing set size = size + 10 where id = 'x'`)
    await other.query('commit')
    await unit
    await patient.close()
    expect(runs).toBe(2)
    expect(await sizes()).toEqual(['12', '12'])
  })

  it('a row that somebody holds for too long is given up, and the connection serves on', async () => {
    const other = await client()
    await other.query('begin')
    await other.query(`update thing set size = 5 where id = 'y'`)
    await expect(store.run(() => growBoth('x', 'y'))).rejects.toThrow(/timeout/)
    await other.query('rollback')
    await store.run(() => growBoth('x', 'y'))
    expect(await sizes()).toEqual(['2', '2'])
  })

  it('that the server closes rejects its unit, and the next unit has another one', async () => {
    const killed = store.run(function* () {
      yield* query(grow, { id: 'x' })
      yield* query(statement('select pg_terminate_backend(pg_backend_pid())'), {})
    })
    await expect(killed).rejects.toThrow()
    await store.run(() => growBoth('x', 'y'))
    expect(await sizes()).toEqual(['2', '2'])
  })

  it('that is cut while it commits leaves the commit unknown: it is stored, and nobody was told', async () => {
    const cut = await cutting(url, 'commit\0')
    const unlucky = at(cut.url)
    await expect(unlucky.run(() => growBoth('x', 'y'))).rejects.toBeInstanceOf(UnknownCommit)
    await expect.poll(sizes).toEqual(['2', '2'])
    await unlucky.close()
  })

  it('whose server falls silent is given up', async () => {
    const cut = await cutting(url, 'update', 'silence')
    const unlucky = at(cut.url)
    await expect(unlucky.run(() => growBoth('x', 'y'))).rejects.toThrow(/timeout/)
    await unlucky.close()
  })

  it('is waited for, but not for ever', async () => {
    const other = await client()
    await other.query('begin')
    await other.query('lock table thing')
    const units = Array.from({ length: 5 }, () => store.run(() => growBoth('x', 'y')))
    const outcomes = await Promise.allSettled(units)
    expect(outcomes.map((one) => one.status)).toEqual(Array.from({ length: 5 }, () => 'rejected'))
    await other.query('rollback')
    await store.run(() => growBoth('x', 'y'))
  })

  it('does not give up durability where the server would', async () => {
    await server.query(`alter database ${nameOf(url)} set synchronous_commit = off`)
    expect(await rows(store, 'show synchronous_commit')).toEqual([{ synchronous_commit: 'on' }])
  })
})

const nameOf = (url: string): string => new URL(url).pathname.slice(1)

/** A way to the database that is cut, or falls silent, once `word` has passed on to the server. */
async function cutting(url: string, word: string, how: 'cut' | 'silence' = 'cut'): Promise<{ url: string }> {
  const { port } = new URL(url)
  const sockets = new Set<Socket>()
  const proxy = createServer((here) => {
    const there = connect(Number(port), '127.0.0.1')
    for (const socket of [here, there]) sockets.add(socket.on('error', () => undefined))
    there.pipe(here)
    here.on('data', (chunk: Buffer) => {
      there.write(chunk)
      if (!chunk.includes(word)) return
      there.unpipe(here)
      if (how === 'cut') here.destroy()
    })
    here.on('close', () => there.end())
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    proxy.close()
  })
  const address = proxy.address()
  if (typeof address !== 'object' || address === null) throw new Error('no address')
  const through = new URL(url)
  through.port = String(address.port)
  return { url: through.href }
}
