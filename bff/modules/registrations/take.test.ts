import { describe, expect, it } from 'vitest'
import type { RegistrationAnswer } from '../../gateways/hospital/messages.ts'
import type { Registration } from './record.ts'
import { nextLookAt, taken } from './take.ts'

const base: Registration = {
  id: 'reg_1',
  institution: 'jc-first',
  accountId: 'acc_1',
  personId: 'per_1',
  patientNoSealed: '',
  billId: 'bill_1',
  slotNo: 'S1',
  sessionNo: 'SS1',
  departmentNo: 'D1',
  department: '骨科',
  doctor: '罗雪',
  doctorTitle: '主任医师',
  place: '2 楼',
  startsAtMs: 0,
  endsAtMs: 0,
  cancelUntilMs: 0,
  amountFen: 2200,
  openedAtMs: 0,
  agreementSealed: null,
  lookAtMs: 0,
  state: 'reserving',
  goal: 'booked',
  pays: 'credit',
  isChosen: true,
  role: 'own',
  paymentId: null,
  reservedUntilMs: null,
  deskUrl: null,
  deskUntilMs: null,
  guideJson: null,
  reasonCode: null,
  tries: 3,
  notBeforeMs: 9,
  visitId: null,
  version: 0,
}
const answer = (more: Partial<RegistrationAnswer>): RegistrationAnswer => ({
  state: 'reserved',
  payment: 'none',
  ...more,
})

describe('what the hospital says', () => {
  it('keeps the slot until a stated time, and its silence is over', () => {
    expect(taken(base, 'reserve', answer({ reservedUntil: 500 }))).toMatchObject({
      state: 'reserved',
      reservedUntilMs: 500,
      tries: 0,
      notBeforeMs: 0,
    })
  })

  it('a late answer never takes a state back', () => {
    const booked = { ...base, state: 'booked' } as const
    expect(taken(booked, 'reserve', answer({ state: 'reserved', reservedUntil: 500 })).state).toBe('booked')
    for (const state of ['slotGone', 'cancelled', 'lapsed'] as const) {
      expect(taken({ ...base, state }, 'book', answer({ state: 'booked', payment: 'creditPaid' }))).toEqual({})
    }
  })

  it('a slot that is lost under a lock is gone; an unpaid reservation at the desk has lapsed', () => {
    const held = { ...base, state: 'reserved' } as const
    expect(taken(held, 'book', answer({ state: 'lapsed' }))).toMatchObject({
      state: 'slotGone',
      reasonCode: 'SLOT_TAKEN',
    })
    expect(taken({ ...held, pays: 'desk' }, 'look', answer({ state: 'lapsed' })).state).toBe('lapsed')
    expect(taken({ ...held, goal: 'gone' }, 'cancel', answer({ state: 'lapsed' })).state).toBe('cancelled')
  })

  it('paid at the desk settles it there, whatever was wanted', () => {
    const paid = taken({ ...base, state: 'reserved' }, 'book', answer({ state: 'booked', payment: 'desk' }))
    expect(paid).toMatchObject({ state: 'settled', pays: 'desk' })
  })

  it('only the answer to a cancellation can refuse it', () => {
    const leaving = { ...base, state: 'booked', goal: 'gone' } as const
    expect(taken(leaving, 'book', answer({ state: 'booked', payment: 'credit' })).goal).toBeUndefined()
    expect(taken(leaving, 'cancel', answer({ state: 'booked', payment: 'credit', reason: 'STARTED' }))).toMatchObject({
      goal: 'booked',
      reasonCode: 'REGISTRATION_STARTED',
    })
  })

  it('asks again when the time of the desk is over, and never in a storm', () => {
    expect(nextLookAt(1_000_000, 100)).toBe(1_005_000)
    expect(nextLookAt(100, 1_000_000)).toBe(1_060_000)
    expect(nextLookAt(null, 1_000_000)).toBe(1_060_000)
  })
})
