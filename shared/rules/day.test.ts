import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  dayOf,
  dayStart,
  formatClock,
  formatDate,
  formatDay,
  formatInstant,
  formatSpan,
  formatWeekday,
  instantOf,
  isoInstant,
  nearDay,
  startOfDay,
  timeOf,
  timeOnDay,
} from './day.ts'

/** 2026-11-22 00:00:00 in Shanghai. */
const midnightMs = Date.UTC(2026, 10, 21, 16, 0, 0)
const anyInstant = fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) })

describe('a day in Shanghai', () => {
  it('begins at midnight there, eight hours before midnight in Greenwich', () => {
    expect(dayOf(midnightMs - 1)).toBe('20261121')
    expect(timeOf(midnightMs - 1)).toBe('235959')
    expect(dayOf(midnightMs)).toBe('20261122')
    expect(timeOf(midnightMs)).toBe('000000')
    expect(startOfDay(midnightMs)).toBe(midnightMs)
    expect(startOfDay(midnightMs - 1)).toBe(midnightMs - 86_400_000)
  })

  it('turns the year at midnight there', () => {
    expect(dayOf(Date.UTC(2026, 11, 31, 16))).toBe('20270101')
    expect(dayOf(Date.UTC(2026, 11, 31, 15, 59, 59, 999))).toBe('20261231')
  })

  it('has its evening hours, and 24:00 is the next midnight', () => {
    expect(timeOf(timeOnDay(midnightMs - 1, 23, 30))).toBe('233000')
    expect(dayOf(timeOnDay(midnightMs - 1, 23, 30))).toBe('20261121')
    expect(timeOnDay(midnightMs - 1, 24, 0)).toBe(midnightMs)
  })

  it('holds every instant from its start to the next start', () => {
    fc.assert(
      fc.property(anyInstant, (atMs) => {
        const start = startOfDay(atMs)
        return start <= atMs && atMs - start < 86_400_000 && timeOf(start) === '000000' && dayOf(start) === dayOf(atMs)
      }),
    )
  })
})

describe('an instant as the bank writes it', () => {
  it('goes there and back to the second', () => {
    fc.assert(fc.property(anyInstant, (atMs) => instantOf(`${dayOf(atMs)}${timeOf(atMs)}`) === atMs - (atMs % 1_000)))
  })

  it.each(['', '20261121', '2026112119300', '202611211930000', '2026-11-21 19:30', '20261121193O00'])(
    '%j is no instant',
    (text) => {
      expect(instantOf(text)).toBeUndefined()
    },
  )

  it.each(['20261301000000', '20260230120000', '20261121126100', '00000000000000'])(
    '%s has the form but is no instant of the calendar',
    (text) => {
      expect(instantOf(text)).toBeUndefined()
    },
  )
})

describe('a time for people', () => {
  it('says today, or the date', () => {
    expect(formatInstant(midnightMs - 1, midnightMs - 3_600_000)).toBe('今天 23:59')
    expect(formatInstant(midnightMs - 1, midnightMs)).toBe('11月21日 23:59')
  })

  it('says the hour, the weekday and the date there', () => {
    expect(formatClock(midnightMs - 1)).toBe('23:59')
    expect(formatClock(midnightMs)).toBe('00:00')
    expect(formatWeekday(midnightMs - 1)).toBe('周六')
    expect(formatWeekday(midnightMs)).toBe('周日')
    expect(formatDate(midnightMs - 1)).toBe('11月21日 周六')
  })

  it('calls today and tomorrow by their names, and no other day', () => {
    const dayMs = 86_400_000
    expect([-1, 0, 1, 2].map((days) => nearDay(midnightMs + days * dayMs, midnightMs))).toEqual([
      undefined,
      '今天',
      '明天',
      undefined,
    ])
    expect(nearDay(midnightMs, midnightMs - 1)).toBe('明天')
  })

  it('says when to be there: the day once in every form that helps', () => {
    const from = timeOnDay(midnightMs, 13, 30)
    const until = timeOnDay(midnightMs, 14, 0)
    const dayMs = 86_400_000
    expect(formatSpan(from, until, midnightMs)).toBe('今天 13:30–14:00')
    expect(formatSpan(from, until, midnightMs - 1)).toBe('明天 11月22日 13:30–14:00')
    expect(formatSpan(from, until, midnightMs - 2 * dayMs)).toBe('11月22日 周日 13:30–14:00')
  })

  it('finds the first instant of a day, and none for another text', () => {
    expect(dayStart('20261122')).toBe(midnightMs)
    expect(dayStart('soon')).toBeUndefined()
  })

  it('says a day in full and leaves any other text alone', () => {
    expect(formatDay('20261205')).toBe('2026年12月5日')
    expect(formatDay('soon')).toBe('soon')
  })
})

it('writes an instant for HIS with Shanghai’s offset', () => {
  expect(isoInstant(Date.UTC(2026, 10, 21, 16, 0, 0, 5))).toBe('2026-11-22T00:00:00.005+08:00')
})
