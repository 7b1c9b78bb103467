import { describe, expect, it } from 'vitest'
import { bankWorld, LIMIT_FEN, MORNING } from './fixture.ts'

const hour = 3_600_000
/** 2026-11-21 24:00 in Shanghai. */
const MIDNIGHT = MORNING + 14 * hour
const once = { times: 1 } as const

const stateOf = (world: ReturnType<typeof bankWorld>): (string | undefined)[] =>
  world.bank.locks().map((lock) => lock.state)

describe('an unconfirmed lock', () => {
  it('ends at T 24:00 to the millisecond, and the quota is free again', () => {
    const world = bankWorld()
    expect(world.lock('L1', 10_000).body['lock_expire_time']).toBe('20261122000000')
    world.clock.set(MIDNIGHT - 1)
    expect([stateOf(world), world.available()]).toEqual([['LOCKED'], LIMIT_FEN - 10_000])
    world.clock.set(MIDNIGHT)
    expect([stateOf(world), world.available()]).toEqual([['EXPIRED'], LIMIT_FEN])
    expect(world.bank.locks()[0]?.finalAtMs).toBe(MIDNIGHT)
    expect(world.bank.invariants()).toEqual({ ok: true, violations: [] })
  })

  it('is told as EXPIRED with what was released, and refuses a confirm with 0108', () => {
    const world = bankWorld()
    world.lock('L1', 10_000)
    world.clock.set(MIDNIGHT)
    const { caller } = world
    const asked = world.call('postPayQuery', { ...caller.queryBody('LOCK', 'L1'), mer_trade_date: '20261121' })
    expect(asked.body).toMatchObject({ lock_status: 'EXPIRED', released_amount: '100.00' })
    expect(world.confirm('C1', 'L1', 10_000)).toMatchObject({ code: 'SBOX0004PL0108' })
    expect(world.available()).toBe(LIMIT_FEN)
  })

  it('may be cancelled all the same: released already, nothing moves a second time', () => {
    const world = bankWorld()
    world.lock('L1', 10_000)
    world.clock.set(MIDNIGHT)
    expect(world.cancel('X1', 'L1').body).toMatchObject({ cancel_state: 'SUCCESS', already_released: true })
    expect([stateOf(world), world.available()]).toEqual([['EXPIRED'], LIMIT_FEN])
    expect(world.bank.invariants().ok).toBe(true)
  })

  it('waits for a confirm that is in PROCESSING over midnight: deducted, or ended after all', () => {
    for (const final of ['SUCCESS', 'FAIL'] as const) {
      const world = bankWorld()
      world.lock('L1', 10_000)
      world.clock.set(MIDNIGHT - 5_000)
      world.bank.faults.add({ api: 'confirm', ...once, kind: 'EXECUTE_THEN_PROCESSING', afterMs: 10_000, final })
      world.confirm('C1', 'L1', 8_000)
      world.clock.set(MIDNIGHT)
      expect(stateOf(world)).toEqual(['LOCKED'])
      world.clock.set(MIDNIGHT + 5_000)
      expect(stateOf(world)).toEqual([final === 'SUCCESS' ? 'CONFIRMED' : 'EXPIRED'])
      expect(world.bank.invariants()).toEqual({ ok: true, violations: [] })
    }
  })

  it('that was still in PROCESSING at midnight ends as soon as it is made', () => {
    const world = bankWorld()
    world.clock.set(MIDNIGHT - 5_000)
    world.bank.faults.add({ api: 'lock', ...once, kind: 'EXECUTE_THEN_PROCESSING', afterMs: 10_000 })
    world.lock('L1', 10_000)
    world.clock.set(MIDNIGHT + 5_000)
    expect([stateOf(world), world.available()]).toEqual([['EXPIRED'], LIMIT_FEN])
  })

  it('ends after so many hours, or only by hand, where the bank is set so', () => {
    const core = { uniquePerDay: false, revealAvailable: false }
    const hours = bankWorld({ core: { ...core, lockExpiry: 'HOURS:2' } })
    hours.lock('L1', 10_000)
    hours.clock.set(MORNING + 2 * hour)
    expect(stateOf(hours)).toEqual(['EXPIRED'])
    const manual = bankWorld({ core: { ...core, lockExpiry: 'MANUAL' } })
    expect(manual.lock('L1', 10_000).body).not.toHaveProperty('lock_expire_time')
    manual.clock.set(MIDNIGHT + 48 * hour)
    expect(stateOf(manual)).toEqual(['LOCKED'])
    expect(manual.bank.endOfDay()).toBe(1)
    expect([stateOf(manual), manual.available()]).toEqual([['EXPIRED'], LIMIT_FEN])
    expect(manual.bank.invariants()).toEqual({ ok: true, violations: [] })
  })

  it('keeps to the bank’s own clock where it is set apart', () => {
    const world = bankWorld()
    world.lock('L1', 10_000)
    world.bank.skew(3_000)
    world.clock.set(MIDNIGHT - 3_000)
    expect(stateOf(world)).toEqual(['EXPIRED'])
    const form = world.caller.form('postPayQuery', world.caller.queryBody('LOCK', 'L1'))
    const { body } = world.bank.handle({ path: '/api/creditMed/postPayQuery/v1', body: form })
    expect(body).toContain('"response_time":"20261122000000"')
  })
})
