import { describe, expect, it } from 'vitest'
import { createVirtualClock } from './clock.ts'
import { endOfDay, parseTimestamp, timestamp } from './day.ts'
import { typedFen, yuan } from './markup.ts'
import { seededRandom, uuidFrom } from './random.ts'

describe('virtual clock', () => {
  it('follows its base, can be set, moved on and stopped', () => {
    let baseMs = 1_000
    const clock = createVirtualClock({ now: () => baseMs })
    expect(clock.now()).toBe(1_000)
    clock.set(50_000)
    baseMs += 10
    expect(clock.now()).toBe(50_010)
    clock.freeze()
    baseMs += 10
    clock.advance(5)
    expect(clock.now()).toBe(50_015)
    clock.thaw()
    baseMs += 1
    expect(clock.now()).toBe(50_016)
  })
})

describe('days in Shanghai', () => {
  it('end at 24:00 there, whatever the hour elsewhere', () => {
    const lateEvening = Date.UTC(2026, 10, 21, 15, 59, 59)
    expect(timestamp(lateEvening)).toBe('2026-11-21 23:59:59')
    expect(endOfDay(lateEvening)).toBe(lateEvening + 1_000)
    expect(endOfDay(lateEvening + 1_000)).toBe(lateEvening + 1_000 + 86_400_000)
    expect(parseTimestamp('2026-11-21 23:59:59')).toBe(lateEvening)
    expect(parseTimestamp('2026-13-41 00:00:00')).toBeNull()
  })
})

describe('seeded randomness and typed money', () => {
  it('repeat themselves', () => {
    expect(uuidFrom(seededRandom('a'))).toBe(uuidFrom(seededRandom('a')))
    expect(uuidFrom(seededRandom('a'))).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(seededRandom('a').next()).toBeLessThan(1)
  })

  it.each([
    ['12.5', 1250],
    ['¥1,200', 120_000],
    ['0.01', 1],
    ['1.234', null],
    ['-1', null],
    ['', null],
  ])('reads %s', (text, fen) => {
    expect(typedFen(text)).toBe(fen)
  })

  it.each([
    [1, '¥0.01'],
    [12_345_678, '¥123,456.78'],
    [100_000, '¥1,000.00'],
  ])('writes %i fen', (fen, text) => {
    expect(yuan(fen)).toBe(text)
  })
})
