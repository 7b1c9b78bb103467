import { expect, test } from 'vitest'
import { nextAskMs } from './schedule'

test('asks quickly at first, then every 15 seconds', () => {
  expect([0, 1, 2, 3, 4, 5, 60].map(nextAskMs)).toEqual([1000, 2000, 3000, 5000, 8000, 15_000, 15_000])
})
