import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sqliteStore } from '@paycare/bff/db/sqlite.ts'
import { violationsOf } from '../simulation/check.ts'
import { signUpResidents } from '../simulation/people.ts'
import { Seeded } from '../simulation/seeded.ts'
import { bundle, furnish } from './bundle.ts'
import { HisLoad } from './his-load.ts'
import { House, type Programs } from './house.ts'
import { comeToRest, cutOff, payments, resolvedByAsking } from './rest.ts'

const second = 1_000
const minute = 60 * second

/** Slow enough that calls are under way at any moment, and now and then as bad as banks are. */
function trouble(house: House): void {
  const { faults } = house.sandbox.bank
  faults.add({ api: '*', kind: 'DROP_BEFORE', probability: 0.01 })
  for (const api of ['lock', 'confirm', 'cancel'] as const) {
    faults.add({ api, kind: 'EXECUTE_THEN_DROP', probability: 0.01 })
    faults.add({ api, kind: 'QUERY_LAGS', probability: 0.03, lagMs: 20 * second })
    faults.add({ api, kind: 'DELAY', probability: 0.3, delayMs: 100 })
    faults.add({ api, kind: 'DELAY', probability: 0.5, delayMs: 300 })
    faults.add({ api, kind: 'DELAY', delayMs: 600 })
  }
}

describe('a process of the BFF that is killed again and again', () => {
  let folder: string
  let programs: Programs
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'paycare-kill-'))
    furnish(folder)
    const main = bundle('bff/main.ts', folder, 'main')
    programs = { main, adopt: main }
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  async function killed(seed: number, kills: number): Promise<{ house: House; load: HisLoad; violations: string[] }> {
    const random = new Seeded(seed)
    const house = await House.build(join(folder, `house-${seed}`), seed, programs)
    const residents = signUpResidents(house.sandbox, random, 60)
    trouble(house)
    const load = new HisLoad(house, residents, random)
    const moments = new Seeded(seed + 1)
    try {
      while (house.kills < kills) {
        // Mostly half a minute of outage: leases are over, a call may go again. Now and then so long that a call is concluded.
        house.outage(moments.chance(0.1) ? 11 * minute : moments.within(31, 60) * second)
        const started = house.start()
        load.keep(40)
        // One in ten dies while it starts.
        if (moments.chance(0.1)) await sleep(moments.within(0, 600))
        else if (await started) {
          // A busy machine is slow: the moment is some way into the work and not only into the time.
          await house.busy(moments.within(2, 6), 4_000)
          await sleep(moments.within(0, 40))
        }
        await house.kill()
      }
      await comeToRest(house, load)
      const violations = await house.audit(async (connection) =>
        violationsOf({
          connection,
          store: sqliteStore(connection),
          sandbox: house.sandbox,
          wishes: load.actor.wishes,
          withoutCredit: load.actor.withoutCredit,
          acknowledged: load.told,
          identities: residents.flatMap((one) => [one.name, one.idNumber]),
          logText: house.logText,
        }),
      )
      return { house, load, violations: [...violations, ...load.actor.unexpected, ...house.unexpected] }
    } finally {
      await house.close()
    }
  }

  it('a hundred times under load has lost and doubled nothing', async () => {
    const startedMs = Date.now()
    const [one, other] = await Promise.all([killed(20261121, 50), killed(7, 50)])
    const houses = [one.house, other.house]
    const sum = (of: (house: House) => number): number => houses.reduce((total, house) => total + of(house), 0)
    const figures = {
      kills: sum((house) => house.kills),
      inFlight: sum(cutOff),
      resolvedByAsking: sum(resolvedByAsking),
      payments: sum(payments),
      acknowledged: one.load.acknowledged + other.load.acknowledged,
      seconds: Math.round((Date.now() - startedMs) / 1_000),
    }
    process.stdout.write(`${JSON.stringify(figures)}\n`)
    expect([...one.violations, ...other.violations]).toEqual([])
    expect(figures.kills).toBeGreaterThanOrEqual(100)
    expect(figures.inFlight).toBeGreaterThanOrEqual(200)
    expect(figures.resolvedByAsking).toBeGreaterThanOrEqual(20)
  })
})
