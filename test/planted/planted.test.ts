import { beforeAll, describe, expect, it } from 'vitest'
import { bugs } from './bugs.ts'
import { edited, plantAll, sourceOf, type Planted } from './plant.ts'

const minutes = 60_000

describe('a planted bug', () => {
  it.each(bugs.flatMap((bug) => bug.edits.map((edit) => [bug.name, edit] as const)))(
    'still has its place in the source: %s',
    (_, edit) => {
      expect(edited(sourceOf(edit), edit)).not.toBe(sourceOf(edit))
    },
  )

  it('is one of a dozen and more, most of which the simulation alone must catch', () => {
    expect(bugs.length).toBeGreaterThanOrEqual(12)
    expect(bugs.filter((bug) => !bug.caughtBy).length).toBeGreaterThanOrEqual(8)
  })
})

describe('what must turn red', () => {
  let healthy: Planted | undefined
  let planted: Planted[]
  beforeAll(async () => {
    ;[healthy, ...planted] = await plantAll([undefined, ...bugs])
  }, 15 * minutes)

  it.each(bugs.map(({ name }, at) => [name, at] as const))('does: %s', (_, at) => {
    expect(planted[at]?.caught, planted[at]?.output).toBe(true)
  })

  it('is green without any', () => {
    expect(healthy?.output).toContain('violations: 0')
  })
})
