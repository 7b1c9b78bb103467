import { jitterOf, type DayCut } from '@paycare/shared/rules'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Bench, done, minute, morningMs, second, silence, sqliteIn } from './engine-bench.ts'

const hour = 60 * minute
const midnightMs = morningMs + 14 * hour
const dayCut: DayCut = {
  guardMs: 2 * minute,
  raiseMs: 15 * minute,
  sweepMs: 2 * hour,
  spreadMs: 45 * minute,
  lastPassMs: 45 * minute,
  youngMs: 5 * minute,
}

let bench: Bench
beforeEach(() => {
  bench = new Bench(sqliteIn(':memory:'), { dayCut })
})
afterEach(() => bench.end())

const expiresAt = async (id: string): Promise<number | null> => (await bench.subject(id)).expiresAtMs

describe('the end of a lock', () => {
  it('is 24:00 of the counterparty’s day before the first byte leaves, then what the counterparty tells', async () => {
    bench.answers(done({ amountFen: 1_000, expiresAtMs: morningMs + hour }))
    expect(await expiresAt(await bench.payment())).toBe(morningMs + hour)
    bench.answers(done({ amountFen: 1_000 }), silence)
    expect(await expiresAt(await bench.payment())).toBe(midnightMs)
    expect(await expiresAt(await bench.payment())).toBe(midnightMs)
  })

  it('is on the counterparty’s clock: its day may have begun already', async () => {
    bench.nowMs = midnightMs - 10 * second
    bench.clock.offsetMs = 15 * second
    bench.answers(done({ amountFen: 1_000 }))
    const id = await bench.payment()
    expect(await expiresAt(id)).toBe(midnightMs + 24 * hour)
    bench.answers(done({ amountFen: 1_000 }))
    await bench.aim(id, 'paid')
    expect(await bench.state(id)).toBe('paid')
  })

  it('that the counterparty does not keep is asked about ever more slowly, and a person is told', async () => {
    bench.answers(done({ amountFen: 1_000 }))
    const id = await bench.payment()
    bench.answers(...Array.from({ length: 99 }, () => done({ stands: 'held' })))
    await bench.pass(midnightMs - bench.nowMs + hour)
    const asks = bench.calls.filter((call) => call.how === 'ask')
    expect(asks[0]?.atMs).toBe(midnightMs)
    expect(asks.length).toBeGreaterThan(3)
    expect(asks.length).toBeLessThan(12)
    expect(await bench.items()).toEqual(['refusedAgain'])
    bench.answers(done({ stands: 'expired' }))
    await bench.pass(2 * hour)
    expect(await bench.state(id)).toBe('expired')
  })

  it('is over on the counterparty’s clock, which is ahead of ours, and asked about again when it says otherwise', async () => {
    bench.clock.offsetMs = 15 * second
    bench.answers(done({ amountFen: 1_000 }))
    const id = await bench.payment()
    bench.answers(done({ stands: 'held' }))
    await bench.pass(midnightMs - 15 * second - bench.nowMs)
    expect(bench.told()).toEqual(['send lock', 'ask lock'])
    expect(await bench.subject(id)).toMatchObject({ refusals: 1, notBeforeMs: bench.nowMs + 30 * second })
  })

  it('is asked about at its end on the counterparty’s clock, which is behind ours', async () => {
    bench.clock.offsetMs = -15 * second
    bench.answers(done({ amountFen: 1_000 }))
    const id = await bench.payment()
    bench.answers(done({ stands: 'held', expiresAtMs: midnightMs + 24 * hour }))
    await bench.pass(midnightMs + 14 * second - bench.nowMs)
    expect(bench.told()).toEqual(['send lock'])
    await bench.pass(second)
    expect(bench.told()).toEqual(['send lock', 'ask lock'])
    expect(await bench.subject(id)).toMatchObject({ state: 'held', recheck: false, refusals: 0 })
    expect(await expiresAt(id)).toBe(midnightMs + 24 * hour)
  })

  it('moves when the lock reached the counterparty only on its next day', async () => {
    bench.nowMs = midnightMs - second
    bench.answers(silence, done({ stands: 'held', amountFen: 1_000, expiresAtMs: midnightMs + 24 * hour }), done())
    const id = await bench.payment('paid')
    await bench.pass(minute)
    expect(await bench.state(id)).toBe('paid')
    expect(bench.told()).toEqual(['send lock', 'ask lock', 'send confirm'])
  })
})

describe('a hold that nobody has ended by the evening', () => {
  const jitterMs = jitterOf('v', dayCut.spreadMs)
  const sweepMs = midnightMs - 2 * hour + jitterMs
  const lastPassMs = midnightMs - 45 * minute + Math.floor(jitterMs / 3)
  const raiseMs = midnightMs - 15 * minute
  async function held(): Promise<string> {
    bench.answers(done({ amountFen: 1_000 }))
    const { id, lease } = await bench.stored('hold', 1_000, { sweptWith: 'v' })
    await bench.engine.settleSoon([lease])
    return id
  }

  it('is asked about when its time comes, and again when whoever was asked says so', async () => {
    const id = await held()
    const asked: unknown[] = []
    bench.engine.consultBy(async (s, isLastPass, untilMs, lease) => {
      asked.push([s.id, lease.subjectId, isLastPass, bench.nowMs, untilMs])
      return bench.nowMs + 30 * minute
    })
    await bench.pass(midnightMs - bench.nowMs - 1)
    expect(asked).toEqual([
      [id, id, false, sweepMs, lastPassMs],
      [id, id, false, sweepMs + 30 * minute, lastPassMs],
      [id, id, true, lastPassMs, raiseMs],
    ])
    expect(await bench.items()).toEqual(['sweepUnanswered'])
    expect(bench.told()).toEqual(['send lock'])
  })

  it('is confirmed at once over what was found out', async () => {
    const id = await held()
    bench.answers(done({ amountFen: 700 }))
    bench.engine.consultBy(async (s) => {
      await bench.store.run(() => bench.engine.aim(s.id, 'paid', 'sweep', 700))
      return undefined
    })
    await bench.pass(sweepMs - bench.nowMs)
    expect(await bench.subject(id)).toMatchObject({ state: 'paid', paidFen: 700 })
    expect(bench.sends('confirm').map((call) => call.atMs)).toEqual([sweepMs])
  })

  it('is asked about forty times at once at most, however often something seems to have changed', async () => {
    await held()
    let asked = 0
    bench.engine.consultBy(async () => void asked++)
    await bench.pass(sweepMs - bench.nowMs)
    expect(asked).toBe(40)
    await bench.pass(second - 1)
    expect(asked).toBe(40)
    await bench.pass(1)
    expect(asked).toBe(80)
  })

  it('is not asked about later than told, whoever was asked says', async () => {
    await held()
    const asked: number[] = []
    bench.engine.consultBy(async () => {
      asked.push(bench.nowMs)
      return midnightMs + hour
    })
    await bench.pass(midnightMs - bench.nowMs - 1)
    expect(asked).toEqual([sweepMs, lastPassMs])
  })

  it('is left alone until a person looks, where nobody can be asked', async () => {
    const id = await held()
    await bench.pass(midnightMs - bench.nowMs - 1)
    expect(await bench.state(id)).toBe('held')
    expect(await bench.items()).toEqual(['sweepUnanswered'])
  })

  it('has its place in the evening from the name it is swept with', async () => {
    for (const sweptWith of ['v1', 'v1', 'v2']) await bench.stored('hold', 1_000, { sweptWith })
    await bench.stored()
    const rows = await bench.rows('select sweep_jitter from payment order by opened_at, rowid')
    const [first, same, other, none] = rows.map((row) => row['sweep_jitter'])
    expect(same).toBe(first)
    expect(other).not.toBe(first)
    expect(none).toBeNull()
    expect(Number(first)).toBeLessThan(dayCut.spreadMs)
  })
})

describe('a counterparty whose clock is astray', () => {
  it('gets nothing new, whoever asks; nothing is stored', async () => {
    bench.clock.isAstray = true
    expect(bench.engine.mayOpen('credit')).toBe(false)
    await expect(bench.stored()).rejects.toThrow('credit')
    expect(await bench.rows('select 1 from payment')).toEqual([])
  })
})
