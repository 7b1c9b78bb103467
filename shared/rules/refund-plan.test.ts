import { expect, it } from 'vitest'
import { ageInDays, mayResend, nextRunAt, refundSource } from './refund-plan.ts'

/** 2026-11-21 in Shanghai. */
const at = (hour: number, minute = 0, day = 21): number => Date.UTC(2026, 10, day, hour - 8, minute)

it('today’s deduction comes from today’s receivable, an earlier one from the reserve where there is one', () => {
  expect(refundSource('20261121', at(23, 59), true)).toBe('today')
  expect(refundSource('20261121', at(0, 0, 22), true)).toBe('reserve')
  expect(refundSource('20261121', at(0, 0, 22), false)).toBe('receivable')
})

it('is sent again from the next day on the calendar of Shanghai, however late it was tried', () => {
  expect(mayResend(at(23, 59), at(23, 59))).toBe(false)
  expect(mayResend(at(0, 1), at(23, 59))).toBe(false)
  expect(mayResend(at(23, 59), at(0, 0, 22))).toBe(true)
})

it('counts whole days of the calendar', () => {
  expect([at(23, 59), at(0, 0, 22), at(23, 0, 24)].map((nowMs) => ageInDays(at(20), nowMs))).toEqual([0, 1, 3])
  expect(ageInDays(at(20), at(1))).toBe(0)
})

it('the next run is the earliest that is still to come, tomorrow’s first after today’s last', () => {
  const times = ['21:00', '16:00']
  expect(nextRunAt(times, at(8))).toBe(at(16))
  expect(nextRunAt(times, at(16))).toBe(at(21))
  expect(nextRunAt(times, at(16, 1))).toBe(at(21))
  expect(nextRunAt(times, at(21))).toBe(at(16, 0, 22))
})
