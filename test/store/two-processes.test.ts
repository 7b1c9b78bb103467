import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PostgresServer } from './postgres-server.ts'
import { claimAll } from './two-processes.ts'

const minutes = 60_000
const tell = (line: string): void => void process.stdout.write(`${line}\n`)

let server: PostgresServer
beforeAll(async () => {
  server = await PostgresServer.start()
})
afterAll(() => server.stop())

describe('two processes on one PostgreSQL', () => {
  it(
    'claim each of 100,000 wakes once, and give each back',
    async () => {
      const run = await claimAll(server, { wakes: 100_000, processes: 2, lanes: 16, workMs: 0 })
      tell(`two processes, no work: ${Math.round(run.perSecond)} wakes/s`)
      expect(run).toMatchObject({ duplicates: 0, wrongRows: 0 })
      expect(run.shares.reduce((sum, one) => sum + one, 0)).toBe(100_000)
      expect(Math.min(...run.shares)).toBeGreaterThan(10_000)
    },
    5 * minutes,
  )

  it(
    'do at least 1.3 times what one does, when what takes time is the counterparty',
    async () => {
      const plan = { wakes: 1_000, lanes: 1, workMs: 50 }
      const one = await claimAll(server, { ...plan, processes: 1 })
      const two = await claimAll(server, { ...plan, processes: 2 })
      const ratio = two.perSecond / one.perSecond
      tell(`one: ${Math.round(one.perSecond)} wakes/s, two: ${Math.round(two.perSecond)}, × ${ratio.toFixed(2)}`)
      expect([one.duplicates, two.duplicates]).toEqual([0, 0])
      expect(ratio).toBeGreaterThanOrEqual(1.3)
    },
    2 * minutes,
  )
})
