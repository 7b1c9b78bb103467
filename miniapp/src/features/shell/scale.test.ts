import { expect, test } from 'vitest'
import { scaleOf } from './scale'

test.each([
  [false, 1, 1],
  [true, 1, 1.3],
  [false, 1.4, 1.4],
  [true, 1.2, 1.3],
  [true, 2, 1.5],
])('长辈版 %s at system scale %s → %s', (elder, system, scale) => {
  expect(scaleOf(elder, system)).toBe(scale)
})
