import { describe, expect, it } from 'vitest'
import { bugs } from './bugs.ts'
import { edited, isCaught, sourceOf } from './plant.ts'

const minutes = 60_000
const args = ['--seed', '8', '--payments', '300', '--registrations', '150']

describe('a planted bug', () => {
  it.each(bugs.flatMap((bug) => bug.edits.map((edit) => [bug.name, edit] as const)))(
    'still has its place in the source: %s',
    (_, edit) => {
      expect(edited(sourceOf(edit), edit)).not.toBe(sourceOf(edit))
    },
  )

  it.each(bugs.map((bug) => [bug.name, bug] as const))(
    'turns the simulation red: %s',
    async (_, bug) => {
      const { caught, output } = await isCaught(bug, args)
      expect(caught, output).toBe(true)
    },
    4 * minutes,
  )

  it(
    'is what makes it red: the same run without one is green',
    async () => {
      const { output } = await isCaught(undefined, args)
      expect(output).toContain('violations: 0')
    },
    4 * minutes,
  )
})
