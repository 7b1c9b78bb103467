import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sqliteStore } from '@paycare/bff/db/sqlite.ts'
import { violationsOf } from '../simulation/check.ts'
import { signUpResidents } from '../simulation/people.ts'
import { Seeded } from '../simulation/seeded.ts'
import { bundle, furnish } from './bundle.ts'
import { HisLoad } from './his-load.ts'
import { House, type Programs } from './house.ts'
import { comeToRest } from './rest.ts'

const hour = 3_600_000
const seed = 20261122
/** Acknowledged requests before the copy is made, and in the hour that is lost with it. */
const requests = { before: 60, lost: 160 }

const serials = (db: Database.Database, where: string): string[] =>
  (db.prepare(`select serial as s from ${where} order by serial`).all() as { s: string }[]).map(({ s }) => s)

describe('a database that is put back from a copy', () => {
  let folder: string
  let programs: Programs
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'paycare-restore-'))
    furnish(folder)
    programs = { main: bundle('bff/main.ts', folder, 'main'), adopt: bundle('bff/ops/adopt.ts', folder, 'adopt') }
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  async function acknowledged(load: HisLoad, count: number): Promise<void> {
    while (load.acknowledged < count) await sleep(20)
  }

  /** What the bank has of its own accord, as the database should have it. */
  function standing(house: House): Map<string, { state: string; confirmedFen: number }> {
    return new Map(house.sandbox.bank.locks().map((lock) => [lock.serial, lock]))
  }

  it('is not opened as it is, learns what the bank knows, and goes on with what HIS repeats', async () => {
    const random = new Seeded(seed)
    const house = await House.build(join(folder, 'house'), seed, programs)
    const residents = signUpResidents(house.sandbox, random, 60)
    house.sandbox.bank.faults.add({ api: '*', kind: 'DELAY', probability: 0.5, delayMs: 40 })
    const load = new HisLoad(house, residents, random)
    try {
      await house.start()
      load.keep(40)
      await acknowledged(load, requests.before)
      const copiedAtMs = house.now()
      const copy = join(house.folder, 'copy.sqlite')
      house.look((db) => db.exec(`vacuum into '${copy}'`))
      await acknowledged(load, requests.before + requests.lost)
      await house.kill()
      const tell = load.hold()
      // What the lost hour saw: all of it is forgotten now.
      const lost = house.look((db) => ({
        locks: serials(db, `attempt where step = 'lock'`).length,
        ended: serials(db, `attempt where step <> 'lock' and state = 'succeeded'`).length,
      }))
      for (const end of ['', '-wal', '-shm', '.lock']) rmSync(`${house.databaseFile}${end}`, { force: true })
      copyFileSync(copy, house.databaseFile)
      house.outage(hour)

      expect(await house.run('main')).toMatchObject({ code: 1, text: expect.stringContaining('has forgotten') })
      const adopted = await house.run('adopt')
      expect(adopted).toMatchObject({ code: 0, text: expect.stringContaining('"adopted"') })

      // Every lock of the bank is either known here and stands as it does there, or on a person's list.
      const locks = standing(house)
      const known = house.look((db) => new Set(serials(db, `attempt where step = 'lock'`)))
      const forgotten = [...locks].filter(([serial]) => !known.has(serial))
      const open = forgotten
        .filter(([, { state }]) => state === 'LOCKED' || state === 'CONFIRMED')
        .map(([serial]) => serial)
      const listed = (): string[] =>
        house.look((db) =>
          db
            .prepare(`select subject_id from work_item where kind = 'lostCall' and state = 'open' order by 1`)
            .pluck()
            .all()
            .map(String),
        )
      expect(listed()).toEqual(open.sort())
      const differing = house.look((db) =>
        (
          db
            .prepare(
              `select a.serial, p.state, p.paid_fen as paidFen from payment p join attempt a on a.subject_id = p.id and a.step = 'lock' and a.state = 'succeeded'`,
            )
            .all() as { serial: string; state: string; paidFen: number }[]
        ).filter(
          ({ serial, state, paidFen }) =>
            paidFen !== (locks.get(serial)?.confirmedFen ?? 0) ||
            (state === 'held') !== (locks.get(serial)?.state === 'LOCKED'),
        ),
      )
      expect(differing).toEqual([])

      await house.start()
      const repeated = load.sentSince(copiedAtMs - 60_000)
      expect(await load.repeat(repeated)).toEqual([])
      tell()
      await sleep(500)
      await house.kill()
      await comeToRest(house, load)
      const violations = await house.audit(async (connection) =>
        violationsOf({
          connection,
          store: sqliteStore(connection),
          sandbox: house.sandbox,
          wishes: load.actor.wishes,
          withoutCredit: load.actor.withoutCredit,
          // A copy forgets the numbers of its payments; what HIS wished for is compared instead.
          acknowledged: new Set(),
          identities: residents.flatMap((one) => [one.name, one.idNumber]),
          logText: house.logText,
        }),
      )
      const figures = { lost, forgottenLocks: forgotten.length, listed: open.length, repeated: repeated.length }
      process.stdout.write(`${JSON.stringify(figures)} ${/\{[^{]*"adopted"\}/.exec(adopted.text)?.[0] ?? ''}\n`)
      expect([...violations, ...load.actor.unexpected]).toEqual([])
      expect(listed()).toEqual([])
      expect(forgotten.length).toBeGreaterThanOrEqual(20)
    } finally {
      await house.close()
    }
  })
})
