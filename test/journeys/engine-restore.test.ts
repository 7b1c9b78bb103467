import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AskAnswer } from '@paycare/shared/rules'
import { openIntentLog, readIntents, type CallIntent, type IntentLog } from '@paycare/bff/db/intent-log.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Bench, done, hour, minute, morningMs, notFound, refused, second, silence, sqliteIn } from './engine-bench.ts'

let folder: string
let intents: IntentLog
let bench: Bench
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'paycare-intents-'))
  intents = await openIntentLog(folder)
  bench = new Bench(sqliteIn(':memory:'), { intents })
})
afterEach(async () => {
  await bench.end()
  await intents.close()
  rmSync(folder, { recursive: true, force: true })
})

const logged = async (): Promise<CallIntent[]> => (await readIntents(folder)).intents

/** The database is an hour younger than its log: what was done in it is forgotten. */
async function forget(): Promise<Bench> {
  await bench.end()
  bench = new Bench(sqliteIn(':memory:'), { intents })
  bench.nowMs = morningMs + hour
  return bench
}

const restore = async (...answers: AskAnswer[]) => {
  bench.answers(...answers)
  return bench.engine.restore(await logged())
}

const taken = done({ stands: 'paid', amountFen: 900, acctDate: '20261121' })

describe('a lock that the database has forgotten', () => {
  let serial: string | undefined
  beforeEach(async () => {
    bench.answers(done(), done())
    const id = await bench.payment()
    await bench.aim(id, 'paid', 900)
    serial = bench.sends('lock')[0]?.mark.serial
    await forget()
  })

  it('is noticed, also when the log ends with other calls, until it was taken over', async () => {
    expect(await bench.engine.forgotten(await logged())).toBe(2)
    expect(await restore(taken)).toEqual({ lostCalls: 2, listed: 1, asked: 0, unanswered: 0 })
    expect(await bench.engine.forgotten(await logged())).toBe(0)
    expect(await bench.items()).toEqual(['lostCall'])
  })

  it('and that has been deducted is paid when HIS repeats the order: nothing is sent, and its end finds it done', async () => {
    await restore(taken)
    bench.answers(taken)
    const id = await bench.payment()
    expect(await bench.subject(id)).toMatchObject({ state: 'paid', goal: 'paid', paidFen: 900, captureFen: 900 })
    await bench.aim(id, 'paid', 900)
    expect(bench.told()).toEqual(['ask lock', 'ask lock'])
    expect(bench.calls.map((call) => call.mark.serial)).toEqual([serial, serial])
    expect(await bench.rows(`select id from work_item where state = 'open'`)).toEqual([])
  })

  it('and that still stands is held, and is confirmed once', async () => {
    await restore(done({ stands: 'held' }))
    bench.answers(done({ stands: 'held' }), done({ amountFen: 900 }))
    const id = await bench.payment()
    expect(await bench.state(id)).toBe('held')
    await bench.aim(id, 'paid', 900)
    expect(await bench.state(id)).toBe('paid')
    expect(bench.told()).toEqual(['ask lock', 'ask lock', 'send confirm'])
  })

  it('and that never arrived goes again under its own serial and dates', async () => {
    expect(await restore(notFound)).toMatchObject({ listed: 0 })
    bench.answers(notFound, done())
    const id = await bench.payment()
    expect(await bench.state(id)).toBe('held')
    const [lock] = bench.sends('lock')
    expect(lock?.mark).toMatchObject({ serial, tradeDate: '20261121', firstSentAtMs: morningMs })
  })

  it.each([
    ['refused', refused, 'declined'],
    ['released', done({ stands: 'released' }), 'released'],
    ['expired', done({ stands: 'expired' }), 'expired'],
  ] as const)('and that is %s stays so: HIS was told, and is told again', async (_, answer, state) => {
    expect(await restore(answer)).toMatchObject({ listed: 0 })
    bench.answers(answer)
    const id = await bench.payment()
    expect(await bench.state(id)).toBe(state)
    expect(bench.sends('lock')).toEqual([])
  })

  it('is not taken for a bill of another amount: a person looks, nothing is sent', async () => {
    await restore(taken)
    const { id, lease } = await bench.stored('hold', 1_100)
    await bench.engine.settleSoon([lease])
    expect(await bench.state(id)).toBe('review')
    expect(bench.told()).toEqual(['ask lock'])
    expect(await bench.items()).toEqual(['lostCall', 'amountDiffers'])
  })

  it('goes to one payment alone; the next bill gets a lock of its own', async () => {
    await restore(taken)
    bench.answers(taken, done())
    await bench.payment()
    await bench.payment()
    expect(bench.sends('lock')).toHaveLength(1)
    expect(bench.sends('lock')[0]?.mark.serial).not.toBe(serial)
  })

  it('about which the bank is silent is listed, asked again by another run, and gone on with all the same', async () => {
    expect(await restore(silence)).toMatchObject({ listed: 1, unanswered: 1 })
    expect(await restore(taken)).toMatchObject({ lostCalls: 0, listed: 1, unanswered: 0 })
    expect(await bench.items()).toEqual(['lostCall'])
    bench.answers(silence, taken)
    const id = await bench.payment()
    await bench.pass(10 * second)
    expect(await bench.state(id)).toBe('paid')
    expect(bench.sends('lock')).toEqual([])
  })
})

describe('a payment that the copy remembers', () => {
  const undecided = async (...answers: AskAnswer[]): Promise<string> => {
    bench.answers(...answers)
    const id = await bench.payment()
    bench.nowMs += hour
    return id
  }

  it.each([
    ['paid', taken, { state: 'paid', goal: 'paid', paidFen: 900, captureFen: 900 }],
    ['released', done({ stands: 'released' }), { state: 'released', paidFen: 0 }],
    ['expired', done({ stands: 'expired' }), { state: 'expired', paidFen: 0 }],
    ['held', done({ stands: 'held' }), { state: 'held', goal: 'hold' }],
  ] as const)('as held and that is %s by now is asked about before anything else', async (_, answer, expected) => {
    const id = await undecided(done())
    expect(await restore(answer)).toEqual({ lostCalls: 0, listed: 0, asked: 1, unanswered: 0 })
    expect(await bench.subject(id)).toMatchObject({ ...expected, recheck: false })
    expect(bench.told()).toEqual(['send lock', 'ask lock'])
  })

  it('as in doubt and that has been deducted since is paid', async () => {
    const id = await undecided(silence)
    await restore(taken)
    expect(await bench.subject(id)).toMatchObject({ state: 'paid', paidFen: 900, recheck: false })
    expect(await bench.items()).toEqual([])
  })

  it('as in doubt, wanted no more and never executed comes to its end', async () => {
    bench.answers(silence)
    const id = await bench.payment()
    await bench.aim(id, 'gone')
    bench.nowMs += hour
    await restore(notFound)
    expect(await bench.subject(id)).toMatchObject({ state: 'released', recheck: false })
  })

  it('and that the bank is silent about begins nothing until it was asked', async () => {
    const id = await undecided(done())
    expect(await restore(silence)).toMatchObject({ unanswered: 1 })
    bench.answers(silence, taken)
    await bench.aim(id, 'paid', 900)
    await bench.pass(10 * minute)
    expect(await bench.subject(id)).toMatchObject({ state: 'paid', paidFen: 900 })
    expect(bench.sends('confirm')).toEqual([])
    expect(await bench.items()).toEqual([])
  })

  it('and that was paid otherwise than HIS says now is paid, and a person is told', async () => {
    const id = await undecided(done())
    await restore(silence)
    bench.answers(taken)
    await bench.aim(id, 'paid', 700)
    await bench.pass(10 * minute)
    expect(await bench.subject(id)).toMatchObject({ state: 'paid', paidFen: 900 })
    expect(await bench.items()).toEqual(['amountDiffers'])
  })
})

describe('a call that cannot be written down', () => {
  it('does not leave, and goes under the same serial when it can', async () => {
    await intents.close()
    rmSync(folder, { recursive: true })
    bench.answers(done())
    const id = await bench.payment()
    expect(await bench.state(id)).toBe('opening')
    expect(bench.calls).toEqual([])
    const [attempt] = await bench.rows('select serial, state from attempt')
    expect(attempt).toMatchObject({ state: 'ready' })
    mkdirSync(folder)
    await bench.pass(minute)
    expect(await bench.state(id)).toBe('held')
    expect(bench.calls.map((call) => call.mark.serial)).toEqual([attempt?.['serial']])
    expect((await logged()).map((intent) => intent.serial)).toEqual([attempt?.['serial']])
  })
})
