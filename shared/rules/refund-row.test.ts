import { expect, it } from 'vitest'
import { RefundRow } from '../contract/refunds.ts'
import { refundRow, type RefundRowFacts } from './refund-row.ts'

const row = (more: Partial<RefundRowFacts>): RefundRow =>
  refundRow({ state: 'asked', isHospitalSilent: false, legs: [], ...more })

const rows: readonly (readonly [RefundRow, Partial<RefundRowFacts>])[] = [
  ['asked', {}],
  ['askDoubt', { isHospitalSilent: true }],
  ['approving', { state: 'approving', isHospitalSilent: true }],
  ['declined', { state: 'declined' }],
  ['withdrawn', { state: 'withdrawn' }],
  ['running', { state: 'accepted', legs: ['done', 'doing', 'waiting'] }],
  ['running', { state: 'accepted', legs: ['done'] }],
  ['runningDoubt', { state: 'accepted', legs: ['doing', 'doubt', 'waiting'] }],
  ['waiting', { state: 'accepted', legs: ['done', 'waiting', 'refused'] }],
  ['review', { state: 'accepted', legs: ['doubt', 'review'] }],
  ['done', { state: 'done', legs: ['done', 'done'] }],
  ['partlyDone', { state: 'done', legs: ['refused', 'done'] }],
  ['failed', { state: 'done', legs: ['refused', 'refused'] }],
]

it.each(rows)('%s', (name, facts) => {
  expect(row(facts)).toBe(name)
})

it('every row of the page can be reached', () => {
  expect(new Set(rows.map(([name]) => name))).toEqual(new Set(RefundRow.options))
})
