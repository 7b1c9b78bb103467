import { expect, it } from 'vitest'
import { RegistrationRow } from '../contract/registrations.ts'
import { isRegistrationUnderWay, registrationRow, type RegistrationRowFacts } from './registration-row.ts'

const base: RegistrationRowFacts = {
  state: 'reserved',
  goal: 'booked',
  pays: 'credit',
  payment: undefined,
  isDeclined: false,
  isHospitalSilent: false,
}
const row = (more: Partial<RegistrationRowFacts>): RegistrationRow => registrationRow({ ...base, ...more })

const silent = { isHospitalSilent: true } as const
const desk = { pays: 'desk' } as const
const rows: readonly (readonly [RegistrationRow, Partial<RegistrationRowFacts>])[] = [
  ['reserving', { state: 'reserving' }],
  ['reserveDoubt', { state: 'reserving', ...silent }],
  ['locking', {}],
  ['locking', { payment: 'locking' }],
  ['locking', { payment: 'declined' }],
  ['lockDoubt', { payment: 'lockDoubt' }],
  ['booking', { payment: 'held' }],
  ['bookDoubt', { payment: 'held', ...silent }],
  ['confirming', { state: 'booked', payment: 'held' }],
  ['confirming', { state: 'booked', payment: 'confirming' }],
  ['confirmDoubt', { state: 'booked', payment: 'confirmDoubt' }],
  ['posting', { state: 'booked', payment: 'paid' }],
  ['posting', { state: 'booked', payment: 'partlyPaid' }],
  ['done', { state: 'settled', payment: 'paid' }],
  ['payAtDesk', desk],
  ['declined', { ...desk, isDeclined: true }],
  ['doneAtDesk', { ...desk, state: 'settled' }],
  ['slotGone', { state: 'slotGone' }],
  ['slotGone', { state: 'slotGone', payment: 'released' }],
  ['slotGoneReleasing', { state: 'slotGone', payment: 'held' }],
  ['slotGoneReleasing', { state: 'slotGone', payment: 'cancelDoubt' }],
  ['cancelling', { goal: 'gone', payment: 'held' }],
  ['cancelled', { state: 'cancelled', goal: 'gone' }],
  ['cancellingPaid', { state: 'settled', goal: 'gone', payment: 'paid' }],
  ['cancellingPaid', { state: 'booked', goal: 'gone', payment: 'paid' }],
  ['cancelledPaid', { state: 'cancelled', goal: 'gone', payment: 'paid' }],
  ['lapsed', { state: 'lapsed', ...desk }],
  ['review', { state: 'booked', payment: 'review' }],
  ['review', { payment: 'review' }],
]

it.each(rows)('%s of %o', (expected, more) => expect(row(more)).toBe(expected))

it('every row can be reached', () => {
  expect(new Set(rows.map(([name]) => name))).toEqual(new Set(RegistrationRow.options))
})

it('somebody’s answer is missing in these rows, and the patient waits', () => {
  const waiting = rows.map(([name]) => name).filter(isRegistrationUnderWay)
  const slot = [
    'reserving',
    'reserveDoubt',
    'booking',
    'bookDoubt',
    'posting',
    'slotGoneReleasing',
    'cancelling',
    'cancellingPaid',
  ]
  const money = ['locking', 'lockDoubt', 'confirming', 'confirmDoubt']
  expect(new Set(waiting)).toEqual(new Set([...slot, ...money]))
})
