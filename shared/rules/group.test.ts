import { expect, it } from 'vitest'
import { groupBy } from './group.ts'

it('groups keep the order of first appearance, and what is in them the order of the list', () => {
  const groups = groupBy(['b1', 'a1', 'b2', 'a2', 'b3'], (one) => one.charAt(0))
  expect([...groups]).toEqual([
    ['b', ['b1', 'b2', 'b3']],
    ['a', ['a1', 'a2']],
  ])
  expect([...groupBy([], String)]).toEqual([])
})
