import { expect, test } from 'vitest'
import { pathOf } from './path-of'

test('fills parameters', () => {
  expect(pathOf('readVisitFees', { params: { visitId: 'a/b' } })).toBe('/api/visits/a%2Fb/fees')
})

test('adds the query', () => {
  expect(pathOf('listVisits', { query: { cardId: 'c 1', filter: 'open' } })).toBe(
    '/api/visits?cardId=c%201&filter=open',
  )
})
