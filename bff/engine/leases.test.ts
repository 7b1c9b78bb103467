import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrateSqlite } from '../db/migrate.ts'
import { openSqlite, sqliteStore } from '../db/sqlite.ts'
import type { Store } from '../db/store.ts'
import { integer, query, statement, type Unit } from '../db/unit.ts'
import { leaseMs, NEVER } from './context.ts'
import { bornLeased, claimDue, giveBack, keep, LeaseLost, takeOrWake, wakeAt, wakeLane } from './leases.ts'
import type { Lease } from './subject.ts'

const nowMs = Date.UTC(2026, 10, 21, 2)
const dueOf = statement('select due_at, lease_until, fence from wake where subject_id = :id')

describe('wakes and leases', () => {
  let store: Store
  beforeEach(() => {
    const connection = openSqlite(':memory:')
    migrateSqlite(connection)
    store = sqliteStore(connection)
  })
  afterEach(() => store.close())

  const born = (id: string, lane = 'a:credit'): Promise<Lease> =>
    store.run(() => bornLeased({ id, kind: 'payment', lane }, nowMs))
  const run = <T>(unit: () => Unit<T>): Promise<T> => store.run(unit)
  const claim = async (atMs: number, perLane = 8, most = 40): Promise<readonly Lease[]> =>
    (await run(() => claimDue(atMs, () => perLane, most))).leases
  const next = async (): Promise<number> => (await run(() => claimDue(nowMs, () => 1, 0))).nextDueAtMs
  /** A subject whose work is due at `dueMs` and that nobody holds. */
  async function due(id: string, dueMs: number, lane?: string): Promise<void> {
    const lease = await born(id, lane)
    await run(() => giveBack(lease, dueMs, nowMs))
  }
  const ids = (leases: readonly Lease[]): string[] => leases.map((lease) => lease.subjectId)

  it('a new subject belongs to whoever opened it, and to nobody else until the lease ends', async () => {
    await born('a')
    expect(await claim(nowMs + leaseMs - 1)).toEqual([])
    expect(await next()).toBe(nowMs + leaseMs)
    expect(await claim(nowMs + leaseMs)).toEqual([{ subjectId: 'a', kind: 'payment', lane: 'a:credit', fence: 2 }])
  })

  it('work is handed out when it is due, not earlier', async () => {
    await due('a', nowMs + 1_000)
    expect(await claim(nowMs + 999)).toEqual([])
    expect(ids(await claim(nowMs + 1_000))).toEqual(['a'])
  })

  it('a subject at rest is never due', async () => {
    await due('a', NEVER)
    expect(await claim(nowMs + 365 * 86_400_000)).toEqual([])
    expect(await next()).toBe(NEVER)
  })

  it('whoever wakes a leased subject is heard when the lease is given back', async () => {
    const lease = await born('a')
    expect(await run(() => takeOrWake('a', nowMs + 5))).toBeUndefined()
    expect(await run(() => giveBack(lease, NEVER, nowMs))).toBe(nowMs + 5)
    expect(ids(await claim(nowMs + 5))).toEqual(['a'])
  })

  it('waking later than what is planned changes nothing, and the earliest of several wakes wins', async () => {
    const lease = await born('a')
    await run(() => takeOrWake('a', nowMs + 9))
    await run(() => takeOrWake('a', nowMs + 3))
    await run(() => takeOrWake('a', nowMs + 7))
    expect(await run(() => giveBack(lease, nowMs + 60_000, nowMs))).toBe(nowMs + 3)
  })

  it('a free subject is taken at once, with a higher fence', async () => {
    await due('a', NEVER)
    const taken = { subjectId: 'a', kind: 'payment', lane: 'a:credit', fence: 2 }
    expect(await run(() => takeOrWake('a', nowMs))).toEqual(taken)
    expect(await run(() => takeOrWake('a', nowMs))).toBeUndefined()
  })

  it('whoever lost the lease can neither keep it nor give it back', async () => {
    const old = await born('a')
    const [taken] = await claim(nowMs + leaseMs)
    await expect(run(() => keep(old, nowMs))).rejects.toBeInstanceOf(LeaseLost)
    await expect(run(() => giveBack(old, nowMs, nowMs))).rejects.toBeInstanceOf(LeaseLost)
    const [row] = await store.read(() => query(dueOf, { id: 'a' }))
    expect(row).toEqual({ due_at: NEVER, lease_until: nowMs + 2 * leaseMs, fence: taken?.fence })
  })

  it('a lease that was given back is over for its holder too', async () => {
    const lease = await born('a')
    await run(() => giveBack(lease, nowMs, nowMs))
    await expect(run(() => keep(lease, nowMs))).rejects.toBeInstanceOf(LeaseLost)
    await expect(run(() => giveBack(lease, nowMs, nowMs))).rejects.toBeInstanceOf(LeaseLost)
  })

  it('keeping a lease moves its end', async () => {
    const lease = await born('a')
    await run(() => keep(lease, nowMs + 20_000))
    expect(await claim(nowMs + leaseMs)).toEqual([])
    expect(ids(await claim(nowMs + 20_000 + leaseMs))).toEqual(['a'])
  })

  it('two claims never hand out the same subject', async () => {
    for (let index = 0; index < 20; index++) await due(`s${index}`, nowMs, `lane${index % 3}`)
    const claims = await Promise.all([claim(nowMs, 4), claim(nowMs, 4), claim(nowMs, 4)])
    const handedOut = claims.flatMap(ids)
    expect(handedOut).toHaveLength(20)
    expect(new Set(handedOut).size).toBe(20)
  })

  it('one slow counterparty does not fill the claim', async () => {
    for (let index = 0; index < 30; index++) await due(`slow${index}`, nowMs, 'a:slow')
    await due('fast', nowMs + 100, 'a:fast')
    const claimed = ids(await claim(nowMs + 100, 8))
    expect(claimed.filter((id) => id.startsWith('slow'))).toHaveLength(8)
    expect(claimed).toContain('fast')
  })

  it('the oldest work of a lane comes first, and never more than asked for', async () => {
    for (let index = 0; index < 9; index++) await due(`s${index}`, nowMs - index, `lane${index}`)
    expect(ids(await claim(nowMs, 8, 4)).sort()).toEqual(['s5', 's6', 's7', 's8'])
    for (let index = 0; index < 3; index++) await due(`t${index}`, nowMs - 100 - index, 'one')
    expect(ids(await claim(nowMs, 1, 1))).toEqual(['t2'])
  })

  it('a lane that answers again is looked at now: who waits there for less than that, and nobody else', async () => {
    await due('soon', nowMs + 1_000)
    await due('just', nowMs + 30_000)
    await due('later', nowMs + 30_001)
    await due('other', nowMs + 1_000, 'b:credit')
    await due('due', nowMs - 5)
    await born('leased')
    await run(() => wakeLane('a:credit', nowMs, 30_000))
    const rows = await store.read(() => query(statement('select subject_id, due_at, lease_until from wake'), {}))
    expect(Object.fromEntries(rows.map((row) => [row['subject_id'], row['due_at']]))).toEqual({
      soon: nowMs,
      just: nowMs,
      later: nowMs + 30_001,
      other: nowMs + 1_000,
      due: nowMs - 5,
      leased: NEVER,
    })
    expect(ids(await claim(nowMs)).sort()).toEqual(['due', 'just', 'soon'])
  })

  it('a lane that answers again wakes five hundred at once, those that waited longest', async () => {
    const many = `insert into wake (subject_id, subject_kind, lane, due_at, lease_until, fence)
      with recursive n (at) as (select 1 union all select at + 1 from n where at < 503)
      select 's' || at, 'payment', :lane, :nowMs + 504 - at, 0, 1 from n`
    await run(() => query(statement(many), { nowMs, lane: 'a:credit' }))
    await run(() => wakeLane('a:credit', nowMs, 30_000))
    const waiting = 'select subject_id from wake where due_at > :nowMs order by subject_id'
    const rows = await store.read(() => query(statement(waiting), { nowMs }))
    expect(rows.map((row) => row['subject_id'])).toEqual(['s1', 's2', 's3'])
  })

  it('a claim says when to look next: the earliest wake of a lane that has a place left', async () => {
    await due('a1', nowMs + 7)
    await due('a2', nowMs + 3)
    await due('b1', nowMs + 5, 'b:credit')
    const look = (places: (lane: string) => number, atMs = nowMs) => run(() => claimDue(atMs, places, 40))
    expect((await look(() => 1)).nextDueAtMs).toBe(nowMs + 3)
    expect((await look((lane) => (lane === 'a:credit' ? 0 : 1))).nextDueAtMs).toBe(nowMs + 5)
    expect((await look(() => 0)).nextDueAtMs).toBe(NEVER)
    const full = await look(() => 1, nowMs + 4)
    expect([ids(full.leases), full.nextDueAtMs]).toEqual([['a2'], nowMs + 5])
    const rest = await look(() => 2, nowMs + 6)
    expect([ids(rest.leases), rest.nextDueAtMs]).toEqual([['b1'], nowMs + 7])
  })

  it('leases come in the order of their subjects, from every lane, and never more than asked for', async () => {
    for (let at = 0; at < 20; at++) await due(`s${String((at * 7) % 20).padStart(2, '0')}`, nowMs - at, `lane${at}`)
    const some = ids(await claim(nowMs, 8, 17))
    expect(some).toHaveLength(17)
    expect(some).toEqual([...some].sort())
    expect(ids(await claim(nowMs, 8, 17))).toHaveLength(3)
  })

  it('keeping or giving back one lease leaves another one with the same fence alone, and one that ended is free', async () => {
    const lease = await born('a')
    await born('b')
    await run(() => keep(lease, nowMs + 5))
    await run(() => giveBack(lease, nowMs + 20, nowMs + 5))
    const [other] = await store.read(() => query(dueOf, { id: 'b' }))
    expect(other).toEqual({ due_at: NEVER, lease_until: nowMs + leaseMs, fence: 1 })
    expect(await run(() => takeOrWake('b', nowMs + leaseMs))).toMatchObject({ fence: 2 })
  })

  it('waking a free subject for later leaves the others as they are', async () => {
    await due('a', nowMs + 10)
    await due('b', nowMs + 10)
    const lease = await born('c')
    await run(() => wakeAt('a', nowMs + 5, nowMs))
    await run(() => keep(lease, nowMs + 1))
    await run(() => giveBack(lease, nowMs + 20, nowMs + 1))
    const rows = await store.read(() =>
      query(statement('select due_at, lease_until from wake order by subject_id'), {}),
    )
    const at = (ms: number) => ({ due_at: nowMs + ms, lease_until: 0 })
    expect(rows).toEqual([at(5), at(10), at(20)])
  })

  it('a subject that is taken is due again only when its holder says so', async () => {
    await due('a', nowMs + 10)
    const taken = await run(() => takeOrWake('a', nowMs))
    if (!taken) throw new Error('it is free')
    expect(await run(() => giveBack(taken, nowMs + 99, nowMs))).toBe(nowMs + 99)
  })

  it('whatever happens in whatever order, a fence only grows and nobody works beside a valid holder', async () => {
    const act = fc.constantFrom('claim' as const, 'take' as const, 'give' as const, 'keep' as const)
    const acts = fc.array(fc.tuple(act, fc.integer({ min: 0, max: 40_000 })), { maxLength: 25 })
    let subjects = 0
    const property = fc.asyncProperty(acts, async (steps) => {
      const id = `p${subjects++}`
      let held: Lease = await born(id)
      let untilMs = nowMs + leaseMs
      let free = false
      let atMs = nowMs
      for (const [what, passMs] of steps) {
        atMs += passMs
        if (what === 'claim' || what === 'take') {
          const taken =
            what === 'take'
              ? await run(() => takeOrWake(id, atMs))
              : (await claim(atMs, 1_000, 1_000)).find((lease) => lease.subjectId === id)
          if (!taken) continue
          expect(free || untilMs <= atMs).toBe(true)
          expect(taken.fence).toBeGreaterThan(held.fence)
          held = taken
          untilMs = atMs + leaseMs
          free = false
        } else if (!free) {
          if (what === 'keep') await run(() => keep(held, atMs))
          else await run(() => giveBack(held, atMs, atMs))
          untilMs = atMs + leaseMs
          free = what === 'give'
        }
      }
      const [row] = await store.read(() => query(dueOf, { id }))
      expect(row && integer(row, 'fence')).toBe(held.fence)
    })
    await fc.assert(property, { numRuns: 60 })
  })
})
