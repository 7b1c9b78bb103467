import type { Schedule } from '@paycare/shared/contract'
import { expect, test } from 'vitest'
import { dateWords, doctorsOn, firstFreeDay, stripDays } from './schedule'

// 2026-11-21 10:00 in Shanghai.
const nowMs = Date.UTC(2026, 10, 21, 2)
const minute = 60_000
const slot = (slotNo: string, isFree: boolean) => ({
  slotNo,
  startsAtMs: nowMs + 30 * minute,
  endsAtMs: nowMs + 60 * minute,
  isFree,
})
const session = (sessionNo: string, day: string, leftCount: number) => ({
  sessionNo,
  day,
  period: 'am' as const,
  priceFen: 2200,
  leftCount,
  slots: [slot(`${sessionNo}-1`, leftCount > 0), slot(`${sessionNo}-2`, false)],
})
const dates: Pick<Schedule, 'days' | 'doctors'> = {
  days: [
    { day: '20261121', leftCount: 0 },
    { day: '20261122', leftCount: 3 },
    { day: '20261123', leftCount: 0 },
  ],
  doctors: [
    { doctorNo: 'd1', name: '周明远', title: '主任医师', skills: '', sessions: [session('s1', '20261121', 0)] },
    { doctorNo: 'd2', name: '梁国安', title: '医师', skills: '骨折', sessions: [session('s2', '20261122', 3)] },
    { doctorNo: 'd3', name: '何平', title: '医师', skills: '', sessions: [session('s3', '20261122', 0)] },
  ],
}

test('a day says its name, its date and what is left; a full day differs from one without a clinic', () => {
  expect(stripDays(dates, nowMs).map(({ name, date, note, empty }) => ({ name, date, note, empty }))).toEqual([
    { name: '今天', date: '11/21', note: '约满', empty: true },
    { name: '明天', date: '11/22', note: '余3', empty: false },
    { name: '周一', date: '11/23', note: '无号', empty: true },
  ])
  expect(stripDays(dates, nowMs)[1]?.spoken).toBe('明天 11月22日 周日，余 3')
})

test('a date in words', () => {
  expect(dateWords('20261123', nowMs)).toBe('11月23日 周一')
})

test('the first day with a free slot, if there is one', () => {
  expect(firstFreeDay(dates)).toBe('20261122')
  expect(firstFreeDay({ days: [{ day: '20261121', leftCount: 0 }] })).toBeUndefined()
})

test('doctors of the day, those with a free slot first', () => {
  const reversed = { doctors: dates.doctors.slice().sort((a, b) => b.doctorNo.localeCompare(a.doctorNo)) }
  expect(doctorsOn(reversed, '20261122', nowMs).map(({ name }) => name)).toEqual(['梁国安', '何平'])
  expect(doctorsOn(dates, '20261123', nowMs)).toEqual([])
})

test('a full time stays in the list and says that it is full, and a past one that it is past', () => {
  const [doctor] = doctorsOn(dates, '20261122', nowMs)
  expect(doctor?.skills).toBe('擅长：骨折')
  expect(doctor?.sessions[0]?.title).toBe('上午 余 3')
  expect(doctor?.sessions[0]?.slots.map(({ time, spoken, closed }) => ({ time, spoken, closed }))).toEqual([
    { time: '10:30', spoken: '梁国安 上午 10:30', closed: undefined },
    { time: '10:30', spoken: '梁国安 上午 10:30，约满', closed: '约满' },
  ])
  const [later] = doctorsOn(dates, '20261122', nowMs + 30 * minute)
  expect(later?.sessions[0]?.slots.map(({ closed }) => closed)).toEqual(['已过', '已过'])
})
