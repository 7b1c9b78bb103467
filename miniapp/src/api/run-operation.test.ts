import type { OperationAnswer } from '@paycare/shared/contract'
import { beforeEach, describe, expect, test } from 'vitest'
import { ApiFailure } from './failure'
import { operationStore, type KeptText } from './operation-store'
import { operationDesk, type OperationDesk } from './run-operation'
import type { StoredOperation } from './stored-operation'

const hourMs = 3_600_000
const said = { body: { cardId: 'c1', slotNo: 's1', pays: 'credit', amountFen: 1200 } } as const
const subject = 'slot s1 c1'
const refusal = new ApiFailure('refused', { code: 'SLOT_TAKEN', status: 409 })
const silence = new ApiFailure('unknown')

type Answer = { readonly id: string }

/** A device and a server, of which the test decides what they do next. */
class Bench {
  readonly texts = new Map<string, string>()
  readonly sent: StoredOperation[] = []
  readonly storedBeforeSending: (string | undefined)[] = []
  nowMs = 1_000_000
  offline = false
  answer: () => Promise<Answer> = () => Promise.resolve({ id: 'reg_1' })
  asked: () => Promise<OperationAnswer> = () => Promise.resolve({ found: false, registrationId: null, refundId: null })
  #keys = 0

  /** The app as it starts on this device: nothing but the device's storage is left of an earlier start. */
  start(): OperationDesk<Answer> {
    const storage: KeptText = {
      read: (key) => this.texts.get(key) ?? null,
      write: (key, value) => void this.texts.set(key, value),
      remove: (key) => void this.texts.delete(key),
    }
    return operationDesk({
      store: operationStore(storage, () => this.nowMs),
      nowMs: () => this.nowMs,
      newKey: () => Promise.resolve(`key${++this.#keys}`),
      isOffline: () => this.offline,
      say: (operation) => {
        this.storedBeforeSending.push(this.texts.get('operations'))
        this.sent.push(operation)
        return this.answer()
      },
      ask: () => this.asked(),
    })
  }
}

let bench: Bench
let desk: OperationDesk<Answer>
beforeEach(() => {
  bench = new Bench()
  desk = bench.start()
})

const register = () => desk.run('openRegistration', subject, said)

describe('saying it', () => {
  test('a success is final: the answer, and nothing left on the device', async () => {
    expect(await register()).toEqual({ is: 'done', answer: { id: 'reg_1' } })
    expect([...bench.texts]).toEqual([])
  })

  test('it is stored, with its key, before it is sent', async () => {
    await register()
    expect(bench.storedBeforeSending[0]).toContain('"id":"key1"')
  })

  test('a refusal is final', async () => {
    bench.answer = () => Promise.reject(refusal)
    expect(await register()).toEqual({ is: 'refused', failure: refusal })
    expect(desk.find(subject)).toBeUndefined()
  })

  test.each([
    ['no answer', silence],
    ['a connection that broke', new ApiFailure('offline')],
    ['a session that is over', new ApiFailure('refused', { status: 401 })],
    ['an error of the app itself', new Error('broken')],
  ])('%s leaves it open', async (_, failure) => {
    bench.answer = () => Promise.reject(failure)
    expect(await register()).toEqual({ is: 'open', opId: 'key1' })
    expect(desk.find(subject)).toMatchObject({ id: 'key1', said })
  })

  test('a device that knows it is offline sends and stores nothing', async () => {
    bench.offline = true
    expect(await register()).toEqual({ is: 'offline' })
    expect([bench.sent, [...bench.texts]]).toEqual([[], []])
  })

  test('a subject with an open question is not asked about a second one, even in other words', async () => {
    bench.answer = () => Promise.reject(silence)
    await register()
    const again = await desk.run('openRegistration', subject, { body: { ...said.body, pays: 'desk' } })
    expect(again).toEqual({ is: 'open', opId: 'key1' })
    expect(bench.sent).toHaveLength(1)
  })

  test('two taps at once send it once', async () => {
    const [first, second] = await Promise.all([register(), register()])
    expect([first.is, second]).toEqual(['done', { is: 'open', opId: 'key1' }])
    expect(bench.sent).toHaveLength(1)
  })

  test('another subject goes its own way', async () => {
    bench.answer = () => Promise.reject(silence)
    await register()
    bench.answer = () => Promise.resolve({ id: 'reg_2' })
    expect(await desk.run('openRegistration', 'slot s2 c1', said)).toMatchObject({ is: 'done' })
    expect(desk.find(subject)?.id).toBe('key1')
  })
})

describe('finding out what became of it', () => {
  beforeEach(async () => {
    bench.answer = () => Promise.reject(silence)
    await register()
    desk = bench.start()
  })

  test('the server has it: its number, and nothing is sent again', async () => {
    bench.asked = () => Promise.resolve({ found: true, registrationId: 'reg_9', refundId: null })
    expect(await desk.resolve('key1')).toEqual({ is: 'found', registrationId: 'reg_9' })
    expect(bench.sent).toHaveLength(1)
    expect(desk.find(subject)).toBeUndefined()
  })

  test('the server never saw it: the same key and the same words go again', async () => {
    bench.answer = () => Promise.resolve({ id: 'reg_3' })
    expect(await desk.resolve('key1')).toEqual({ is: 'found', registrationId: 'reg_3' })
    expect(bench.sent[1]).toEqual(bench.sent[0])
    expect(desk.find(subject)).toBeUndefined()
  })

  test('refused when it goes again: final', async () => {
    bench.answer = () => Promise.reject(refusal)
    expect(await desk.resolve('key1')).toEqual({ is: 'refused', failure: refusal })
    expect(desk.find(subject)).toBeUndefined()
  })

  test('silent again: still open', async () => {
    expect(await desk.resolve('key1')).toMatchObject({ is: 'open' })
    expect(desk.find(subject)?.id).toBe('key1')
  })

  test('the question itself goes unanswered: nothing is sent, and it stays open', async () => {
    bench.asked = () => Promise.reject(silence)
    expect(await desk.resolve('key1')).toEqual({ is: 'open', failure: silence })
    expect(bench.sent).toHaveLength(1)
  })

  test('after a day the device forgets; what the server never saw is gone', async () => {
    bench.nowMs += 24 * hourMs
    expect(desk.find(subject)).toBeUndefined()
    expect(await desk.resolve('key1')).toEqual({ is: 'gone' })
  })

  test('just before, it is still known', () => {
    bench.nowMs += 24 * hourMs - 1
    expect(desk.find(subject)?.id).toBe('key1')
  })

  test('signing out forgets it', () => {
    desk.forget()
    expect([...bench.texts]).toEqual([])
  })
})

test.each(['no json', '{}', '[{"id":1}]', '[{"id":"k","op":"steal","subject":"x","said":{},"createdAtMs":1}]'])(
  'what storage holds is checked: %s is no operation',
  (text) => {
    bench.texts.set('operations', text)
    expect(desk.find('x')).toBeUndefined()
  },
)
