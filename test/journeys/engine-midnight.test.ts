import type { DayCut } from '@paycare/shared/rules'
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

  it('moves when the lock reached the counterparty only on its next day', async () => {
    bench.nowMs = midnightMs - second
    bench.answers(silence, done({ stands: 'held', amountFen: 1_000, expiresAtMs: midnightMs + 24 * hour }), done())
    const id = await bench.payment('paid')
    await bench.pass(minute)
    expect(await bench.state(id)).toBe('paid')
    expect(bench.told()).toEqual(['send lock', 'ask lock', 'send confirm'])
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
