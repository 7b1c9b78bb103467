import type { Order, PaymentBrief, VisitBrief, VisitTotals } from '@paycare/shared/contract'
import { expect, test } from 'vitest'
import { longest, markOf, noOrders, payerOf, paymentLines, priceLine, totalBars, visitIsLive } from './view'

const none: VisitTotals = {
  lockedFen: 0,
  paidFen: 0,
  releasedFen: 0,
  pendingFen: 0,
  otherWayFen: 0,
  refundedFen: 0,
  refundingFen: 0,
}
const payment: PaymentBrief = {
  id: 'p1',
  kind: 'hold',
  row: 'held',
  state: 'held',
  amountFen: 500,
  captureFen: 500,
  paidFen: 0,
  releasedFen: 0,
  refundedFen: 0,
  refundingFen: 0,
  reason: null,
}
const order = (...payments: PaymentBrief[]): Order => ({
  orderNo: 'O1',
  title: '血常规',
  orderedAtMs: 0,
  amountFen: 500,
  paidFen: 0,
  itemCount: 2,
  payments,
})

test('the mark of a visit', () => {
  expect(markOf({ inUse: true, role: 'own' })).toBe('信用就医')
  expect(markOf({ inUse: true, role: 'family' })).toBe('亲情付')
  expect(markOf({ inUse: false, role: null })).toBe('未使用信用就医')
})

test('a sharer reads 亲情付 and no name', () => {
  expect(payerOf({ inUse: true, role: 'family' })).toBe('亲情付')
})

test('totals leave out what is zero', () => {
  expect(totalBars(none)).toEqual([])
  expect(totalBars({ ...none, lockedFen: 3, otherWayFen: 9 }).map((bar) => bar.key)).toEqual(['locked', 'otherWay'])
  expect(longest(totalBars({ ...none, lockedFen: 3, otherWayFen: 9 }))).toBe(9)
})

test('an order that became dearer has a line per payment', () => {
  const lines = paymentLines([order(payment, { ...payment, id: 'p2', row: 'declined', state: 'declined' })], 0)
  expect(lines.map((line) => [line.paymentId, line.fen, line.state])).toEqual([
    ['p1', 500, '已锁定，未扣款'],
    ['p2', 500, '请用其他方式支付'],
  ])
})

test('a paid line shows what was taken, not what was locked', () => {
  const [line] = paymentLines(
    [order({ ...payment, row: 'partlyPaid', state: 'paid', paidFen: 300, releasedFen: 200 })],
    0,
  )
  expect(line?.fen).toBe(300)
})

test('price times quantity', () => {
  expect(priceLine({ unitPriceFen: 4820, unit: '盒', quantity: 3 })).toBe('¥48.20/盒 × 3')
  expect(priceLine({ unitPriceFen: 1, unit: '', quantity: 1.5 })).toBe('¥0.01 × 1.5')
})

test('a visit is live while it is open or something is under way', () => {
  const visit = (state: VisitBrief['state'], pendingFen: number): boolean =>
    visitIsLive({ state, totals: { ...none, pendingFen } })
  expect([visit('open', 0), visit('finished', 1), visit('finished', 0)]).toEqual([true, true, false])
})

test('a finished visit without orders waits for nothing', () => {
  expect(noOrders({ state: 'finished' })).not.toContain('还没有')
})
