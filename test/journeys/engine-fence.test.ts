import { takeOrWake, type Lease } from '@paycare/bff/engine/index.ts'
import type { AskAnswer } from '@paycare/shared/rules'
import { afterEach, describe, expect, it } from 'vitest'
import { Bench, done, minute, notExecuted, notFound, refused, second, silence } from './engine-bench.ts'

let bench: Bench
afterEach(() => bench.end())

const nothing = (): Promise<void> => Promise.resolve()

/** What is about to be done to a payment. Prepared twice: once for the one that is worked on, once for a bystander just like it. */
const walks: Readonly<Record<string, (id: string, lease: Lease) => Promise<void>>> = {
  'a lock begins': nothing,
  'a payment that nobody wants ends': async (id) => bench.aim(id, 'gone'),
  'a missing answer is asked for': async (_, lease) => {
    bench.answers(silence)
    await bench.engine.work(lease)
  },
  'a call goes again': async (_, lease) => {
    bench.answers(notExecuted)
    await bench.engine.work(lease)
  },
  'what never left is dropped': async (id, lease) => {
    bench.answers(notExecuted)
    await bench.engine.work(lease)
    await bench.store.run(() => bench.engine.aim(id, 'gone', 'his'))
  },
  'a lock that the bank calls over is looked into': async (_, lease) => {
    bench.answers(done())
    await bench.engine.work(lease)
    await bench.engine.hint('a', 'credit', bench.calls.at(-1)?.mark.serial ?? '')
  },
  'what was taken and nobody wants any more goes back': async (id, lease) => {
    bench.answers(done(), silence)
    await bench.engine.work(lease)
    await bench.aim(id, 'paid')
    await bench.store.run(() => bench.engine.aim(id, 'gone', 'his'))
  },
}

/** Two payments alike, two seconds after what was done to them, and the lease of the first. */
async function prepared(walk: keyof typeof walks): Promise<{ id: string; lease: Lease; bystander: string }> {
  bench = new Bench()
  const ids: string[] = []
  for (let at = 0; at < 2; at++) {
    const { id, lease } = await bench.stored()
    await walks[walk]?.(id, lease)
    ids.push(id)
  }
  bench.nowMs += 2 * second
  const [id = '', bystander = ''] = ids
  await bench.exec('update wake set lease_until = 0')
  const lease = await bench.store.run(() => takeOrWake(id, bench.nowMs))
  if (!lease) throw new Error('nobody can work on it')
  bench.answers(walk.startsWith('what was taken') ? done() : done({ amountFen: 1_000, stands: 'held' }))
  return { id, lease, bystander }
}

const tables = ['payment', 'refund', 'attempt', 'journal', 'exchange']
async function stored(where = '1 = 1'): Promise<unknown[]> {
  const of = (table: string): string => `select * from ${table} where ${where.replaceAll('OWN', columns[table] ?? '')}`
  return Promise.all(tables.map(async (table) => bench.rows(of(table))))
}
const columns: Readonly<Record<string, string>> = {
  payment: 'id',
  refund: 'payment_id',
  attempt: 'subject_id',
  journal: 'subject_id',
  exchange: '(select subject_id from attempt where attempt.id = exchange.attempt_id)',
}

describe.each(Object.keys(walks))('while %s', (walk) => {
  it('whoever loses the lease before any of its commits writes nothing in it nor after it', async () => {
    for (let commit = 0; ; commit++) {
      const { lease } = await prepared(walk)
      let before: unknown[] | undefined
      for (let at = 0; at < commit; at++) bench.beforeCommits.push(nothing)
      bench.beforeCommits.push(async () => {
        await bench.exec('update wake set fence = fence + 1')
        before = await stored()
      })
      bench.warnings.length = 0
      await bench.engine.work(lease)
      if (before === undefined) break
      expect(await stored(), `commit ${commit}`).toEqual(before)
      expect(bench.warnings).toContain('lease lost')
      await bench.end()
    }
  })

  it.each([done({ amountFen: 1_000, stands: 'held' }), { is: 'accepted' }, notFound, notExecuted, refused] as const)(
    'nothing of another one changes, whatever is answered: %o',
    async (answer) => {
      const { lease, bystander } = await prepared(walk)
      bench.answers(answer)
      const before = await stored(`OWN = '${bystander}'`)
      await bench.engine.work(lease)
      expect(await stored(`OWN = '${bystander}'`)).toEqual(before)
    },
  )
})

describe('a commit that fails', () => {
  it('ends the work, which is done again when the lease runs out', async () => {
    bench = new Bench()
    bench.answers(done())
    const { id, lease } = await bench.stored()
    bench.beforeCommits.push(() => Promise.reject(new Error('disk')))
    await bench.engine.work(lease)
    expect(bench.calls).toEqual([])
    expect(bench.logged).toEqual([{ subjectId: id, error: 'Error: disk' }])
    await bench.pass(minute)
    expect(await bench.state(id)).toBe('held')
  })
})

describe('an attempt that is not as it was read any more', () => {
  const changes = {
    'sent again': `update attempt set sends = sends + 1, asks = asks + 1`,
    over: `update attempt set state = 'dropped', open = 0`,
  }

  it.each(Object.entries(changes))('because it is %s is neither sent nor asked about', async (_, change) => {
    for (const answer of [notExecuted, silence]) {
      bench = new Bench()
      bench.answers(answer)
      const id = await bench.payment()
      bench.nowMs += 2 * second
      const lease = await bench.store.run(() => takeOrWake(id, bench.nowMs))
      if (!lease) throw new Error('nobody can work on it')
      bench.beforeCommits.push(() => bench.exec(change))
      await bench.engine.work(lease)
      const [first, ...others] = bench.calls.map((call) => call.mark.serial)
      expect(others).not.toContain(first)
      await bench.store.close()
    }
    bench = new Bench()
  })

  it.each([
    ['send', silence],
    ['send', notExecuted],
    ['ask', done()],
    ['ask', notFound],
    ['ask', { is: 'accepted' }],
    ['ask', refused],
  ] as const)('because it is over is not changed by what a %s hears: %o', async (how, answer) => {
    bench = new Bench()
    const meanwhile = async (): Promise<AskAnswer> => {
      await bench.exec(changes.over)
      return answer
    }
    bench.answers(...(how === 'ask' ? [silence, meanwhile] : [meanwhile]))
    const id = await bench.payment()
    if (how === 'ask') await bench.pass(2 * second)
    expect(await bench.rows('select state, code, absent_at from attempt')).toEqual([
      { state: 'dropped', code: null, absent_at: null },
    ])
    expect(await bench.state(id)).toBe('opening')
    expect(bench.warnings).toEqual(['advance failed'])
    expect(bench.logged).toMatchObject([{ subjectId: id, error: expect.stringContaining('Conflict') }])
  })
})
