import { giveBack } from '@paycare/bff/engine/index.ts'
import { Worker } from '@paycare/bff/worker/worker.ts'
import type { AskAnswer } from '@paycare/shared/rules'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { silentLog } from '../world/silent-log.ts'
import { Bench, done, minute, notExecuted, notFound, second, silence, type Call } from './engine-bench.ts'

let bench: Bench
beforeEach(() => {
  bench = new Bench()
})
afterEach(() => bench.end())

/** Payments of one institution that are due, and that nobody holds. */
async function due(count: number, institution: string): Promise<string[]> {
  const ids: string[] = []
  for (let at = 0; at < count; at++) {
    const { id, lease } = await bench.stored('hold', 1_000, { institution })
    await bench.store.run(() => giveBack(lease, bench.nowMs, bench.nowMs))
    ids.push(id)
  }
  return ids
}

describe('a counterparty that does not answer', () => {
  const waiting: ((answer: AskAnswer) => void)[] = []
  /** The pauses that the worker takes: one for each look. */
  let pauses: number[]
  let worker: Worker
  const from = (institution: string): number =>
    bench.calls.filter((call) => call.content.institution === institution).length

  beforeEach(() => {
    waiting.length = 0
    pauses = []
    const answer = (call: Call): AskAnswer | Promise<AskAnswer> =>
      call.content.institution === 'b' ? done() : new Promise((resolve) => waiting.push(resolve))
    bench.answers(...Array.from({ length: 600 }, () => answer))
    const clock = {
      now: bench.time.now,
      after: (ms: number, callback: () => void) => {
        pauses.push(ms)
        return bench.time.after(ms, callback)
      },
    }
    worker = new Worker(bench.engine, clock, silentLog, false)
    bench.poke = () => worker.poke()
  })

  /** The dead bank's calls end, so that nothing is left behind. */
  async function end(): Promise<void> {
    await worker.stop()
    bench.answers()
    for (const answer of waiting) answer(silence)
    await bench.engine.idle()
  }

  it('keeps eight of us busy and delays nobody else, however much is due with it', async () => {
    await due(500, 'a')
    bench.nowMs += second
    const [other = ''] = await due(1, 'b')
    worker.start()
    await expect.poll(() => bench.state(other)).toBe('held')
    await worker.quiet()
    expect([from('a'), from('b')]).toEqual([8, 1])
    await end()
  })

  it('has its places taken until it answers', async () => {
    await due(3, 'a')
    const claimed = async () => (await bench.engine.workOnDue(2, 40)).claimed
    expect([await claimed(), await claimed()]).toEqual([2, 0])
    await expect.poll(() => waiting.length).toBe(2)
    waiting.shift()?.(done())
    await expect.poll(claimed).toBe(1)
    await end()
  })

  it('is no reason to look again before a place is free, and then one comes after', async () => {
    await due(50, 'a')
    worker.start()
    await expect.poll(() => waiting.length).toBe(8)
    await worker.quiet()
    expect(pauses).toEqual([minute])
    // Its wakes are long due: that alone makes nobody look.
    bench.fireTimers(20 * second)
    await worker.quiet()
    expect(pauses).toHaveLength(1)
    waiting.shift()?.(done())
    await expect.poll(() => bench.calls.length).toBe(9)
    await worker.quiet()
    expect(waiting).toHaveLength(8)
    expect(pauses.length).toBeLessThanOrEqual(3)
    await end()
  })

  it('is asked by requests all the same, and what they do counts', async () => {
    const requests = []
    for (let at = 0; at < 10; at++) requests.push((await bench.stored()).lease)
    await due(5, 'a')
    void bench.engine.settleSoon(requests)
    await expect.poll(() => waiting.length).toBe(10)
    worker.start()
    await worker.quiet()
    expect(from('a')).toBe(10)
    for (const answer of waiting.splice(0, 2)) answer(done())
    await expect.poll(async () => (await bench.rows(`select id from payment where state = 'held'`)).length).toBe(2)
    await worker.quiet()
    expect(from('a')).toBe(10)
    for (const answer of waiting.splice(0, 3)) answer(done())
    await expect.poll(() => from('a')).toBe(13)
    await end()
  })
})

describe('a breaker', () => {
  /** Five locks in a row that the bank did not answer. */
  async function opened(answer: AskAnswer = silence): Promise<string[]> {
    bench.answers(...Array.from({ length: 5 }, () => answer))
    const ids: string[] = []
    for (let at = 0; at < 5; at++) ids.push(await bench.payment())
    expect(bench.engine.openBreakers()).toMatchObject([{ lane: 'a:credit', step: 'lock', failedProbes: 0 }])
    bench.calls.length = 0
    return ids
  }

  it.each([silence, notExecuted])('opens after five sends without an answer (%o), and says so once', async (answer) => {
    await opened(answer)
    const id = await bench.payment()
    expect(bench.calls).toEqual([])
    expect(await bench.subject(id)).toMatchObject({ state: 'opening', goal: 'hold' })
    expect(bench.warnings).toEqual(['breaker opens'])
    expect(bench.logged).toEqual([{ lane: 'a:credit', step: 'lock' }])
  })

  it('lets every question through', async () => {
    await opened()
    await bench.payment()
    await bench.pass(2 * second)
    expect(bench.told()).toEqual(['send lock', ...Array.from({ length: 5 }, () => 'ask lock')])
    expect(bench.engine.openBreakers()[0]?.probeAtMs).toBeGreaterThan(bench.nowMs)
  })

  it('lets an unwanted payment go without a call', async () => {
    await opened()
    const id = await bench.payment()
    await bench.aim(id, 'gone')
    expect(await bench.state(id)).toBe('released')
    expect(bench.calls).toEqual([])
  })

  it('holds up neither another step nor another institution', async () => {
    bench.answers(done({ amountFen: 1_000 }))
    const id = await bench.payment()
    await opened()
    bench.answers(done({ amountFen: 1_000 }), done())
    await bench.aim(id, 'paid')
    expect(await bench.state(id)).toBe('paid')
    const { id: other, lease } = await bench.stored('hold', 1_000, { institution: 'b' })
    await bench.engine.settleSoon([lease])
    expect(await bench.state(other)).toBe('held')
  })

  it('lets one probe go, ever later while it is not answered, half a minute at most', async () => {
    await opened(notExecuted)
    const ids = [await bench.payment(), await bench.payment()]
    bench.answers(...Array.from({ length: 999 }, () => notExecuted))
    await bench.pass(10 * minute)
    expect(await Promise.all(ids.map((id) => bench.state(id)))).toEqual(['opening', 'opening'])
    const gaps = bench.calls.slice(1).map((call, at) => call.atMs - (bench.calls[at]?.atMs ?? 0))
    expect(Math.max(...gaps)).toBeLessThanOrEqual(30 * second)
    expect(gaps.slice(6).every((ms) => ms >= 22 * second)).toBe(true)
    expect(bench.warnings.filter((one) => one === 'breaker opens')).toHaveLength(1)
  })

  it('lets nobody else go while the probe is under way', async () => {
    await opened(notExecuted)
    let answer: (a: AskAnswer) => void = () => undefined
    const probe = new Promise<AskAnswer>((resolve) => {
      answer = resolve
    })
    bench.answers(() => probe)
    bench.nowMs += 2 * second
    const first = await bench.stored()
    const working = bench.engine.settleSoon([first.lease])
    await expect.poll(() => bench.calls.length).toBe(1)
    const waiting = await bench.payment()
    expect(bench.calls).toHaveLength(1)
    answer(done())
    await working
    expect(await bench.state(first.id)).toBe('held')
    expect(await bench.state(waiting)).toBe('opening')
  })

  it('lets another one be the probe when the first did not leave after all', async () => {
    await opened(notExecuted)
    bench.nowMs += 2 * second
    const { id, lease } = await bench.stored()
    bench.beforeCommits.push(() => bench.store.run(() => bench.engine.aim(id, 'paid', 'his')))
    bench.answers(done(), done())
    await bench.engine.settleSoon([lease])
    expect(bench.told()).toEqual(['send lock', 'send confirm'])
    expect(bench.engine.openBreakers()).toEqual([])
  })

  it('stays closed when a send did not leave', async () => {
    const { id, lease } = await bench.stored()
    bench.beforeCommits.push(() => bench.store.run(() => bench.engine.aim(id, 'paid', 'his')))
    bench.answers(silence)
    await bench.engine.settleSoon([lease])
    expect(bench.told()).toEqual(['send lock'])
    expect(bench.engine.openBreakers()).toEqual([])
  })

  it('closes at the first answer, and who waits goes at once', async () => {
    await opened(notExecuted)
    const ids = [await bench.payment(), await bench.payment(), await bench.payment()]
    bench.answers(...Array.from({ length: 99 }, () => done()))
    await bench.pass(second)
    expect(await Promise.all(ids.map((id) => bench.state(id)))).toEqual(ids.map(() => 'held'))
    expect(bench.engine.openBreakers()).toEqual([])
    expect(bench.warnings).toEqual(['breaker opens', 'breaker closes'])
    expect(bench.logged.at(-1)).toEqual({ lane: 'a:credit', step: 'lock', failedProbes: 0 })
  })

  it('does not take what it knows of sends from questions', async () => {
    await opened()
    bench.answers(...Array.from({ length: 5 }, () => notFound))
    await bench.pass(2 * second)
    expect(bench.engine.openBreakers()).toHaveLength(1)
    bench.answers(...Array.from({ length: 99 }, () => silence))
    await bench.pass(minute)
    expect(bench.told().filter((one) => one === 'ask lock').length).toBeGreaterThan(10)
  })
})
