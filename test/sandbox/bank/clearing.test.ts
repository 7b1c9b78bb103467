import { describe, expect, it } from 'vitest'
import { bankWorld, HOSPITAL, TODAY, TOMORROW } from './fixture.ts'

const midnight = Date.parse('2026-11-22T00:00:00+08:00')

describe('clearing', () => {
  it('pays a day out at its change, net of what was refunded from it (C 二（四）1（4）)', () => {
    const world = bankWorld()
    world.spend('1', 10_000)
    world.pay('P1', 5_000)
    world.refund('R1', 'C1', 4_000)
    world.clock.set(midnight - 1)
    expect(world.merchant()).toMatchObject({ receivableFen: { [TODAY]: 11_000 }, settledFen: 0 })
    world.clock.set(midnight)
    expect(world.merchant()).toMatchObject({ receivableFen: { [TODAY]: 0 }, settledFen: 11_000 })
    expect(world.bank.ledger().clearings).toEqual([
      { merPtcId: HOSPITAL, day: TODAY, amountFen: 11_000, atMs: midnight },
    ])
    expect(world.bank.invariants()).toEqual({ ok: true, violations: [] })
  })

  it('leaves refunds from the reserve out of the net amount', () => {
    const world = bankWorld()
    world.spend('1', 10_000)
    world.nextDay()
    world.spend('2', 3_000)
    world.refund('R1', 'C1', 10_000)
    world.nextDay()
    expect(world.bank.ledger().clearings.map(({ day, amountFen }) => [day, amountFen])).toEqual([
      [TODAY, 10_000],
      [TOMORROW, 3_000],
    ])
  })

  it('pays nothing for a day that came to nothing, and each day of a long jump once', () => {
    const world = bankWorld()
    world.spend('1', 10_000)
    world.refund('R1', 'C1', 10_000)
    world.nextDay(40)
    expect(world.bank.ledger().clearings).toEqual([])
    world.clock.advance(1)
    expect(world.merchant().settledFen).toBe(0)
    expect(world.bank.invariants().ok).toBe(true)
  })

  it('by hand takes the running day too; what comes in later is cleared at midnight', () => {
    const world = bankWorld()
    world.spend('1', 10_000)
    expect(world.bank.settle()).toMatchObject([{ day: TODAY, amountFen: 10_000 }])
    expect(world.bank.settle()).toEqual([])
    world.spend('2', 100)
    world.nextDay()
    expect(world.merchant()).toMatchObject({ settledFen: 10_100 })
    expect(world.bank.invariants()).toEqual({ ok: true, violations: [] })
  })

  it('decides a refund that draws on the day before the day is paid out', () => {
    for (const final of ['SUCCESS', 'FAIL'] as const) {
      const world = bankWorld()
      world.spend('1', 10_000)
      world.bank.faults.add({ api: 'refund', kind: 'EXECUTE_THEN_PROCESSING', final, afterMs: 86_400_000 })
      world.refund('R1', 'C1', 4_000)
      expect(world.merchant()).toMatchObject({ receivableFen: { [TODAY]: 6_000 }, refundingFen: 4_000 })
      world.clock.set(midnight + 1_000)
      const paidFen = final === 'SUCCESS' ? 6_000 : 10_000
      expect(world.merchant()).toMatchObject({ settledFen: paidFen, refundingFen: 0 })
      expect(world.refundQuery('R1', TODAY).body).toMatchObject(
        final === 'SUCCESS'
          ? { refund_state: final, acct_date: TODAY, final_time: '20261121235959' }
          : { refund_state: final },
      )
      expect(world.bank.invariants()).toEqual({ ok: true, violations: [] })
    }
  })

  it('lets a refund from the reserve take its time over midnight', () => {
    const world = bankWorld()
    world.spend('1', 10_000)
    world.nextDay()
    world.bank.faults.add({ api: 'refund', kind: 'EXECUTE_THEN_PROCESSING', afterMs: 86_400_000 })
    world.refund('R1', 'C1', 4_000)
    expect(world.merchant()).toMatchObject({ reserveFen: 1_996_000, refundingFen: 4_000 })
    world.clock.advance(15 * 3_600_000)
    expect(world.bank.refunds()).toMatchObject([{ state: 'PROCESSING' }])
    expect(world.bank.invariants()).toEqual({ ok: true, violations: [] })
    world.clock.advance(9 * 3_600_000)
    expect(world.bank.refunds()).toMatchObject([{ state: 'SUCCESS', acctDate: '20261123' }])
    expect(world.bank.invariants()).toEqual({ ok: true, violations: [] })
  })

  it('follows the bank’s own clock where it is set apart', () => {
    const world = bankWorld()
    world.spend('1', 10_000)
    world.bank.skew(3_000)
    world.clock.set(midnight - 3_000)
    expect(world.merchant().settledFen).toBe(10_000)
  })

  it('survives a clock that is put back', () => {
    const world = bankWorld()
    world.spend('1', 10_000)
    world.nextDay()
    expect(world.merchant().settledFen).toBe(10_000)
    world.clock.set(midnight - 3_600_000)
    world.spend('2', 500)
    expect(world.merchant().receivableFen[TODAY]).toBe(500)
    world.nextDay(2)
    expect(world.merchant().settledFen).toBe(10_500)
    expect(world.bank.invariants()).toEqual({ ok: true, violations: [] })
  })
})
