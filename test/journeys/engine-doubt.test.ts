import { ConstraintViolation } from '@paycare/bff/db/store.ts'
import { AimRefused } from '@paycare/bff/engine/index.ts'
import { move } from '@paycare/bff/engine/journal.ts'
import type { AskAnswer } from '@paycare/shared/rules'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Bench, done, minute, morningMs, notExecuted, notFound, refused, second, silence } from './engine-bench.ts'

let bench: Bench
beforeEach(() => {
  bench = new Bench()
})
afterEach(() => bench.end())

describe('doubt', () => {
  it('never becomes a refusal, however long it lasts, and a person is told once', async () => {
    const id = await bench.payment()
    await bench.pass(3 * 60 * minute)
    expect(await bench.subject(id)).toMatchObject({ state: 'opening', reasonCode: null })
    expect(await bench.rows('select state, open, doubt, sends from attempt')).toEqual([
      { state: 'sent', open: 1, doubt: 1, sends: 1 },
    ])
    expect(bench.sends('lock')).toHaveLength(1)
    const [{ id: attempt } = {}] = await bench.rows('select id from attempt')
    const item = { kind: 'unanswered', subject_id: id, evidence_hash: attempt, institution: 'a', state: 'open' }
    expect(await bench.rows('select kind, subject_id, evidence_hash, institution, state from work_item')).toEqual([
      item,
    ])
    const { billId } = await bench.subject(id)
    await expect(bench.opened(billId)).rejects.toBeInstanceOf(ConstraintViolation)
  })

  it('comes from a line that throws, too', async () => {
    bench.answers(() => {
      throw new Error('identity gone')
    })
    const id = await bench.payment()
    expect(await bench.rows('select state, doubt from attempt')).toEqual([{ state: 'sent', doubt: 1 }])
    expect(await bench.state(id)).toBe('opening')
  })

  it('is not cleared by a repeat that did not get through', async () => {
    bench.answers(silence, notFound, notFound, notFound, notExecuted)
    const id = await bench.payment()
    await bench.pass(30 * second)
    expect(bench.sends('lock')).toHaveLength(2)
    expect(await bench.rows('select state, doubt, absent_at from attempt')).toEqual([
      { state: 'sent', doubt: 1, absent_at: null },
    ])
    await bench.aim(id, 'gone')
    await bench.pass(9 * minute)
    expect(await bench.state(id)).toBe('opening')
    bench.answers(done({ stands: 'held' }), done())
    await bench.pass(minute)
    expect(bench.told().slice(-2)).toEqual(['ask lock', 'send cancel'])
    expect(await bench.state(id)).toBe('released')
  })

  it('does not exist when the only send surely did not get through: dropped at once when unwanted', async () => {
    bench.answers(notExecuted)
    const id = await bench.payment()
    await bench.aim(id, 'gone')
    expect(await bench.state(id)).toBe('released')
    expect(bench.told()).toEqual(['send lock'])
  })

  it('is not ended by a question that did not get through', async () => {
    bench.answers(silence, notExecuted, { is: 'accepted' }, notExecuted)
    await bench.payment()
    await bench.pass(5 * second)
    expect(await bench.rows('select state from attempt')).toEqual([{ state: 'sent' }])
    await bench.pass(minute)
    expect(await bench.rows('select state from attempt')).toEqual([{ state: 'accepted' }])
    expect(bench.sends('lock')).toHaveLength(1)
  })

  it('of an accepted call stays: silence afterwards takes nothing back', async () => {
    bench.answers({ is: 'accepted' }, silence)
    const id = await bench.payment()
    expect(await bench.rows('select state, doubt from attempt')).toEqual([{ state: 'accepted', doubt: 1 }])
    expect((await bench.events(id)).at(-1)).toBe('accepted')
    await bench.pass(2 * second)
    expect(bench.warnings).toEqual([])
    expect(bench.told()).toEqual(['send lock', 'ask lock'])
    expect(await bench.rows('select state, doubt from attempt')).toEqual([{ state: 'accepted', doubt: 1 }])
  })

  it('of a call that was lost with its process is there as soon as they never saw it', async () => {
    bench.answers(() => new Promise(() => undefined))
    const { lease } = await bench.stored()
    void bench.engine.work(lease)
    await expect.poll(() => bench.calls.length, { interval: 1 }).toBe(1)
    bench.restart()
    bench.answers(notFound)
    bench.nowMs += 30 * second - 1
    await bench.exec('update wake set lease_until = 0, due_at = 0')
    await bench.pass(0)
    const absent = { state: 'sent', doubt: 1, absent_at: bench.nowMs }
    expect(await bench.rows('select state, doubt, absent_at from attempt')).toEqual([absent])
  })

  it('of an accepted call is only asked about: “never saw it” proves nothing any more', async () => {
    const answers: AskAnswer[] = Array.from({ length: 30 }, () => notFound)
    bench.answers({ is: 'accepted' }, ...answers)
    const id = await bench.payment()
    await bench.pass(5 * minute)
    await bench.aim(id, 'gone')
    await bench.pass(15 * minute)
    expect(bench.sends('lock')).toHaveLength(1)
    expect(await bench.rows('select state, absent_at from attempt')).toEqual([{ state: 'accepted', absent_at: null }])
    bench.answers(done({ stands: 'held' }), done())
    await bench.pass(minute)
    expect(await bench.state(id)).toBe('released')
  })

  it.each(['released', 'expired'] as const)(
    'of a lock that the bank calls %s meanwhile ends there, not in a lock',
    async (stands) => {
      bench.answers(silence, done({ stands, amountFen: 1_000 }))
      const id = await bench.payment()
      await bench.pass(2 * second)
      expect(await bench.state(id)).toBe(stands)
      await bench.pass(60 * minute)
      expect(bench.told()).toEqual(['send lock', 'ask lock'])
    },
  )

  it('of a lock that the bank calls deducted, which nobody asked for, goes to a person', async () => {
    bench.answers(silence, done({ stands: 'paid', amountFen: 1_000 }))
    const id = await bench.payment()
    await bench.pass(2 * second)
    expect(await bench.subject(id)).toMatchObject({ state: 'review', paidFen: 0 })
    expect(await bench.items()).toEqual(['amountDiffers'])
  })
})

describe('what is wanted changes', () => {
  it('during a call: the new goal is kept and the answer is applied to it', async () => {
    let heard: unknown = 'nothing'
    bench.answers(
      async () => {
        const { lease } = await bench.store.run(() => bench.engine.aim(bench.payments[0] ?? '', 'paid', 'his', 700))
        heard = lease
        return done({ amountFen: 1_000 })
      },
      done({ amountFen: 700 }),
    )
    const id = await bench.payment()
    expect(heard).toBeUndefined()
    expect(await bench.subject(id)).toMatchObject({ state: 'paid', goal: 'paid', paidFen: 700 })
    expect(await bench.events(id)).toEqual([
      'opened',
      'begin:lock',
      'aim:paid',
      'done:lock',
      'begin:confirm',
      'done:confirm',
    ])
  })

  it('before the lock goes: all is locked, and less is confirmed', async () => {
    bench.answers(done(), done())
    const { id, lease } = await bench.stored()
    await bench.store.run(() => bench.engine.aim(id, 'paid', 'his', 700))
    await bench.engine.settleSoon([lease])
    expect(bench.calls.map((call) => call.content.amountFen)).toEqual([1_000, 700])
  })

  it('between a decision and its commit: the decision is thrown away and taken again', async () => {
    bench.answers(done(), done())
    const id = await bench.payment()
    bench.beforeCommits.push(() => bench.store.run(() => bench.engine.aim(id, 'gone', 'his')))
    await bench.aim(id, 'paid')
    expect(bench.told()).toEqual(['send lock', 'send cancel'])
    expect(await bench.state(id)).toBe('released')
  })

  it('between reading and storing an answer: both are kept', async () => {
    const { id, lease } = await bench.stored()
    bench.answers(done(), silence)
    const nothing = (): Promise<void> => Promise.resolve()
    bench.beforeCommits.push(nothing, () => bench.store.run(() => bench.engine.aim(id, 'paid', 'his', 700)))
    await bench.engine.settleSoon([lease])
    expect(await bench.subject(id)).toMatchObject({ state: 'held', goal: 'paid', captureFen: 700 })
    expect((await bench.events(id)).slice(0, 5)).toEqual([
      'opened',
      'begin:lock',
      'aim:paid',
      'done:lock',
      'begin:confirm',
    ])
    expect(bench.sends('confirm').map((call) => call.content.amountFen)).toEqual([700])
  })

  it.each([
    [7, 'held', []],
    [8, 'opening', ['advance failed']],
  ] as const)('%d times before an answer is stored: then it is %s', async (times, state, warnings) => {
    const { id, lease } = await bench.stored()
    bench.answers(done())
    bench.beforeCommits.push(() => Promise.resolve())
    for (let at = 0; at < times; at++) {
      bench.beforeCommits.push(async () => {
        const s = await bench.subject(id)
        const entry = { event: 'test', by: 'test', atMs: bench.nowMs }
        await bench.store.run(() => move({}, s, { captureFen: 900 - at }, entry))
      })
    }
    await bench.engine.settleSoon([lease])
    expect(await bench.state(id)).toBe(state)
    expect(bench.warnings).toEqual(warnings)
  })

  it('while the lock is in doubt, and the lock stands: it is cancelled', async () => {
    bench.answers(silence)
    const id = await bench.payment()
    await bench.aim(id, 'gone')
    expect(bench.told()).toEqual(['send lock'])
    bench.answers(done({ stands: 'held', amountFen: 1_000 }), done())
    await bench.pass(2 * second)
    expect(bench.told()).toEqual(['send lock', 'ask lock', 'send cancel'])
    expect(await bench.state(id)).toBe('released')
  })

  it('while the lock is in doubt, and the lock was never seen: over only 10 min after the send', async () => {
    bench.answers(silence, ...Array.from({ length: 40 }, () => notFound))
    const id = await bench.payment()
    await bench.aim(id, 'gone')
    await bench.pass(10 * minute - 1)
    expect(await bench.state(id)).toBe('opening')
    const { billId } = await bench.subject(id)
    await expect(bench.opened(billId)).rejects.toBeInstanceOf(ConstraintViolation)
    await bench.pass(minute)
    expect(await bench.state(id)).toBe('released')
    expect(new Set(bench.told())).toEqual(new Set(['send lock', 'ask lock']))
    expect(bench.sends('lock')).toHaveLength(1)
    expect(bench.calls.at(-1)?.atMs).toBeGreaterThanOrEqual(morningMs + 10 * minute)
  })

  it('while a confirm is in doubt: the confirm decides, and a deduction that nobody wants goes back', async () => {
    bench.answers(done(), silence, done({ amountFen: 1_000 }), done({ amountFen: 1_000 }))
    const id = await bench.payment()
    await bench.aim(id, 'paid')
    await bench.aim(id, 'gone')
    await bench.pass(minute)
    const back = { state: 'paid', goal: 'gone', paidFen: 1_000, refundingFen: 0, refundedFen: 1_000 }
    expect(await bench.subject(id)).toMatchObject(back)
    expect(bench.sends('cancel')).toEqual([])
    expect(bench.sends('refund')).toHaveLength(1)
    expect(await bench.items()).toEqual([])
  })

  it.each([
    ['paid', 'hold'],
    ['gone', 'hold'],
    ['gone', 'paid'],
  ] as const)('never backwards: %s cannot become %s', async (from, to) => {
    bench.answers(done())
    const id = await bench.payment()
    await bench.aim(id, from)
    const before = await bench.subject(id)
    await expect(bench.aim(id, to)).rejects.toBeInstanceOf(AimRefused)
    expect(await bench.subject(id)).toEqual(before)
  })

  it('never after the end, and never to another amount once an amount was given', async () => {
    bench.answers(done(), done({ amountFen: 900 }))
    const paid = await bench.payment()
    await bench.aim(paid, 'paid', 900)
    await expect(bench.aim(paid, 'gone')).rejects.toBeInstanceOf(AimRefused)
    bench.answers(done(), silence)
    const confirming = await bench.payment()
    await bench.aim(confirming, 'paid', 900)
    await expect(bench.aim(confirming, 'paid', 800)).rejects.toBeInstanceOf(AimRefused)
    expect(await bench.subject(confirming)).toMatchObject({ captureFen: 900, goal: 'paid' })
  })

  it('never to more than was locked, or to nothing', async () => {
    bench.answers(done())
    const id = await bench.payment()
    for (const captureFen of [1_001, 0, -1]) {
      await expect(bench.aim(id, 'paid', captureFen)).rejects.toMatchObject({ kind: 'check' })
    }
    expect(await bench.subject(id)).toMatchObject({ state: 'held', goal: 'hold', captureFen: 1_000 })
    expect(await bench.events(id)).toEqual(['opened', 'begin:lock', 'done:lock'])
  })

  it('not at all when the same is wanted twice', async () => {
    bench.answers(done(), silence)
    const id = await bench.payment()
    await bench.aim(id, 'paid', 900)
    const events = await bench.events(id)
    await bench.aim(id, 'paid', 900)
    expect(await bench.events(id)).toEqual(events)
    expect(bench.sends('confirm')).toHaveLength(1)
  })
})

describe('another amount than was asked for', () => {
  it('at the lock goes to a person and is never deducted', async () => {
    bench.answers(done({ amountFen: 999 }))
    const id = await bench.payment('paid')
    await bench.pass(60 * minute)
    expect(await bench.subject(id)).toMatchObject({ state: 'review', paidFen: 0 })
    expect(bench.told()).toEqual(['send lock'])
    expect(await bench.items()).toEqual(['amountDiffers'])
    const said = await bench.rows(`select amount_fen from journal where event like 'done_lock'`)
    expect(said, 'the journal says what the bank said').toEqual([{ amount_fen: 999 }])
  })

  it.each([
    ['at the confirm', [done(), done({ amountFen: 901 })]],
    ['when asked about the confirm', [done(), silence, done({ amountFen: 899 })]],
  ])('%s goes to a person and is not called paid', async (_, answers) => {
    bench.answers(...answers)
    const id = await bench.payment()
    await bench.aim(id, 'paid', 900)
    await bench.pass(minute)
    expect(await bench.subject(id)).toMatchObject({ state: 'review', paidFen: 0 })
    expect(await bench.items()).toEqual(['amountDiffers'])
    const { billId } = await bench.subject(id)
    await expect(bench.opened(billId)).rejects.toBeInstanceOf(ConstraintViolation)
  })
})

describe('a refusal against expectation', () => {
  /** A held lock whose confirm was refused once. */
  async function refusedConfirm(...then: AskAnswer[]): Promise<string> {
    bench.answers(done(), refused, ...then)
    const id = await bench.payment()
    await bench.aim(id, 'paid', 900)
    return id
  }

  it('of a confirm: the bank is asked how the lock stands before another confirm, which has a new serial', async () => {
    const id = await refusedConfirm(done({ stands: 'held' }), done({ amountFen: 900 }))
    expect(bench.told()).toEqual(['send lock', 'send confirm', 'ask lock'])
    expect(bench.calls[2]?.content).toEqual(bench.calls[0]?.content)
    expect(await bench.state(id)).toBe('held')
    await bench.pass(5 * minute)
    expect(bench.told()).toEqual(['send lock', 'send confirm', 'ask lock', 'send confirm'])
    expect(new Set(bench.sends('confirm').map((call) => call.mark.serial)).size).toBe(2)
    expect(bench.sends('confirm')[1]?.content.earlier.map(({ step }) => step)).toEqual(['lock'])
    expect(await bench.subject(id)).toMatchObject({ state: 'paid', paidFen: 900, refusals: 0 })
  })

  it('of a confirm that was made after all: what the bank says it deducted is what is paid', async () => {
    const id = await refusedConfirm(done({ stands: 'paid', amountFen: 900, acctDate: '20261121' }))
    await bench.pass(60 * minute)
    expect(await bench.subject(id)).toMatchObject({ state: 'paid', paidFen: 900, acctDate: '20261121' })
    expect(bench.sends('confirm')).toHaveLength(1)
    const observed = await bench.rows(`select amount_fen from journal where event = 'observed'`)
    expect(observed, 'the journal says what was deducted').toEqual([{ amount_fen: 900 }])
  })

  it.each([
    ['no amount', {}],
    ['more than was locked', { amountFen: 1_001 }],
    ['nothing', { amountFen: 0 }],
  ])('of a confirm that was made after all with %s goes to a person', async (_, said) => {
    const id = await refusedConfirm(done({ stands: 'paid', ...said }))
    expect(await bench.subject(id)).toMatchObject({ state: 'review', paidFen: 0 })
    expect(await bench.items()).toEqual(['amountDiffers'])
  })

  it.each(['expired', 'released'] as const)(
    'of a confirm whose lock is %s ends there, and nothing is tried again',
    async (stands) => {
      const id = await refusedConfirm(done({ stands }))
      await bench.pass(60 * minute)
      expect(await bench.subject(id)).toMatchObject({ state: stands, paidFen: 0 })
      expect(bench.sends('confirm')).toHaveLength(1)
    },
  )

  it.each([
    ['silence', silence],
    ['“never saw it”', notFound],
    ['“we have it”', { is: 'accepted' }],
    ['a refusal', refused],
    ['a success that does not say how it stands', done()],
  ] as const)(
    'whose recheck meets %s is asked about again, and no confirm goes before an answer',
    async (_, answer) => {
      const id = await refusedConfirm(answer, answer)
      await bench.pass(30 * second)
      expect(bench.told()).toEqual(['send lock', 'send confirm', 'ask lock', 'ask lock'])
      expect(await bench.state(id)).toBe('held')
    },
  )

  it('three times in a row is told to a person, and trying goes on', async () => {
    const again = [done({ stands: 'held' }), refused]
    const id = await refusedConfirm(...again, ...again, ...again, done({ stands: 'held' }), done())
    await bench.pass(14 * minute)
    expect(await bench.rows('select kind, evidence_hash from work_item')).toEqual([
      { kind: 'refusedAgain', evidence_hash: refused.is === 'refused' ? refused.code : '' },
    ])
    await bench.pass(20 * minute)
    expect(await bench.state(id)).toBe('paid')
  })

  it('whose recheck stays unanswered is told to a person, and is asked about ever more slowly', async () => {
    const id = await refusedConfirm(silence, silence, silence, silence, silence)
    await bench.pass(29 * second)
    expect(bench.told().filter((call) => call === 'ask lock')).toHaveLength(1)
    await bench.pass(3 * minute)
    expect(bench.told().filter((call) => call === 'ask lock')).toHaveLength(3)
    expect(await bench.items()).toEqual(['refusedAgain'])
    expect(await bench.state(id)).toBe('held')
  })

  it('whose recheck stays unanswered for hours is asked about once in 64 minutes in the end', async () => {
    await refusedConfirm()
    bench.calls.length = 0
    await bench.pass(5 * 60 * minute)
    const gaps = bench.calls.slice(1).map((call, at) => (call.atMs - (bench.calls[at]?.atMs ?? 0)) / second)
    expect(gaps.slice(0, 8)).toEqual([60, 120, 240, 480, 960, 1_920, 3_840, 3_840])
  })

  it('of a confirm whose lock stands: what the bank says of its end is kept, and a confirm goes after the pause', async () => {
    const endsMs = bench.nowMs + 600 * minute
    const id = await refusedConfirm(done({ stands: 'held', expiresAtMs: endsMs }))
    const known = { state: 'held', expiresAtMs: endsMs, recheck: false, notBeforeMs: bench.nowMs + 5 * minute }
    expect(await bench.subject(id)).toMatchObject(known)
    expect(await bench.subject(id)).toMatchObject({ refusals: 1, reasonCode: 'SBOX0004PL0107' })
  })

  it.each([
    [900, []],
    [1_000, ['amountDiffers']],
    [1, ['amountDiffers']],
  ] as const)(
    'of a confirm that was made after all over %d fen is paid, and told when it is not what was wanted: %o',
    async (amountFen, items) => {
      const id = await refusedConfirm(done({ stands: 'paid', amountFen }))
      expect(await bench.subject(id)).toMatchObject({ state: 'paid', paidFen: amountFen })
      expect(await bench.items()).toEqual(items)
    },
  )

  it('of a cancel: the lock is asked about, then cancelled again', async () => {
    bench.answers(done(), refused, done({ stands: 'held' }), done())
    const id = await bench.payment()
    await bench.aim(id, 'gone')
    expect(await bench.state(id)).toBe('held')
    await bench.pass(5 * minute)
    expect(bench.told()).toEqual(['send lock', 'send cancel', 'ask lock', 'send cancel'])
    expect(await bench.state(id)).toBe('released')
  })

  it('with an alarm calls a person at once', async () => {
    bench.answers({ is: 'refused', code: 'SBOX0004PL0111', alarm: true })
    await bench.payment()
    expect(await bench.items()).toEqual(['refusedAgain'])
  })
})
