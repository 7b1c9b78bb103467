import { Conflict, ConstraintViolation } from '@paycare/bff/db/store.ts'
import { takeOrWake } from '@paycare/bff/engine/index.ts'
import { move } from '@paycare/bff/engine/journal.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Bench, done, hour, minute, notExecuted, notFound, refused, silence } from './engine-bench.ts'

const tooLittle = { is: 'deferred', code: 'DCBS0004PL0974' } as const

let bench: Bench
beforeEach(() => {
  bench = new Bench()
})
afterEach(() => bench.end())

/** A hold that was confirmed in full. */
async function paid(amountFen = 1_000): Promise<string> {
  bench.answers(done(), done({ amountFen, ref: { sysOrderNo: 'S1' }, acctDate: '20261121' }))
  const id = await bench.payment('hold', amountFen)
  await bench.aim(id, 'paid')
  expect(await bench.state(id)).toBe('paid')
  return id
}

const money = async (id: string) => {
  const { paidFen, refundingFen, refundedFen } = await bench.subject(id)
  return [paidFen, refundingFen, refundedFen]
}

describe('a refund', () => {
  it('reserves before the bank is asked, and moves the reservation to what is refunded when it answers', async () => {
    const id = await paid()
    let during: number[] = []
    bench.answers(async () => {
      during = await money(id)
      return done({ amountFen: 400, acctDate: '20261122' })
    })
    const refund = await bench.refund(id, 400)
    expect(during).toEqual([1_000, 400, 0])
    expect(await money(id)).toEqual([1_000, 0, 400])
    expect(await bench.refundOf(refund)).toMatchObject({ state: 'refunded', acctDate: '20261122', amountFen: 400 })
  })

  it('names the call that took the money, by its serial, its day and the bank’s number', async () => {
    const id = await paid()
    const [confirm] = bench.sends('confirm')
    bench.answers(done({ amountFen: 400 }))
    await bench.refund(id, 400)
    const [sent] = bench.sends('refund')
    const { serial, tradeDate } = confirm?.mark ?? {}
    const original = { step: 'confirm', serial, tradeDate, ref: { sysOrderNo: 'S1' } }
    expect(sent?.content.earlier).toContainEqual(original)
    expect(sent?.content.terms).toEqual({ agreementNo: 'CM1', requestNo: 'RR1' })
    expect(sent?.mark.serial).toMatch(/^R20261121JC01/)
  })

  it('comes in parts, up to what was paid and not a fen more', async () => {
    const id = await paid()
    bench.answers(done({ amountFen: 400 }), done({ amountFen: 600 }))
    await bench.refund(id, 400)
    await expect(bench.refund(id, 601)).rejects.toThrow(ConstraintViolation)
    await bench.refund(id, 600)
    expect(await money(id)).toEqual([1_000, 0, 1_000])
    await expect(bench.refund(id, 1)).rejects.toThrow(ConstraintViolation)
    expect(bench.sends('refund')).toHaveLength(2)
  })

  it('in doubt counts against the cap as if it had succeeded', async () => {
    const id = await paid()
    bench.answers(silence)
    await bench.refund(id, 700)
    await expect(bench.refund(id, 301)).rejects.toThrow(ConstraintViolation)
    expect(await money(id)).toEqual([1_000, 700, 0])
  })

  it('whose answer is missing is asked about, and only then sent again under the same serial', async () => {
    const id = await paid()
    bench.answers(silence, notFound, notFound, notFound, notFound, done({ amountFen: 400 }))
    const refund = await bench.refund(id, 400)
    await bench.pass(5 * minute)
    const sends = bench.sends('refund')
    expect(new Set(sends.map((call) => call.mark.serial)).size).toBe(1)
    expect((await bench.refundOf(refund)).state).toBe('refunded')
    expect(await money(id)).toEqual([1_000, 0, 400])
  })

  it('is changed only as it was read, and alone', async () => {
    const id = await paid()
    bench.answers(silence, silence)
    const [first, other] = [await bench.refund(id, 400), await bench.refund(id, 300)]
    const before = await bench.refundOf(other)
    const entry = { event: 'test', by: 'test', atMs: bench.nowMs }
    const read = await bench.refundOf(first)
    const change = () => bench.store.run(() => move({}, read, { notBeforeMs: 1, refusals: 1, recheck: true }, entry))
    await change()
    await expect(change()).rejects.toBeInstanceOf(Conflict)
    expect(await bench.refundOf(first)).toMatchObject({ notBeforeMs: 1, refusals: 1, recheck: true, version: 3 })
    expect(await bench.refundOf(other)).toEqual(before)
  })

  it('is in the journal of both, with what it was about', async () => {
    const id = await paid()
    bench.answers(done({ amountFen: 400, acctDate: '20261122' }))
    const refund = await bench.refund(id, 400)
    const sql = (of: string): string =>
      `select event, actor, amount_fen, data from journal where subject_id = '${of}' order by version`
    const reserved = { amount_fen: 400, data: JSON.stringify({ refundingFen: 400 }) }
    const given = { amount_fen: 400, data: JSON.stringify({ refundingFen: 0, refundedFen: 400 }) }
    expect((await bench.rows(sql(id))).slice(-2)).toEqual([
      { event: 'refund:reserved', actor: 'staff', ...reserved },
      { event: 'refund:refunded', actor: 'engine', ...given },
    ])
    expect((await bench.rows(sql(refund))).map((row) => [row['event'], row['actor'], row['amount_fen']])).toEqual([
      ['opened', 'staff', 400],
      ['begin:refund', 'engine', 400],
      ['done:refund', 'engine', 400],
    ])
  })

  it('that never left goes again by itself', async () => {
    const id = await paid()
    bench.answers(notExecuted, done({ amountFen: 400 }))
    await bench.refund(id, 400)
    await bench.pass(minute)
    expect(await money(id)).toEqual([1_000, 0, 400])
  })

  it('that the bank refuses for good frees what it had reserved, and a person is told', async () => {
    const id = await paid()
    bench.answers(refused)
    const refund = await bench.refund(id, 400)
    expect((await bench.refundOf(refund)).state).toBe('refused')
    expect(await bench.store.run(() => bench.engine.resumeRefund(refund, 'staff'))).toBeUndefined()
    expect(await money(id)).toEqual([1_000, 0, 0])
    expect(await bench.items()).toEqual(['refundRefused'])
  })

  it('whose amount the bank states differently is not booked, stays reserved, and goes to a person', async () => {
    const id = await paid()
    bench.answers(done({ amountFen: 399 }))
    const refund = await bench.refund(id, 400)
    expect((await bench.refundOf(refund)).state).toBe('review')
    expect(await money(id)).toEqual([1_000, 400, 0])
    expect(await bench.items()).toEqual(['amountDiffers'])
  })
})

describe('a refund for which the balance is too small', () => {
  it('waits until somebody says to try again, keeps its reservation, and tells a person of each try', async () => {
    const id = await paid()
    bench.answers(tooLittle)
    const refund = await bench.refund(id, 400)
    await bench.pass(72 * hour)
    expect((await bench.refundOf(refund)).state).toBe('waiting')
    expect(bench.sends('refund')).toHaveLength(1)
    expect(await money(id)).toEqual([1_000, 400, 0])
    expect(await bench.items()).toEqual(['refundDeferred'])
    bench.answers(tooLittle)
    await bench.resume(refund)
    expect(await bench.items()).toEqual(['refundDeferred', 'refundDeferred'])
    expect(await bench.refundOf(refund)).toMatchObject({
      state: 'waiting',
      reasonCode: tooLittle.code,
      queue: 'manual',
    })
    expect((await bench.events(refund)).filter((event) => event === 'resume')).toHaveLength(1)
  })

  it('is tried again with a new serial, since the old one is dead', async () => {
    const id = await paid()
    bench.answers(tooLittle, done({ amountFen: 400 }))
    const refund = await bench.refund(id, 400)
    await bench.resume(refund)
    const serials = bench.sends('refund').map((call) => call.mark.serial)
    expect(new Set(serials).size).toBe(2)
    expect((await bench.refundOf(refund)).state).toBe('refunded')
    expect(await money(id)).toEqual([1_000, 0, 400])
  })

  it('is tried once however often somebody presses', async () => {
    const id = await paid()
    bench.answers(tooLittle, silence)
    const refund = await bench.refund(id, 400)
    await Promise.all([bench.resume(refund), bench.resume(refund), bench.resume(refund)])
    const resumed = await bench.rows(`select event from journal where event = 'resume'`)
    expect(resumed).toHaveLength(1)
    expect(bench.sends('refund')).toHaveLength(2)
  })
})

describe('a payment without a hold', () => {
  it('is paid by one call', async () => {
    bench.answers(done({ amountFen: 1_000, acctDate: '20261121' }))
    const id = await bench.direct()
    expect(await bench.subject(id)).toMatchObject({ state: 'paid', paidFen: 1_000, acctDate: '20261121' })
    expect(bench.told()).toEqual(['send pay'])
  })

  it('that the bank never saw is not sent again by itself: it ends as not executed', async () => {
    bench.answers(silence, ...Array.from({ length: 30 }, () => notFound))
    const id = await bench.direct()
    await bench.pass(hour)
    expect(await bench.subject(id)).toMatchObject({ state: 'declined', reasonCode: 'NOT_EXECUTED', paidFen: 0 })
    expect(bench.sends('pay')).toHaveLength(1)
    expect(bench.calls.at(-1)?.atMs).toBeGreaterThanOrEqual((bench.calls[0]?.atMs ?? 0) + 10 * minute)
  })

  it('that surely never left ends at once as not executed', async () => {
    bench.answers(notExecuted)
    const id = await bench.direct()
    expect(await bench.subject(id)).toMatchObject({ state: 'declined', reasonCode: 'NOT_EXECUTED' })
    expect(bench.sends('pay')).toHaveLength(1)
  })

  it('in doubt blocks another payment of its bill', async () => {
    bench.answers(silence)
    const id = await bench.direct()
    const { billId } = await bench.subject(id)
    await expect(bench.opened(billId, 'paid', 1_000, { kind: 'direct' })).rejects.toThrow(ConstraintViolation)
  })

  it('that succeeds after nobody wants it any more goes back in full, by itself and once', async () => {
    bench.answers(silence, done({ amountFen: 1_000, ref: { sysOrderNo: 'S9' } }), done({ amountFen: 1_000 }))
    const id = await bench.direct()
    await bench.aim(id, 'gone')
    await bench.pass(hour)
    expect(await money(id)).toEqual([1_000, 0, 1_000])
    expect(bench.sends('refund')).toHaveLength(1)
    expect(await bench.rows('select queue, amount_fen from refund')).toEqual([{ queue: 'daily', amount_fen: 1_000 }])
    expect(bench.warnings).toEqual([])
  })

  it('goes back as far as it has not gone back already, and at once', async () => {
    const id = await paid()
    bench.answers(done({ amountFen: 400 }), silence, done({ amountFen: 500 }))
    await bench.refund(id, 400)
    await bench.refund(id, 100)
    await bench.exec(`update payment set goal = 'gone'`)
    const lease = await bench.store.run(() => takeOrWake(id, bench.nowMs))
    if (!lease) throw new Error('somebody else is at work')
    await bench.engine.work(lease)
    await bench.engine.workOnDue(8, 40)
    await bench.engine.idle()
    await bench.exec(`update payment set goal = 'paid'`)
    expect(await money(id)).toEqual([1_000, 100, 900])
    expect(await bench.rows(`select queue from refund where amount_fen = 500`)).toEqual([{ queue: 'manual' }])
    expect(bench.warnings).toEqual([])
  })

  it('whose way back the bank refuses is a person’s, and is not asked for again by itself', async () => {
    bench.answers(silence, done({ amountFen: 1_000 }), refused)
    const id = await bench.direct()
    await bench.aim(id, 'gone')
    await bench.pass(hour)
    await bench.aim(id, 'gone')
    await bench.pass(hour)
    expect(await money(id)).toEqual([1_000, 0, 0])
    expect(bench.sends('refund')).toHaveLength(1)
    expect(await bench.items()).toEqual(['refundRefused', 'paidNotWanted'])
  })

  it('that nobody wants any more and the bank never saw is released', async () => {
    bench.answers(silence, ...Array.from({ length: 30 }, () => notFound))
    const id = await bench.direct()
    await bench.aim(id, 'gone')
    await bench.pass(hour)
    expect(await bench.state(id)).toBe('released')
  })
})
