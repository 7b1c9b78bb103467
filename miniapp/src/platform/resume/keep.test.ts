import { beforeEach, expect, test } from 'vitest'
import type { Place } from '../../routes'
import { resumeWith, type Resume } from './keep'

const minuteMs = 60_000
const place: Place = { route: 'checkout', params: { slotNo: 's1' } }
const isPlace = (value: unknown): value is Place => JSON.stringify(value) === JSON.stringify(place)

const texts = new Map<string, string>()
let nowMs = 0
let resume: Resume
beforeEach(() => {
  texts.clear()
  nowMs = 1_000_000
  const storage = {
    read: (key: string) => texts.get(key) ?? null,
    write: (key: string, value: string) => void texts.set(key, value),
    remove: (key: string) => void texts.delete(key),
  }
  resume = resumeWith({ storage, nowMs: () => nowMs, isPlace })
})

test('a kept page is taken once', () => {
  resume.save(place)
  expect([resume.peek(), resume.take(), resume.take()]).toEqual([place, place, undefined])
})

test.each([
  [30 * minuteMs - 1, place],
  [30 * minuteMs, undefined],
  [-1, undefined],
])('after %s ms it is %o', (passedMs, kept) => {
  resume.save(place)
  nowMs += passedMs
  expect(resume.peek()).toEqual(kept)
})

test.each(['no json', '7', '{"place":{"route":"steal"},"savedAtMs":1000000}'])('%s is no page', (text) => {
  texts.set('resume', text)
  expect(resume.take()).toBeUndefined()
})

test('forgotten is gone', () => {
  resume.save(place)
  resume.forget()
  expect(texts.size).toBe(0)
})
