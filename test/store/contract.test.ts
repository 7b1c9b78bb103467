import { readerOf } from '@paycare/bff/db/reader.ts'
import { Conflict, ConstraintViolation, type Store } from '@paycare/bff/db/store.ts'
import { integer, query, statement, type Bindable, type Unit } from '@paycare/bff/db/unit.ts'
import { journalOf } from '@paycare/bff/engine/index.ts'
import { move } from '@paycare/bff/engine/journal.ts'
import { attempt, bill, payment } from '@paycare/bff/engine/schema.ts'
import { count, desc, eq, inArray, sql, sum } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { bornLeased, claimDue, giveBack, keep, LeaseLost, takeOrWake } from '@paycare/bff/engine/leases.ts'
import { leaseMs, NEVER } from '@paycare/bff/engine/context.ts'
import type { Lease } from '@paycare/bff/engine/subject.ts'
import { Bench, done, minute, morningMs, notFound, second, silence } from '../journeys/engine-bench.ts'
import { PostgresServer } from './postgres-server.ts'
import { exec, kinds, rows } from './stores.ts'

let server: PostgresServer
beforeAll(async () => {
  server = await PostgresServer.start()
})
afterAll(() => server.stop())

const insert = statement('insert into thing (id, size, note) values (:id, :size, :note)')

function* add(id: Bindable, size: Bindable, note: Bindable = null): Unit<void> {
  yield* query(insert, { id, size, note })
}

describe.each(kinds)('a unit of work on $name', ({ open }) => {
  let store: Store
  beforeAll(async () => {
    store = await open(server)
    const thing = 'create table thing (id text primary key, size bigint not null check (size > 0), note text unique)'
    await exec(store, thing)
    await exec(store, 'create table part (thing_id text not null references thing (id))')
  })
  beforeEach(() => exec(store, 'delete from thing'))
  afterAll(() => store.close())

  const stored = async (): Promise<number> => {
    const [row] = await rows(store, 'select count(*) as n from thing')
    return row ? integer(row, 'n') : -1
  }
  const refused = async (unit: () => Unit<unknown>): Promise<unknown> =>
    store.run(unit).then(
      () => 'committed',
      (error: unknown) => (error instanceof ConstraintViolation ? error.kind : error),
    )

  it('commits as a whole and answers what it returns', async () => {
    const answer = await store.run(function* () {
      yield* add('a', 1)
      yield* add('b', 2)
      return 'done'
    })
    expect(answer).toBe('done')
    expect(await stored()).toBe(2)
  })

  it('sees what it has written itself', async () => {
    const seen = await store.run(function* () {
      yield* add('a', 1)
      return yield* query(statement('select size from thing where id = :id'), { id: 'a' })
    })
    expect(seen).toEqual([{ size: 1 }])
  })

  it('leaves nothing when it throws late', async () => {
    const failing = store.run(function* () {
      yield* add('a', 1)
      yield* add('b', 1)
      throw new Error('on purpose')
    })
    await expect(failing).rejects.toThrow('on purpose')
    expect(await stored()).toBe(0)
  })

  it('leaves nothing when a statement is refused late, and its neighbours are untouched', async () => {
    const [before, failing, after] = await Promise.all([
      refused(() => add('before', 1)),
      refused(function* () {
        yield* add('a', 1)
        yield* add('b', 0)
      }),
      refused(() => add('after', 1)),
    ])
    expect([before, failing, after]).toEqual(['committed', 'check', 'committed'])
    expect(await rows(store, 'select id from thing order by id')).toEqual([{ id: 'after' }, { id: 'before' }])
  })

  it('is over after a refused statement: nothing behind it runs, caught or not', async () => {
    await store.run(() => add('a', 1))
    const ran: string[] = []
    const stubborn = refused(function* () {
      try {
        yield* add('b', 1)
        yield* add('a', 1)
      } catch {
        ran.push('catch')
        yield* add('c', 1)
      } finally {
        ran.push('finally')
        yield* add('d', 1)
      }
    })
    expect(await stubborn).toBe('unique')
    expect(ran).toEqual([])
    expect(await stored()).toBe(1)
  })

  it('runs its own finally when it throws by itself', async () => {
    const ran: string[] = []
    const failing = store.run(function* () {
      try {
        yield* add('a', 1)
        throw new Error('on purpose')
      } finally {
        yield* add('b', 1)
        ran.push('finally')
      }
    })
    await expect(failing).rejects.toThrow('on purpose')
    expect(ran).toEqual(['finally'])
    expect(await stored()).toBe(0)
  })

  it('that looks before it inserts sees what another one inserted at the same moment', async () => {
    const look = statement('select size from thing where id = :id')
    const put = (size: number) =>
      store.run(function* () {
        const [found] = yield* query(look, { id: 'a' })
        if (found) return integer(found, 'size')
        yield* add('a', size)
        return size
      })
    const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => put(at + 1)))
    const [row] = await rows(store, 'select size from thing')
    expect(new Set(answers)).toEqual(new Set([row && integer(row, 'size')]))
  })

  it('tells what kind of rule refused it', async () => {
    await store.run(() => add('a', 1, 'n'))
    expect(await refused(() => add('a', 1))).toBe('unique')
    expect(await refused(() => add('b', 1, 'n'))).toBe('unique')
    expect(await refused(() => add('b', -1))).toBe('check')
    expect(await refused(() => add('b', null))).toBe('other')
    expect(await refused(() => query(statement('insert into part (thing_id) values (:id)'), { id: 'x' }))).toBe('other')
    expect(await stored()).toBe(1)
  })

  it('refuses a missing argument instead of storing nothing in its place', async () => {
    const forgetful = store.run(() => query(insert, { id: 'a', size: 1 }))
    await expect(forgetful).rejects.toThrow('statement argument missing: note')
    expect(await stored()).toBe(0)
  })

  it.each([0.5, Number.NaN, Number.MAX_SAFE_INTEGER + 1])('refuses %d, which is no integer', async (size) => {
    await expect(store.run(() => add('a', size))).rejects.toThrow('not an integer: size')
    expect(await stored()).toBe(0)
  })

  it('refuses text that only one of the databases could keep', async () => {
    await expect(store.run(() => add('a\0', 1))).rejects.toThrow('text with a NUL: id')
  })

  it('keeps a number in a column of text as its digits', async () => {
    await store.run(() => add('a', 1, 42))
    await store.run(() => add(7, 1))
    expect(await rows(store, 'select id, note from thing order by id')).toEqual([
      { id: '7', note: null },
      { id: 'a', note: '42' },
    ])
  })

  it('answers no rows for a statement that returns none', async () => {
    const answers = await store.run(function* () {
      const inserted = yield* query(insert, { id: 'a', size: 1, note: null })
      const updated = yield* query(statement('update thing set size = 2 where id = :id'), { id: 'nobody' })
      return [inserted, updated]
    })
    expect(answers).toEqual([[], []])
  })

  it('counts and sums to numbers, above 31 bits too', async () => {
    await store.run(() => add('a', 2_147_483_648))
    await store.run(() => add('b', 2_147_483_647))
    const totals = 'select sum(size) as total, count(*) as n, max(size) as most, sum(size) > 5 as isMuch from thing'
    const [row] = await rows(store, totals.replace('isMuch', 'is_much'))
    expect(row).toEqual({ total: 4_294_967_295, n: 2, most: 2_147_483_648, is_much: 1 })
    expect(await rows(store, `select sum(size) as total from thing where id = 'nobody'`)).toEqual([{ total: null }])
  })

  it('keeps large integers exact, and refuses a sum that is not', async () => {
    await store.run(() => add('a', Number.MAX_SAFE_INTEGER))
    expect(await rows(store, 'select size from thing')).toEqual([{ size: Number.MAX_SAFE_INTEGER }])
    await store.run(() => add('b', Number.MAX_SAFE_INTEGER))
    const total = store.read(function* () {
      const [row] = yield* query(statement('select sum(size) as total from thing'), {})
      return row && integer(row, 'total')
    })
    await expect(total).rejects.toBeInstanceOf(TypeError)
  })

  it('orders text byte by byte', async () => {
    for (const id of ['b', 'B', '_', 'a', '1', '王', 'é']) await store.run(() => add(id, 1))
    const ordered = (await rows(store, 'select id from thing order by id')).map((row) => row['id'])
    expect(ordered).toEqual(['1', 'B', '_', 'a', 'b', 'é', '王'])
  })

  it('cannot write while it only reads', async () => {
    await expect(store.read(() => add('a', 1))).rejects.toThrow()
    expect(await stored()).toBe(0)
  })

  it('reads one state of the database, whatever is committed between two statements', async () => {
    await store.run(() => add('a', 1))
    let meanwhile: Promise<void> | undefined
    const seen = await store.read(function* () {
      const first = yield* query(statement('select count(*) as n from thing'), {})
      meanwhile = Promise.resolve().then(() => store.run(() => add('b', 1)))
      for (let turn = 0; turn < 50; turn++) yield* query(statement('select count(*) as n from thing'), {})
      return [...first, ...(yield* query(statement('select count(*) as n from thing'), {}))]
    })
    await meanwhile
    expect(seen).toEqual([{ n: 1 }, { n: 1 }])
    expect(await stored()).toBe(2)
  })
})

describe.each(kinds)('typed reads on $name', ({ open }) => {
  it('answer numbers, text and sums through the one schema', async () => {
    const store = await open(server)
    const values = { id: 'b1', institution: 'a', title: `what's "this"?`, amountFen: 3_000_000_000 }
    for (const id of ['b1', 'b2'])
      await exec(
        store,
        `insert into bill (id, institution, kind, his_no, rev, title, amount_fen, lines_json, body_hash, created_at)
         values (:id, :institution, 'order', :id, 0, :title, :amountFen, '[]', 'h', 0)`,
        { ...values, id },
      )
    const reader = readerOf(store)
    expect(await reader.select().from(bill).where(eq(bill.id, 'b1'))).toMatchObject([{ ...values, visitId: null }])
    const totals = { n: count(), totalFen: sum(bill.amountFen).mapWith(Number), mark: sql<string>`'?'` }
    const page = reader
      .select(totals)
      .from(bill)
      .where(inArray(bill.id, ['b1', 'b2', '?']))
      .limit(5)
    expect(await page).toEqual([{ n: 2, totalFen: 6_000_000_000, mark: '?' }])
    expect(await reader.select().from(bill).where(eq(bill.id, 'nobody'))).toEqual([])
    await store.close()
  })

  it('answer the columns of bills, payments and attempts by their names in the code', async () => {
    const bench = new Bench(await open(server))
    bench.answers(done({ amountFen: 1_000, expiresAtMs: morningMs + minute }), silence)
    const id = await bench.payment('paid')
    const reader = readerOf(bench.store)
    const { billId, personId } = await bench.subject(id)
    const credit = { id, institution: 'a', billId, channel: 'credit', kind: 'hold', personId, role: 'own', live: 1 }
    const money = { amountFen: 1_000, captureFen: 1_000, paidFen: 0, refundingFen: 0, refundedFen: 0 }
    const none = { acctDate: null, repayBy: null, reasonCode: null }
    const times = { openedAt: morningMs, expiresAt: morningMs + minute }
    expect(await reader.select().from(payment)).toEqual([
      { ...credit, ...money, ...none, ...times, state: 'held', goal: 'paid' },
    ])
    const about = { kind: 'order', title: 't', amountFen: 1_000, linesJson: '[]', bodyHash: 'h', createdAt: 0 }
    expect(await reader.select().from(bill)).toEqual([
      { ...about, id: billId, institution: 'a', hisNo: billId, rev: 0, visitId: null },
    ])
    const calls = bench.calls.map(({ step, mark }) => ({ subjectId: id, step, serial: mark.serial }))
    const stored = await reader.select().from(attempt).orderBy(desc(attempt.step))
    const ids = stored.map((one) => one.id)
    expect(stored).toEqual([
      { ...calls[0], id: ids[0], state: 'succeeded', open: 0, doubt: 0, createdAt: morningMs },
      { ...calls[1], id: ids[1], state: 'sent', open: 1, doubt: 1, createdAt: morningMs },
    ])
    expect(ids.every((one) => one.startsWith('att_'))).toBe(true)
    await bench.end()
  })
})

describe.each(kinds)('writers of one subject on $name', ({ open }) => {
  let bench: Bench
  beforeEach(async () => {
    bench = new Bench(await open(server))
  })
  afterEach(() => bench.end())

  it('exactly one of twenty wins, the others are told that it changed', async () => {
    const { id } = await bench.stored()
    const subject = await bench.subject(id)
    const entry = { event: 'test', by: 'test', atMs: 1 }
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        bench.store
          .run(() => move({}, subject, { captureFen: at + 1 }, entry))
          .then(
            () => 'won',
            (error: unknown) => (error instanceof Conflict ? 'changed' : error),
          ),
      ),
    )
    expect(outcomes.filter((one) => one === 'won')).toHaveLength(1)
    expect(outcomes.filter((one) => one === 'changed')).toHaveLength(19)
    expect((await bench.subject(id)).captureFen).toBe(outcomes.indexOf('won') + 1)
    expect(await bench.store.read(() => journalOf(id))).toHaveLength(2)
  })
})

describe.each(kinds)('wakes on $name', ({ open }) => {
  const nowMs = morningMs
  let store: Store
  beforeEach(async () => {
    store = await open(server)
  })
  afterEach(() => store.close())

  async function due(id: string, dueMs: number, lane: string): Promise<void> {
    const lease = await store.run(() => bornLeased({ id, kind: 'payment', lane }, nowMs))
    await store.run(() => giveBack(lease, dueMs, nowMs))
  }
  const claim = async (atMs: number, most = 40): Promise<readonly Lease[]> =>
    (await store.run(() => claimDue(atMs, () => 8, most))).leases
  const ids = (leases: readonly Lease[]): string[] => leases.map((lease) => lease.subjectId).sort()

  it('eight claimers at once take each due wake once, and together all of them', async () => {
    const wanted = Array.from({ length: 40 }, (_, at) => `s${String(at).padStart(2, '0')}`)
    for (const [at, id] of wanted.entries()) await due(id, nowMs - (at % 3), `lane${at % 8}`)
    const taken = (await Promise.all(Array.from({ length: 8 }, () => claim(nowMs, 10)))).flat()
    expect(new Set(ids(taken)).size).toBe(taken.length)
    expect(taken.length).toBeGreaterThanOrEqual(10)
    const rest: Lease[] = []
    for (let more = await claim(nowMs); more.length > 0; more = await claim(nowMs)) rest.push(...more)
    expect(ids([...taken, ...rest])).toEqual(wanted)
  })

  it('a claimer passes over what another one holds, and is not held up by it', async () => {
    for (let at = 0; at < 4; at++) await due(`s${at}`, nowMs, 'lane')
    const [first, second] = await Promise.all([claim(nowMs, 2), claim(nowMs, 2)])
    const both = ids([...first, ...second])
    expect(new Set(both).size).toBe(both.length)
    expect(ids([...first, ...second, ...(await claim(nowMs))])).toEqual(['s0', 's1', 's2', 's3'])
  })

  it('a lease ends exactly at its end', async () => {
    await due('a', nowMs, 'lane')
    expect(ids(await claim(nowMs))).toEqual(['a'])
    expect(await claim(nowMs + leaseMs - 1)).toEqual([])
    expect(await store.run(() => takeOrWake('a', nowMs + leaseMs - 1))).toBeUndefined()
    expect(await claim(nowMs + leaseMs)).toEqual([{ subjectId: 'a', kind: 'payment', lane: 'lane', fence: 3 }])
  })

  it('whoever lost a lease may write nothing any more', async () => {
    await due('a', nowMs, 'lane')
    const [old] = await claim(nowMs)
    const [taken] = await claim(nowMs + leaseMs)
    if (!old || !taken) throw new Error('nothing was claimed')
    for (const write of [() => keep(old, nowMs), () => giveBack(old, NEVER, nowMs)]) {
      await expect(store.run<unknown>(write)).rejects.toBeInstanceOf(LeaseLost)
    }
    await store.run(() => keep(taken, nowMs + leaseMs))
    expect(await store.run(() => giveBack(taken, NEVER, nowMs + leaseMs))).toBe(NEVER)
  })
})

describe('the engine', () => {
  /** What a walk left behind, without what is random or sealed. */
  async function walked(bench: Bench, walk: (bench: Bench) => Promise<string>) {
    const id = await walk(bench)
    const { state, goal, paidFen, captureFen, expiresAtMs, refusals, version } = await bench.subject(id)
    const left = {
      subject: { state, goal, paidFen, captureFen, expiresAtMs, refusals, version },
      told: bench.told(),
      journal: await bench.store.read(() => journalOf(id)),
      attempts: await bench.rows('select step, state, open, doubt, sends, asks from attempt order by created_at, step'),
      exchanges: await bench.rows(
        'select interface, outcome, code, sent_at, answered_at from exchange order by sent_at, interface',
      ),
      wakes: await bench.rows('select lane, due_at, lease_until from wake'),
      items: await bench.items(),
    }
    await bench.end()
    return left
  }

  const walks: readonly { name: string; ends: string; walk: (bench: Bench) => Promise<string> }[] = [
    {
      name: 'open, lock, confirm less than was locked',
      ends: 'paid',
      walk: async (bench) => {
        bench.answers(done({ amountFen: 5_000_000_000, expiresAtMs: morningMs + 60 * minute }), done({ amountFen: 8 }))
        const id = await bench.payment('hold', 5_000_000_000)
        await bench.aim(id, 'paid', 8)
        return id
      },
    },
    {
      name: 'a lock in doubt that was never executed goes again, and is cancelled',
      ends: 'released',
      walk: async (bench) => {
        bench.answers(silence, notFound, notFound, notFound, notFound, done(), done())
        const id = await bench.payment()
        await bench.pass(2 * minute)
        await bench.aim(id, 'gone')
        await bench.pass(30 * second)
        return id
      },
    },
    {
      name: 'a crash after the lock left: the lease ends, and the question finds it',
      ends: 'held',
      walk: async (bench) => {
        bench.answers(() => new Promise(() => undefined), done({ amountFen: 1_000, stands: 'held' }))
        const { id, lease } = await bench.stored()
        const lost = bench.engine
        void lost.work(lease)
        await expect.poll(() => bench.told()).toEqual(['send lock'])
        bench.restart()
        await bench.pass(minute)
        return id
      },
    },
    {
      name: 'a copy: a lock that it forgot is gone on with, one that it remembers is asked about',
      ends: 'paid',
      walk: async (bench) => {
        bench.answers(done())
        await bench.payment()
        const bill = { institution: 'a', billKind: 'order', hisNo: 'bill_1', rev: 0, amountFen: 1_000 }
        const call = { channel: 'credit', kind: 'hold', step: 'lock', serial: 'L1', tradeDate: '20261121' }
        const paid = done({ stands: 'paid', amountFen: 900 })
        bench.answers(paid, done({ stands: 'released' }), paid)
        const forgotten = { ...bill, ...call, atMs: morningMs, firstSentAtMs: morningMs }
        bench.nowMs += minute
        const restored = await bench.engine.restore([forgotten, { ...forgotten, atMs: morningMs + 1 }])
        expect(restored).toEqual({ lostCalls: 1, listed: 1, asked: 1, unanswered: 0 })
        expect(await bench.engine.forgotten([forgotten])).toBe(0)
        return bench.payment()
      },
    },
  ]

  it.each(walks)('ends the same on every store: $name', async ({ walk, ends }) => {
    const [first, ...others] = await Promise.all(
      kinds.map(async ({ open }) => walked(new Bench(await open(server)), walk)),
    )
    expect(first?.subject.state).toBe(ends)
    for (const other of others) expect(other).toEqual(first)
  })
})
