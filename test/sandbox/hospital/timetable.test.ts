import { describe, expect, it } from 'vitest'
import { createVirtualClock } from '../clock.ts'
import { departmentsOf } from './departments.ts'
import { SlotBook, type OpenSession } from './slot-book.ts'

const DAY_MS = 86_400_000
const NIGHT = Date.UTC(2026, 10, 21, 15, 30)
const nights = Array.from({ length: 20 }, (_, at) => NIGHT + at * DAY_MS)
const bookAt = (atMs: number, id: 'jc-first' | 'yulin' = 'jc-first') =>
  new SlotBook(departmentsOf[id], createVirtualClock({ now: () => atMs }))
const allSessions = (book: SlotBook): OpenSession[] => book.departments.flatMap((one) => book.sessions(one))

describe('departments', () => {
  it('are twelve and five, each with words, a place and doctors who are nobody else', () => {
    expect(departmentsOf['jc-first']).toHaveLength(12)
    expect(departmentsOf.yulin).toHaveLength(5)
    for (const { words, place, doctors } of Object.values(departmentsOf).flat()) {
      expect(words.length).toBeGreaterThanOrEqual(5)
      expect(place).not.toBe('')
      expect(doctors.length).toBeGreaterThanOrEqual(1)
    }
    for (const departments of Object.values(departmentsOf)) {
      const doctors = departments.flatMap((one) => one.doctors)
      expect(new Set(doctors.map((one) => one.doctorNo)).size).toBe(doctors.length)
      expect(new Set(doctors.map((one) => one.name)).size).toBe(doctors.length)
    }
    for (const { doctors } of departmentsOf['jc-first']) expect([2, 3, 4]).toContain(doctors.length)
  })

  it.each(['头', '眼', '胃', '膝盖', '咳嗽', '孩子发烧', '牙疼', '打疫苗'])('are found by “%s”', (word) => {
    const words = Object.values(departmentsOf)
      .flat()
      .flatMap((one) => one.words)
    expect(words).toContain(word)
  })
})

describe('the timetable', () => {
  it('is the same whenever it is asked for', () => {
    expect(allSessions(bookAt(NIGHT))).toEqual(allSessions(bookAt(NIGHT)))
    const both = bookAt(NIGHT).days().slice(2)
    const common = (book: SlotBook) => allSessions(book).filter(({ day }) => both.includes(day))
    expect(common(bookAt(NIGHT + DAY_MS))).toEqual(common(bookAt(NIGHT)))
  })

  it('has six to ten slots a session, of a quarter of an hour, at the price of the title', () => {
    const prices = { 主治医师: 1_000, 副主任医师: 2_200, 主任医师: 3_500 }
    const sessions = allSessions(bookAt(NIGHT))
    expect(new Set(sessions.map((one) => one.slots.length))).toEqual(new Set([6, 7, 8, 9, 10]))
    for (const { slots, doctor, priceFen, sessionNo } of sessions) {
      expect(priceFen).toBe(prices[doctor.title])
      for (const [at, slot] of slots.entries()) {
        expect(slot.endsAtMs - slot.startsAtMs).toBe(900_000)
        expect(slot.slotNo).toBe(`${sessionNo}-${String(at + 1).padStart(2, '0')}`)
      }
    }
    const [first] = sessions
    expect([first?.day, first?.period, first?.slots[0]?.startsAtMs]).toEqual([
      '20261122',
      'am',
      Date.UTC(2026, 10, 22, 0, 30),
    ])
  })

  it.each(['jc-first', 'yulin'] as const)(
    'leaves three slots free in every department of %s each morning, and some sessions full',
    (id) => {
      for (const night of nights) {
        const book = bookAt(night, id)
        const [, tomorrow] = book.days()
        for (const department of book.departments) {
          const left = book.sessions(department).filter(({ day }) => day === tomorrow)
          expect(left.reduce((sum, one) => sum + one.leftCount, 0)).toBeGreaterThanOrEqual(3)
        }
        expect(allSessions(book).some((one) => one.leftCount === 0)).toBe(true)
      }
    },
  )
})

describe('the days that can be booked', () => {
  it('are seven, from today on, without sessions that are over', () => {
    expect(bookAt(NIGHT).days()).toEqual([
      '20261121',
      '20261122',
      '20261123',
      '20261124',
      '20261125',
      '20261126',
      '20261127',
    ])
    expect(allSessions(bookAt(NIGHT)).some(({ day }) => day === '20261121')).toBe(false)
    expect(allSessions(bookAt(NIGHT - DAY_MS / 2)).some(({ day }) => day === '20261121')).toBe(true)
  })

  it('know a slot of the past, none of a day that is not open yet, and none that never was', () => {
    const [slot] = allSessions(bookAt(NIGHT))[0]?.slots ?? []
    const slotNo = slot?.slotNo ?? ''
    expect(bookAt(NIGHT).find(slotNo)?.slot).toEqual(slot)
    expect(bookAt(NIGHT + 30 * DAY_MS).find(slotNo)?.slot).toEqual(slot)
    expect(bookAt(NIGHT - 30 * DAY_MS).find(slotNo)).toBeNull()
    for (const wrong of [
      'D0101-20261122-am-00',
      'D0101-20261122-am-11',
      'D9901-20261122-am-01',
      'D0101-20269922-am-01',
      'x',
    ]) {
      expect(bookAt(NIGHT).find(wrong)).toBeNull()
    }
  })

  it('have no free slot that has begun', () => {
    const [slot] = allSessions(bookAt(NIGHT))[0]?.slots.filter((one) => !one.isTakenElsewhere) ?? []
    if (!slot) throw new Error('no free slot')
    expect(bookAt(slot.startsAtMs - 1).isFree(slot)).toBe(true)
    expect(bookAt(slot.startsAtMs).isFree(slot)).toBe(false)
  })
})

describe('a hold', () => {
  it('ends on time, belongs to one registration, and is released by nobody else', () => {
    const clock = createVirtualClock({ now: () => NIGHT })
    const book = new SlotBook(departmentsOf.yulin, clock)
    const slot = allSessions(book)[0]?.slots.find((one) => book.isFree(one))
    if (!slot) throw new Error('no free slot')
    book.hold(slot, 'a', NIGHT + 1_000)
    book.release(slot, 'b')
    expect(book.isFree(slot)).toBe(false)
    clock.advance(1_000)
    expect(book.isFree(slot)).toBe(true)
    book.hold(slot, 'b', null)
    book.release(slot, 'a')
    expect(book.isFree(slot)).toBe(false)
    book.release(slot, 'b')
    expect(book.isFree(slot)).toBe(true)
  })
})
