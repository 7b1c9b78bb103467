import type { Home } from '@paycare/shared/contract'
import { expect, test } from 'vitest'
import { homeIsLive, nextViews } from './view'

const card: Home['card'] = {
  id: 'c1',
  name: '林*',
  age: 68,
  relation: 'self',
  patientNoTail: '1234',
  institution: { id: 'h1', name: '成都市第一人民医院', phone: '028-85551234', hours: '' },
}
// 2026-11-21 20:00 and 23:30 in Shanghai.
const nowMs = Date.UTC(2026, 10, 21, 12)
const byMs = Date.UTC(2026, 10, 21, 15, 30)

const home = (...next: Home['next']): Home => ({ card, next, nowMs })

test('each kind says what it is and leads to its page', () => {
  const views = nextViews(
    home(
      { kind: 'doubt', paymentId: 'p1', visitId: 'v1', amountFen: 1 },
      { kind: 'tonight', visitId: 'v1', amountFen: 41260, byMs },
      { kind: 'visitPaid', visitId: 'v2', department: '骨科', paidFen: 300 },
    ),
  )
  expect(views.map(({ face, note, fen, leadsTo }) => ({ face, note, fen, leadsTo }))).toEqual([
    { face: 'waiting', note: '请不要重复支付', fen: 1, leadsTo: { page: 'payment', paymentId: 'p1' } },
    { face: 'waiting', note: '最晚今晚 23:30', fen: 41260, leadsTo: { page: 'visit', visitId: 'v1' } },
    { face: 'done', note: '骨科', fen: 300, leadsTo: { page: 'visit', visitId: 'v2' } },
  ])
})

test('a registration says where to be and when, or until when it can be paid', () => {
  const views = nextViews(
    home(
      { kind: 'registrationDoubt', registrationId: 'r1', department: '骨科', amountFen: 2200 },
      { kind: 'registrationUnpaid', registrationId: 'r2', department: '骨科', amountFen: 2200, untilMs: byMs },
      {
        kind: 'registered',
        registrationId: 'r3',
        department: '骨科',
        doctor: '梁国安',
        place: '门诊楼二层',
        startsAtMs: byMs,
      },
    ),
  )
  expect(views.map(({ face, note, fen }) => ({ face, note, fen }))).toEqual([
    { face: 'waiting', note: '请不要重复挂号', fen: 2200 },
    { face: 'yourTurn', note: '骨科 · 今天 23:30 前支付', fen: 2200 },
    { face: 'done', note: '已挂号 · 梁国安 · 门诊楼二层', fen: null },
  ])
  expect(views[2]?.title).toBe('今天 23:30 骨科')
  expect(views.map(({ leadsTo }) => leadsTo)).toEqual(
    ['r1', 'r2', 'r3'].map((registrationId) => ({ page: 'registration', registrationId })),
  )
})

test('asks again only while an answer is missing', () => {
  expect(homeIsLive(home({ kind: 'doubt', paymentId: 'p1', visitId: 'v1', amountFen: 1 }))).toBe(true)
  const doubt = { kind: 'registrationDoubt', registrationId: 'r1', department: '骨科', amountFen: 1 } as const
  expect(homeIsLive(home(doubt))).toBe(true)
  expect(homeIsLive(home({ kind: 'tonight', visitId: 'v1', amountFen: 1, byMs }))).toBe(false)
})
