import { describe, expect, it } from 'vitest'
import { machines } from '@paycare/shared/rules'
import { Counts } from './counts.ts'
import { missing, wanted } from './coverage.ts'

const full = (): Counts => {
  const counts = new Counts()
  for (const { name, least } of wanted()) counts.add(name, least)
  counts.add('payments touched by a fault', counts.of('payments'))
  return counts
}

describe('the coverage matrix', () => {
  it('lacks nothing when every cell is full', () => {
    expect(missing(full())).toEqual([])
  })

  it.each(wanted().map(({ name, least }) => [name, least] as const))(
    'lacks a cell that is empty: %s',
    (name, least) => {
      const counts = full()
      counts.add(name, -least)
      expect(missing(counts)).toContain(`${name}: 0 of ${least}`)
    },
  )

  it('asks for a fault in three payments of ten', () => {
    const counts = full()
    counts.add('payments touched by a fault', -Math.ceil(counts.of('payments') * 0.71))
    expect(missing(counts)).toEqual(['payments touched by a fault: 0.29 of 0.30'])
  })

  it('has a row for every call of the state table, and an edge for every place where it may land', () => {
    const names = wanted().map((cell) => cell.name)
    for (const [step, { succeeded, refused }] of Object.entries(machines.hold.lands)) {
      expect(names).toContain(`call ${step} EXECUTE_THEN_DROP`)
      expect(names.filter((name) => name.endsWith(`→${succeeded} done:${step}`))).toHaveLength(1)
      const to = refused === 'recheck' ? 'held' : refused
      expect(names.filter((name) => name.endsWith(`→${to} refused:${step}`))).toHaveLength(1)
    }
  })
})
