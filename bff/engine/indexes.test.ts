import { beforeEach, describe, expect, it } from 'vitest'
import Database from 'better-sqlite3'
import { migrateSqlite } from '../db/migrate.ts'
import { storeNow, type Query, type Unit } from '../db/unit.ts'
import type { EngineContext } from './context.ts'
import { hint } from './hint.ts'

describe('what is looked up all the time', () => {
  let connection: Database.Database
  beforeEach(() => {
    connection = new Database(':memory:')
    migrateSqlite(connection)
  })

  function plan(sql: string): string {
    const rows = connection.prepare(`explain query plan ${sql.replaceAll(/:\w+/g, '1')}`).all() as { detail: string }[]
    return rows.map((row) => row.detail).join('\n')
  }

  const firstQuery = (unit: Unit<unknown>): Query => {
    const { value, done } = unit.next()
    if (done === true || value === undefined) throw new Error('the unit asks nothing')
    return value as Query
  }

  // A cast has an affinity of its own, and SQLite serves no comparison with it from an index over an expression.
  it('finds due wakes in the index, however many wakes there are', () => {
    const look = 'case when lease_until > 0 then lease_until else due_at end'
    const where = plan(`select subject_id from wake where lane = :lane and ${look} <= ${storeNow}`)
    expect(where).toContain('wake_look_of_lane (lane=? AND <expr><?)')
  })

  it('finds the call that a push names by its whole key', () => {
    const { statement } = firstQuery(hint({} as EngineContext, 'jc-first', 'credit', 'L1'))
    expect(plan(statement.sql)).toContain('attempt_serial (institution=? AND channel=? AND serial=?)')
  })
})
