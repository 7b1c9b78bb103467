import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Bench, done, minute, second, silence } from './engine-bench.ts'

let bench: Bench
let pokes: number
beforeEach(() => {
  bench = new Bench()
  pokes = 0
  bench.poke = () => pokes++
})
afterEach(() => bench.end())

const serialOf = async (id: string): Promise<string> => {
  const [row] = await bench.rows(`select serial from attempt where subject_id = '${id}' and open = 1`)
  return String(row?.['serial'])
}
/** Whose call was asked about since the last look. */
function asked(): string[] {
  const serials = bench.calls.filter((call) => call.how === 'ask').map((call) => call.mark.serial)
  bench.calls.length = 0
  return serials
}

describe('a pushed message', () => {
  it('about a call in doubt brings its question forward and no other, and is believed in nothing', async () => {
    const [first, other] = [await bench.payment(), await bench.payment()]
    await bench.pass(3 * minute)
    asked()
    const serial = await serialOf(first)
    await bench.pass(second)
    expect(asked()).toEqual([])
    await bench.engine.hint('a', 'credit', serial)
    expect(pokes).toBeGreaterThan(0)
    await bench.pass(0)
    expect(asked()).toEqual([serial])
    expect(await bench.subject(first)).toMatchObject({ state: 'opening', recheck: false })
    const hints = await bench.rows('select subject_id, hint_at from attempt order by hint_at')
    expect(hints).toEqual([
      { subject_id: other, hint_at: null },
      { subject_id: first, hint_at: bench.nowMs },
    ])
  })

  it('that comes again and again makes one question each second and no more', async () => {
    const id = await bench.payment()
    await bench.pass(3 * minute)
    asked()
    const serial = await serialOf(id)
    for (let at = 0; at < 40; at++) {
      await bench.engine.hint('a', 'credit', serial)
      await bench.pass(second / 4)
    }
    expect(asked().length).toBeLessThanOrEqual(11)
  })

  it('about a lock that stands makes the bank be asked how it stands; its answer counts', async () => {
    bench.answers(done(), done())
    const [first, other] = [await bench.payment(), await bench.payment()]
    const [{ serial } = { serial: '' }] = bench.sends('lock').map((call) => call.mark)
    bench.calls.length = 0
    bench.answers(done({ stands: 'expired' }))
    await bench.engine.hint('a', 'credit', serial)
    expect(await bench.subject(first)).toMatchObject({ state: 'held', recheck: true })
    expect(await bench.rows(`select subject_id, actor, at from journal where event = 'hint'`)).toEqual([
      { subject_id: first, actor: 'bank', at: bench.nowMs },
    ])
    await bench.pass(0)
    expect(asked()).toEqual([serial])
    expect([await bench.state(first), await bench.state(other)]).toEqual(['expired', 'held'])
  })

  it('about a lock that stands after all holds nothing up; one that stays unanswered is asked about again', async () => {
    bench.answers(done())
    const id = await bench.payment()
    const [{ serial } = { serial: '' }] = bench.sends('lock').map((call) => call.mark)
    bench.answers(done({ stands: 'held' }))
    await bench.engine.hint('a', 'credit', serial)
    await bench.pass(0)
    expect(await bench.subject(id)).toMatchObject({ state: 'held', recheck: false, notBeforeMs: 0 })
    await bench.engine.hint('a', 'credit', serial)
    pokes = 0
    await bench.engine.hint('a', 'credit', serial)
    expect(pokes).toBe(1)
    await bench.pass(0)
    expect(await bench.subject(id)).toMatchObject({ recheck: true, notBeforeMs: bench.nowMs + 30 * second })
  })

  it('about a lock that is being asked about already changes nothing', async () => {
    bench.answers(done())
    const id = await bench.payment()
    const [{ serial } = { serial: '' }] = bench.sends('lock').map((call) => call.mark)
    await bench.engine.hint('a', 'credit', serial)
    await bench.engine.hint('a', 'credit', serial)
    expect((await bench.events(id)).filter((event) => event === 'hint')).toHaveLength(1)
  })

  it('about something that is over, of another institution or unknown wakes nobody', async () => {
    bench.answers({ is: 'refused', code: 'X' })
    await bench.payment()
    const [{ serial: over } = { serial: '' }] = bench.sends('lock').map((call) => call.mark)
    bench.answers(silence)
    const doubtful = await serialOf(await bench.payment())
    await bench.pass(3 * minute)
    const before = await bench.rows('select * from wake order by subject_id')
    await bench.engine.hint('a', 'credit', over)
    await bench.engine.hint('b', 'credit', doubtful)
    await bench.engine.hint('a', 'credit', 'L20261121JC01XXXXXXXXXXXX')
    expect(await bench.rows('select * from wake order by subject_id')).toEqual(before)
    expect(await bench.rows(`select id from attempt where hint_at is not null`)).toEqual([])
    expect(await bench.rows(`select event from journal where event = 'hint'`)).toEqual([])
  })
})
