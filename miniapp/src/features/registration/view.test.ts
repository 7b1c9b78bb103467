import type { PaymentBrief, Registration, RegistrationRow } from '@paycare/shared/contract'
import { registrationStates } from '@paycare/shared/text'
import { expect, test } from 'vitest'
import {
  cancelMoney,
  feeIsPaid,
  giveUpMoney,
  isAwaiting,
  isEnding,
  markOf,
  payerOf,
  registrationCard,
  registrationIsLive,
  registrationState,
  registrationSteps,
} from './view'

// 2026-11-21 10:00 in Shanghai.
const nowMs = Date.UTC(2026, 10, 21, 2)
const hour = 3_600_000
const payment: PaymentBrief = {
  id: 'p1',
  kind: 'hold',
  row: 'held',
  state: 'held',
  amountFen: 2200,
  captureFen: 2200,
  paidFen: 0,
  releasedFen: 0,
  refundedFen: 0,
  refundingFen: 0,
  reason: null,
}
const registration: Registration = {
  id: 'reg_1',
  row: 'done',
  appointment: {
    slotNo: 's1',
    department: '骨科',
    doctor: '梁国安',
    doctorTitle: '医师',
    place: '门诊楼二层',
    startsAtMs: nowMs + 4 * hour,
    endsAtMs: nowMs + 4.5 * hour,
    amountFen: 2200,
    cancelUntilMs: nowMs + 2 * hour,
  },
  pays: 'credit',
  role: 'own',
  openedAtMs: nowMs,
  payUntilMs: null,
  visitId: null,
  card: {
    id: 'c1',
    name: '林*',
    age: 68,
    relation: 'self',
    patientNoTail: '1234',
    institution: { id: 'h1', name: '成都市第一人民医院', phone: '028-85551234', hours: '' },
  },
  departmentNo: 'D1',
  payment: { ...payment, state: 'paid', row: 'paid', paidFen: 2200 },
  reason: null,
  reservedUntilMs: null,
  desk: null,
  credit: { isChosen: true, canChange: true },
  canCancel: false,
  cancelBlock: null,
  guide: {
    bookingNo: 'B1',
    queueNo: '12',
    place: '门诊楼二层',
    arriveFromMs: nowMs + 3.5 * hour,
    arriveUntilMs: nowMs + 4 * hour,
    notes: [],
  },
  serialTail: '6021',
  events: [{ atMs: nowMs, event: 'opened', amountFen: 2200 }],
  nowMs,
}
const rows = Object.keys(registrationStates) as RegistrationRow[]

test('a registration that stands says when to be there', () => {
  expect(registrationState(registration)).toMatchObject({ face: 'done', title: '挂号成功' })
  expect(registrationState(registration).next).toContain('今天 13:30–14:00')
})

test('an unpaid one is kept as long as it can be paid', () => {
  const unpaid: Registration = { ...registration, row: 'payAtDesk', pays: 'desk', reservedUntilMs: nowMs + hour }
  expect(registrationState(unpaid).when).toContain('今天 11:00')
  const open = { ...unpaid, desk: { url: 'https://desk.test', untilMs: nowMs + 2 * hour } }
  expect(registrationState(open).when).toContain('今天 12:00')
})

test('every row that waits for somebody keeps asking, and no other does', () => {
  const live = rows.filter((row) => registrationIsLive({ row }))
  const settled = rows.filter((row) => !registrationIsLive({ row }))
  expect(settled).toEqual(['done', 'doneAtDesk', 'slotGone', 'cancelled', 'cancelledPaid', 'lapsed', 'review'])
  expect(live.filter((row) => !isAwaiting({ row }))).toEqual(['declined', 'payAtDesk'])
  expect(rows.filter((row) => isEnding({ row }))).toEqual([
    'slotGone',
    'slotGoneReleasing',
    'cancelling',
    'cancelled',
    'cancellingPaid',
    'cancelledPaid',
    'lapsed',
  ])
})

test('the mark is the visit’s, the payer is the fee’s', () => {
  expect(markOf({ role: 'family' })).toBe('亲情付')
  expect(markOf({ role: null })).toBeUndefined()
  expect(payerOf({ pays: 'credit', role: 'family' })).toBe('亲情付')
  expect(payerOf({ pays: 'desk', role: 'own' })).toBe('其他支付方式')
})

test('the history ends with the way to the doctor, until that time has passed', () => {
  expect(registrationSteps(registration).at(-1)).toMatchObject({ state: 'next', at: '今天 13:30–14:00' })
  const later = { ...registration, nowMs: nowMs + 5 * hour }
  expect(registrationSteps(later).at(-1)).toMatchObject({ state: 'done' })
  const gone: Registration = { ...registration, row: 'cancelled' }
  expect(registrationSteps(gone).at(-1)).toMatchObject({ state: 'done' })
  expect(registrationSteps({ ...registration, row: 'lockDoubt', guide: null }).at(-1)).toMatchObject({ state: 'now' })
})

test('cancelling says what happens to the money', () => {
  expect(cancelMoney({ payment })).toContain('¥22.00 会释放，不会扣款')
  expect(cancelMoney({ payment: null })).toContain('不会产生费用')
  expect(cancelMoney({ payment: { ...payment, state: 'declined' } })).toContain('不会产生费用')
})

test('giving up credit leaves what was paid as it is', () => {
  expect(giveUpMoney(registration)).toContain('不变')
  expect(giveUpMoney({ payment })).toContain('释放')
  expect(giveUpMoney({ payment: null })).toBe('')
  expect(giveUpMoney({ payment: { ...payment, state: 'declined' } })).toBe('')
  expect(feeIsPaid({ row: 'doneAtDesk', payment: null })).toBe(true)
  expect(feeIsPaid({ row: 'payAtDesk', payment: null })).toBe(false)
})

test('a registration in a list', () => {
  expect(registrationCard(registration, nowMs)).toMatchObject({
    title: '骨科 · 梁国安',
    at: '今天 14:00–14:30',
    fen: 2200,
    mark: '信用就医',
    state: { face: 'done', text: '挂号成功' },
  })
})
