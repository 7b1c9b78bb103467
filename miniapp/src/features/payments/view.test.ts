import type { HoldRow, PaymentDetail } from '@paycare/shared/contract'
import { expect, test } from 'vitest'
import { paymentAmounts, paymentIsLive, paymentState, paymentSteps, payerLine } from './view'

// 2026-11-21 20:00 and 23:30 in Shanghai.
const nowMs = Date.UTC(2026, 10, 21, 12)
const deductByMs = Date.UTC(2026, 10, 21, 15, 30)

const held: PaymentDetail = {
  id: 'p1',
  kind: 'hold',
  row: 'held',
  state: 'held',
  amountFen: 41260,
  captureFen: 41260,
  paidFen: 0,
  releasedFen: 0,
  refundedFen: 0,
  refundingFen: 0,
  reason: null,
  card: {
    id: 'c1',
    name: '林*',
    age: 68,
    relation: 'self',
    patientNoTail: '1234',
    institution: { id: 'h1', name: '成都市第一人民医院', phone: '028-85551234', hours: '' },
  },
  role: 'own',
  visitId: 'v1',
  registrationId: null,
  department: '心内科',
  doctor: '王建国',
  orderTitle: '血常规',
  serialTail: null,
  openedAtMs: nowMs,
  acctDate: null,
  repayBy: null,
  deductByMs,
  events: [{ atMs: nowMs, event: 'locked', amountFen: 41260 }],
}

test('locked is not paid: the waiting face, no tick, and until when', () => {
  const text = paymentState(held, nowMs)
  expect(text.face).toBe('waiting')
  expect(text.money).toBe('已锁定额度 ¥412.60，尚未扣款，最晚今晚 23:30 扣除')
})

test('a lock after 23:30 promises nothing but its end at midnight', () => {
  const late = { ...held, openedAtMs: deductByMs + 60_000 }
  const text = paymentState(late, late.openedAtMs)
  expect(text.money).toBe('已锁定额度 ¥412.60，尚未扣款')
  expect(text.next).toContain('到零点还没有扣除就会自动释放')
  expect(paymentSteps(late, late.openedAtMs).map((step) => step.key)).toEqual(['0'])
})

test('asks again while an answer is missing, and only then', () => {
  const live = (row: HoldRow): boolean => paymentIsLive({ row })
  expect(
    (['locking', 'lockDoubt', 'confirming', 'confirmDoubt', 'cancelling', 'cancelDoubt'] as const).every(live),
  ).toBe(true)
  expect((['held', 'paid', 'partlyPaid', 'released', 'declined', 'expired', 'review'] as const).some(live)).toBe(false)
})

test('amounts appear once they exist', () => {
  const labels = (payment: PaymentDetail): string[] => paymentAmounts(payment).map((row) => row.label)
  expect(labels(held)).toEqual(['开单金额', '已锁定'])
  expect(labels({ ...held, row: 'partlyPaid', state: 'paid', paidFen: 300, releasedFen: 40960 })).toEqual([
    '开单金额',
    '已扣除',
    '已释放',
  ])
})

test('the history ends with what is still to come', () => {
  expect(paymentSteps(held, nowMs).at(-1)).toMatchObject({ state: 'next', at: '最晚 今天 23:30' })
  expect(paymentSteps({ ...held, row: 'confirming' }, nowMs).at(-1)).toMatchObject({ state: 'now' })
  expect(paymentSteps({ ...held, row: 'paid' }, nowMs).at(-1)).toMatchObject({ state: 'done' })
})

test('a registration fee speaks of the registration, not of a visit that has not begun', () => {
  const fee: PaymentDetail = {
    ...held,
    visitId: null,
    registrationId: 'r1',
    events: [{ atMs: nowMs, event: 'opened', amountFen: 2200 }],
  }
  expect(paymentSteps(fee, nowMs)[0]?.title).toContain('挂号')
  expect(paymentSteps({ ...fee, registrationId: null }, nowMs)[0]?.title).toContain('医生开单')
  for (const row of ['held', 'declined', 'expired'] as const) {
    const { next, when } = paymentState({ ...fee, row }, nowMs)
    expect(`${next}${when}`).toMatch(/号/)
    expect(`${next}${when}`).not.toContain('就诊')
  }
})

test('a sharer reads 亲情付 only', () => {
  expect(payerLine({ role: 'family' })).toBe('亲情付')
  expect(paymentState({ ...held, row: 'paid', role: 'family' }, nowMs).next).not.toContain('还款日')
})
