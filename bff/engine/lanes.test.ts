import { expect, it } from 'vitest'
import { Lanes } from './lanes.ts'

it('a lane is as busy as many came in and did not leave yet', () => {
  const lanes = new Lanes()
  const busy: number[] = []
  const at = (lane: string, act: 'enter' | 'leave'): void => {
    lanes[act](lane)
    busy.push(lanes.busy(lane))
  }
  expect(lanes.busy('a')).toBe(0)
  for (const act of ['enter', 'enter', 'enter', 'leave', 'leave', 'leave', 'enter'] as const) at('a', act)
  expect(busy).toEqual([1, 2, 3, 2, 1, 0, 1])
  expect(lanes.busy('b')).toBe(0)
})
