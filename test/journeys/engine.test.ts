import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqlite } from '@paycare/bff/db/sqlite.ts'
import type { Row } from '@paycare/bff/db/unit.ts'
import {
  bornLeased,
  giveBack,
  journalOf,
  NEVER,
  paymentsOfBill,
  replay,
  type Lease,
} from '@paycare/bff/engine/index.ts'
import type { AskAnswer } from '@paycare/shared/rules'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import {
  Bench,
  done,
  minute,
  morningMs,
  notExecuted,
  notFound,
  refused,
  second,
  silence,
  sqliteIn,
  type Call,
} from './engine-bench.ts'

let bench: Bench
beforeEach(() => {
  bench = new Bench()
})
afterEach(() => bench.end())

describe('the whole way', () => {
  it('locks, confirms the real amount and rests', async () => {
    bench.answers(done({ amountFen: 1_000, ref: { lockNo: '0509' }, expiresAtMs: morningMs + 1 }))
    const id = await bench.payment()
    expect(await bench.subject(id)).toMatchObject({ state: 'held', goal: 'hold', expiresAtMs: morningMs + 1 })
    bench.answers(done({ amountFen: 900, acctDate: '20261121', repayBy: '20261225' }))
    await bench.aim(id, 'paid', 900)
    const paid = { state: 'paid', paidFen: 900, captureFen: 900, acctDate: '20261121', repayBy: '20261225' }
    expect(await bench.subject(id)).toMatchObject(paid)
    const [confirm] = bench.sends('confirm')
    expect(confirm?.content).toMatchObject({ amountFen: 900, earlier: [{ step: 'lock', ref: { lockNo: '0509' } }] })
    expect(await bench.events(id)).toEqual([
      'opened',
      'begin:lock',
      'done:lock',
      'aim:paid',
      'begin:confirm',
      'done:confirm',
    ])
    await bench.pass(48 * 60 * minute)
    expect(bench.told()).toEqual(['send lock', 'send confirm'])
  })

  it('locks and cancels', async () => {
    bench.answers(done(), done())
    const id = await bench.payment()
    await bench.aim(id, 'gone')
    expect(await bench.subject(id)).toMatchObject({ state: 'released', paidFen: 0 })
    expect(bench.told()).toEqual(['send lock', 'send cancel'])
  })

  it('ends at once, without a call, when it is not wanted before it began', async () => {
    const { id, lease } = await bench.stored()
    await bench.aim(id, 'gone')
    await bench.engine.settleSoon([lease])
    expect(await bench.state(id)).toBe('released')
    expect(bench.calls).toEqual([])
  })

  it('is declined by a refused lock, with the reason, and the bill is free for another payment', async () => {
    bench.answers({ is: 'refused', code: 'SBOX0004PL0103' })
    const id = await bench.payment()
    expect(await bench.subject(id)).toMatchObject({ state: 'declined', reasonCode: 'SBOX0004PL0103' })
    const { billId } = await bench.subject(id)
    await expect(bench.opened(billId)).resolves.toBeDefined()
  })

  it('tries a deferred call again later, with a new serial', async () => {
    bench.answers({ is: 'deferred', code: 'DCBS0004PL0974' }, done())
    const id = await bench.payment()
    const deferred = { state: 'opening', refusals: 1, reasonCode: 'DCBS0004PL0974' }
    expect(await bench.subject(id)).toMatchObject({ ...deferred, notBeforeMs: bench.nowMs + 5 * minute })
    expect(await bench.rows('select state, code from attempt')).toEqual([{ state: 'deferred', code: 'DCBS0004PL0974' }])
    await bench.pass(5 * minute - 1)
    expect(bench.sends('lock')).toHaveLength(1)
    await bench.pass(1)
    expect(await bench.state(id)).toBe('held')
    expect(new Set(bench.sends('lock').map((call) => call.mark.serial)).size).toBe(2)
  })
})

describe('intent before call', () => {
  it('attempt, journal and message are committed before each byte leaves', async () => {
    await bench.end()
    const folder = mkdtempSync(join(tmpdir(), 'paycare-engine-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const file = join(folder, 'intent.sqlite')
    bench = new Bench(sqliteIn(file))
    const seen: Row[] = []
    const look = (call: Call): AskAnswer => {
      const outside = openSqlite(file)
      const sql = `select a.state, a.sends, a.asks, a.content_hash, e.sent_at, e.answered_at, w.lease_until,
          (select count(*) from journal j where j.attempt_id = a.id and j.event = 'begin:lock') as begun
        from attempt a join exchange e on e.attempt_id = a.id join wake w on w.subject_id = a.subject_id
        where a.serial = ? and e.msg_id = ?`
      seen.push(...(outside.prepare(sql).all(call.mark.serial, call.mark.msgId) as Row[]))
      outside.close()
      const hash = createHash('sha256').update(JSON.stringify(call.content)).digest('base64url')
      expect(seen.at(-1)?.['content_hash']).toBe(hash)
      return bench.sends('lock').length === 2 ? done() : call.how === 'ask' ? notFound : silence
    }
    bench.answers(...Array.from({ length: 9 }, () => look))
    await bench.payment()
    await bench.pass(minute)
    expect(bench.told()).toEqual(['send lock', 'ask lock', 'ask lock', 'ask lock', 'send lock'])
    const stored = { state: 'sent', answered_at: null, begun: 1 }
    expect(seen).toHaveLength(5)
    for (const [at, row] of seen.entries()) {
      expect(row, `call ${at}`).toMatchObject({ ...stored, sent_at: bench.calls[at]?.atMs, sends: at < 4 ? 1 : 2 })
      expect(Number(row['lease_until'])).toBeGreaterThan(bench.calls[at]?.atMs ?? Infinity)
    }
    expect(seen.map((row) => row['asks'])).toEqual([0, 1, 2, 3, 0])
  })

  it('the same serial, dates and content go at each send, with a new message number', async () => {
    bench.nowMs = Date.UTC(2026, 10, 21, 15, 59, 50)
    bench.answers(silence, notFound, notFound, notFound, silence, notFound, notFound, notFound, done())
    const id = await bench.payment()
    await bench.pass(2 * minute)
    const sends = bench.sends('lock')
    expect(sends).toHaveLength(3)
    const [first] = sends
    for (const { mark, content } of bench.calls) {
      expect(mark).toMatchObject({ serial: first?.mark.serial, tradeDate: '20261121', firstSentAtMs: first?.atMs })
      expect(content).toEqual(first?.content)
    }
    expect(new Set(bench.calls.map((call) => call.mark.msgId)).size).toBe(bench.calls.length)
    expect(first?.mark.serial).toMatch(/^L20261121JC01[0-9A-HJKMNP-TV-Z]{12}$/)
    expect(await bench.state(id)).toBe('held')
  })

  it('a process that died during a call asks before it does anything else', async () => {
    bench.answers(() => new Promise(() => undefined))
    const { id, lease } = await bench.stored()
    void bench.engine.settleSoon([lease])
    await expect.poll(() => bench.calls.length, { interval: 1 }).toBe(1)
    bench.restart()
    bench.answers(done({ stands: 'held', amountFen: 1_000 }))
    await bench.pass(29 * second)
    expect(bench.calls).toHaveLength(1)
    await bench.pass(second)
    expect(bench.told()).toEqual(['send lock', 'ask lock'])
    expect(await bench.state(id)).toBe('held')
  })

  it('a process that died during a repeat after a proved non-execution asks, because the repeat may have left', async () => {
    bench.answers(notExecuted, () => new Promise(() => undefined))
    const id = await bench.payment()
    void bench.pass(2 * second)
    await expect.poll(() => bench.calls.length, { interval: 1 }).toBe(2)
    bench.restart()
    bench.answers(notFound)
    bench.nowMs += 30 * second
    await bench.pass(0)
    expect(bench.told()).toEqual(['send lock', 'send lock', 'ask lock', 'send lock'])
    expect(await bench.state(id)).toBe('opening')
  })
})

describe('a lease that was lost during a call', () => {
  it('writes nothing of what it learned; whoever holds it asks again', async () => {
    bench.answers(async () => {
      await bench.exec('update wake set fence = fence + 1')
      return done({ amountFen: 1_000 })
    })
    const id = await bench.payment()
    expect(bench.warnings).toEqual(['lease lost'])
    expect(bench.logged).toEqual([{ subjectId: id }])
    expect(await bench.state(id)).toBe('opening')
    expect(await bench.events(id)).toEqual(['opened', 'begin:lock'])
    expect(await bench.rows('select state, open from attempt')).toEqual([{ state: 'sent', open: 1 }])
    expect(await bench.rows('select answered_at, outcome from exchange')).toEqual([
      { answered_at: null, outcome: null },
    ])
    bench.answers(done({ stands: 'held', amountFen: 1_000 }))
    await bench.pass(minute)
    expect(bench.told()).toEqual(['send lock', 'ask lock'])
    expect(await bench.state(id)).toBe('held')
  })
})

describe('patience', () => {
  it('ends after 8 s for whoever waits; the work goes on behind and is stored', async () => {
    let answer: (value: AskAnswer) => void = () => undefined
    bench.answers(() => new Promise((resolve) => (answer = resolve)))
    const { id, lease } = await bench.stored()
    let back = false
    const waiting = bench.engine.settleSoon([lease]).then(() => (back = true))
    await expect.poll(() => bench.calls.length, { interval: 1 }).toBe(1)
    const idle = bench.engine.idle()
    bench.fireTimers(7_999)
    await Promise.resolve()
    expect(back).toBe(false)
    bench.fireTimers(1)
    await waiting
    expect(await bench.state(id)).toBe('opening')
    answer(done())
    expect(await idle).toBe(true)
    expect(await bench.engine.idle()).toBe(false)
    expect(await bench.state(id)).toBe('held')
  })
})

describe('what is opened or aimed', () => {
  it('is answered as it is stored, with the lease when nobody else is at work', async () => {
    const first = await bench.stored()
    const { billId, personId } = await bench.subject(first.id)
    await bench.aim(first.id, 'gone')
    await bench.engine.settleSoon([first.lease])
    const about = { institution: 'a', billId, channel: 'credit', kind: 'hold', goal: 'hold', personId } as const
    const more = { role: 'family', amountFen: 1_000, terms: {}, sweptWith: 'v', awaitedBy: 'x' } as const
    const { subject, lease } = await bench.store.run(() => bench.engine.open({ ...about, ...more }, 'his'))
    bench.payments.push(subject.id)
    expect(subject).toEqual(await bench.subject(subject.id))
    expect(subject).toMatchObject({ role: 'family', awaitedBy: 'x', openedAtMs: bench.nowMs, notBeforeMs: 0 })
    bench.answers(done(), done())
    await bench.engine.settleSoon([lease])
    const aim = () => bench.store.run(() => bench.engine.aim(subject.id, 'paid', 'his', 900))
    const aimed = await aim()
    expect(aimed.subject).toEqual(await bench.subject(subject.id))
    expect(aimed.lease).toMatchObject({ subjectId: subject.id })
    expect(await aim()).toEqual({ subject: aimed.subject, lease: undefined })
    if (aimed.lease) await bench.engine.settleSoon([aimed.lease])
    expect((await aim()).lease).toMatchObject({ subjectId: subject.id })
    const refund = { paymentId: subject.id, amountFen: 400, queue: 'daily', terms: {}, awaitedBy: 'y' } as const
    const opened = await bench.store.run(() => bench.engine.openRefund(refund, 'staff'))
    expect(opened.refund).toEqual(await bench.refundOf(opened.refund.id))
    expect(opened.refund).toMatchObject({ queue: 'daily', awaitedBy: 'y', openedAtMs: bench.nowMs, refusals: 0 })
    expect(opened.lease).toMatchObject({ kind: 'refund', lane: 'a:credit' })
  })

  it('goes to the line for the person and the institution that it is about', async () => {
    const id = await bench.payment()
    const { personId, institution } = await bench.subject(id)
    expect(bench.calls[0]?.content).toMatchObject({ personId, institution, amountFen: 1_000 })
  })
})

describe('the journal', () => {
  const rowsOf = (id: string) =>
    bench.rows(`select event, from_state, to_state, step, amount_fen, acct_date, actor, channel, serial is not null as has_serial,
      attempt_id is not null as has_attempt, at, data from journal where subject_id = '${id}' order by version`)
  const byNoCall = { acct_date: null, step: null, amount_fen: null, has_serial: 0, has_attempt: 0 }
  const row = (event: string, from: string | null, to: string, changes: object | undefined, more: object = {}) => ({
    ...byNoCall,
    event,
    from_state: from,
    to_state: to,
    at: bench.nowMs,
    actor: 'engine',
    channel: 'credit',
    data: changes === undefined ? expect.any(String) : JSON.stringify(changes),
    ...more,
  })
  const of = (step: string, amount_fen: number | null = 1_000) => ({ step, amount_fen, has_serial: 1, has_attempt: 1 })
  const known = { refusals: 0, reasonCode: null, recheck: false }

  it('says of each change who made it, when, by which call, and over which amount', async () => {
    bench.answers(done({ amountFen: 1_000 }), done({ acctDate: '20261121', repayBy: '20261225' }))
    const id = await bench.payment()
    await bench.aim(id, 'paid', 900)
    const paid = { state: 'paid', ...known, paidFen: 900, acctDate: '20261121', repayBy: '20261225' }
    expect(await rowsOf(id)).toEqual([
      row('opened', null, 'opening', undefined, { actor: 'his', amount_fen: 1_000 }),
      row('begin:lock', 'opening', 'opening', {}, of('lock')),
      row('done:lock', 'opening', 'held', { state: 'held', ...known }, of('lock')),
      row('aim:paid', 'held', 'held', { goal: 'paid', captureFen: 900 }, { actor: 'his', amount_fen: 900 }),
      row('begin:confirm', 'held', 'held', {}, of('confirm', 900)),
      row('done:confirm', 'held', 'paid', paid, { ...of('confirm', 900), acct_date: '20261121' }),
    ])
    const [opened, ...others] = await bench.store.read(() => journalOf(id))
    expect(opened).toMatchObject({ version: 0, event: 'opened', step: null, atMs: bench.nowMs, amountFen: 1_000 })
    expect(others.map(({ step, amountFen }) => [step, amountFen])).toEqual([
      ['lock', 1_000],
      ['lock', 1_000],
      [null, 900],
      ['confirm', 900],
      ['confirm', 900],
    ])
  })

  it('tells of doubt and of an accepted call once each, and of what was looked into', async () => {
    bench.answers(silence)
    const id = await bench.payment()
    bench.answers(silence, { is: 'accepted' }, { is: 'accepted' }, done({ amountFen: 1_000 }), refused, silence)
    await bench.pass(2 * minute)
    expect((await bench.events(id)).slice(1)).toEqual(['begin:lock', 'doubt', 'accepted', 'done:lock'])
    await bench.aim(id, 'paid')
    bench.answers(done({ stands: 'released' }))
    await bench.pass(minute)
    const rows = (await rowsOf(id)).slice(2)
    const at = expect.any(Number)
    expect(rows).toEqual([
      row('doubt', 'opening', 'opening', {}, { ...of('lock'), at }),
      row('accepted', 'opening', 'opening', {}, { ...of('lock'), at }),
      row('done:lock', 'opening', 'held', undefined, { ...of('lock'), at }),
      row('aim:paid', 'held', 'held', { goal: 'paid' }, { actor: 'his', at }),
      row('begin:confirm', 'held', 'held', {}, { ...of('confirm'), at }),
      row('refused:confirm', 'held', 'held', undefined, { ...of('confirm'), at }),
      row('recheck', 'held', 'held', undefined, { ...of('lock', null), at }),
      row('observed', 'held', 'released', { recheck: false, notBeforeMs: 0, state: 'released' }, { ...of('lock'), at }),
    ])
    expect(await bench.rows('select outcome, code from exchange order by sent_at desc, rowid desc limit 3')).toEqual([
      { outcome: 'succeeded', code: null },
      { outcome: 'unknown', code: 'test' },
      { outcome: 'refused', code: 'SBOX0004PL0107' },
    ])
  })

  it('tells of an end without a call, of an answer that told more than it was asked, and of a drop', async () => {
    const { id, lease } = await bench.stored()
    await bench.aim(id, 'gone')
    await bench.engine.settleSoon([lease])
    expect((await rowsOf(id)).slice(2)).toEqual([row('end:released', 'opening', 'released', { state: 'released' })])
    bench.answers(silence, done({ stands: 'expired', amountFen: 1_000 }), notExecuted)
    const expired = await bench.payment()
    await bench.pass(2 * second)
    const observed = { state: 'expired', ...known }
    expect((await rowsOf(expired)).at(-1)).toEqual(row('observed', 'opening', 'expired', observed, of('lock')))
    const dropped = await bench.payment()
    await bench.aim(dropped, 'gone')
    expect((await rowsOf(dropped)).at(-2)).toEqual(row('drop:lock', 'opening', 'opening', {}, of('lock')))
  })

  it('that misses a row is no journal', () => {
    const one = { event: 'x', step: null, atMs: 0, amountFen: null, changes: {} }
    expect(() =>
      replay([
        { ...one, version: 0 },
        { ...one, version: 2 },
      ]),
    ).toThrow('gap')
  })
})

describe('a line that throws', () => {
  it('is written down as an answer that is missing, and said with the kind of error alone', async () => {
    for (const thrown of [new TypeError('with an identity'), 'text']) {
      bench.answers(() => {
        throw thrown
      })
      await bench.payment()
    }
    expect(bench.warnings).toEqual(['line threw', 'line threw'])
    expect(bench.logged).toEqual([{ error: 'TypeError' }, { error: 'unknown' }])
    const row = { outcome: 'unknown', code: 'line threw' }
    expect(await bench.rows('select outcome, code from exchange')).toEqual([row, row])
  })
})

describe('every message', () => {
  it('is kept with when and how it was answered', async () => {
    bench.answers(silence, notFound, { is: 'refused', code: 'SBOX0004PL0103' })
    await bench.payment()
    await bench.pass(minute)
    const sql = 'select interface, outcome, code from exchange order by sent_at'
    expect(await bench.rows(sql)).toEqual([
      { interface: 'lock', outcome: 'unknown', code: 'test' },
      { interface: 'ask:lock', outcome: 'notFound', code: null },
      { interface: 'ask:lock', outcome: 'refused', code: 'SBOX0004PL0103' },
    ])
  })
})

describe('the payments of a bill', () => {
  it('are found oldest first, and no others', async () => {
    bench.answers(refused, refused, done(), done(), done())
    const ids = [await bench.payment()]
    const { billId } = await bench.subject(ids[0] ?? '')
    for (let at = 0; at < 2; at++) {
      bench.nowMs += minute
      const { id, lease } = await bench.opened(billId)
      await bench.engine.settleSoon([lease])
      ids.push(id)
    }
    await bench.payment()
    const find = (institution: string) => bench.store.read(() => paymentsOfBill(institution, billId))
    expect((await find('a')).map(({ id, state }) => [id, state])).toEqual([
      [ids[0], 'declined'],
      [ids[1], 'declined'],
      [ids[2], 'held'],
    ])
    expect(await find('b')).toEqual([])
  })
})

describe('a subject that is no payment', () => {
  const born = (id: string, lane: string, kind = 'visit'): Promise<Lease> =>
    bench.store.run(() => bornLeased({ id, kind, lane }, bench.nowMs))

  it('is worked on by whoever took its kind on, when it is due', async () => {
    const worked: unknown[] = []
    bench.engine.takeOn('visit', async (lease) => {
      worked.push([lease.subjectId, bench.nowMs])
      return bench.nowMs + minute
    })
    await bench.engine.settleSoon([await born('v1', 'a:his')])
    const begunMs = bench.nowMs
    await bench.pass(minute)
    expect(worked).toEqual([
      ['v1', begunMs],
      ['v1', begunMs + minute],
    ])
  })

  it('is woken, at once and once, when the state of the payment that it waits for changes', async () => {
    const woken: number[] = []
    bench.engine.takeOn('visit', async () => {
      woken.push(bench.nowMs)
      return NEVER
    })
    await bench.engine.settleSoon([await born('v1', 'a:his')])
    const { lease } = await bench.stored('hold', 1_000, { awaitedBy: 'v1' })
    woken.length = 0
    bench.answers(silence, done({ stands: 'held' }))
    await bench.engine.settleSoon([lease])
    await bench.pass(second)
    expect(woken).toEqual([])
    const changedMs = bench.nowMs + second
    await bench.pass(minute)
    expect(woken).toEqual([changedMs])
  })

  it('of a kind that nobody took on is said to have failed, and is tried again when its lease runs out', async () => {
    const lease = await born('v1', 'a:his')
    await bench.engine.settleSoon([lease])
    expect(bench.warnings).toEqual(['advance failed'])
    expect(bench.logged).toEqual([{ subjectId: 'v1', error: 'Error: nobody works on visit' }])
    bench.engine.takeOn('visit', () => Promise.reject('no error'))
    await bench.pass(30 * second)
    expect(bench.logged.at(-1)).toEqual({ subjectId: 'v1', error: 'unknown' })
  })

  it('keeps its own counterparty free while it waits for a payment', async () => {
    const { lease: inner } = await bench.stored()
    const outer = await born('v1', 'a:his')
    const begun: string[] = []
    let answer: (value: AskAnswer) => void = () => undefined
    bench.answers(() => new Promise((resolve) => (answer = resolve)))
    let pokes = 0
    bench.poke = () => pokes++
    bench.engine.takeOn('visit', async (lease) => {
      begun.push(lease.subjectId)
      if (lease.subjectId === 'v1') await bench.engine.work(inner, lease)
      else if (lease.subjectId === 'v3') await new Promise(() => undefined)
      return NEVER
    })
    const working = bench.engine.settleSoon([outer])
    await expect.poll(() => bench.calls.length, { interval: 1 }).toBe(1)
    expect(pokes).toBe(1)
    for (const id of ['v2', 'v3']) {
      const waiting = await born(id, 'a:his')
      await bench.store.run(() => giveBack(waiting, bench.nowMs, bench.nowMs))
    }
    expect((await bench.engine.workOnDue(1, 40)).claimed).toBe(1)
    await expect.poll(() => begun, { interval: 1 }).toEqual(['v1', 'v2'])
    answer(done())
    await working
    expect((await bench.engine.workOnDue(1, 40)).claimed).toBe(1)
    expect((await bench.engine.workOnDue(1, 40)).claimed).toBe(0)
  })
})
