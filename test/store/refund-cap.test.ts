import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp } from '@paycare/bff/app.ts'
import { buildContext, type AppContext } from '@paycare/bff/context.ts'
import type { Store } from '@paycare/bff/db/store.ts'
import { integer } from '@paycare/bff/db/unit.ts'
import { Refusal } from '@paycare/bff/http/refusal.ts'
import { askForHospital } from '@paycare/bff/modules/refunds/his.ts'
import { passThrough } from '@paycare/bff/ports/native.ts'
import { systemRandom } from '@paycare/bff/ports/system.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sqliteIn } from '../journeys/engine-bench.ts'
import { generateSandboxKeys, type SandboxKeys } from '../sandbox/index.ts'
import { noneProfile } from '../simulation/none-profile.ts'
import { configFor, secretsFor } from '../world/settings.ts'
import { TestClock } from '../world/test-clock.ts'
import { morningMs } from '../world/world.ts'
import { PostgresServer } from './postgres-server.ts'
import { exec, migrated, postgresAt, rows, silentLog } from './stores.ts'

/** Twice 600 of one item of 700 is too much for the item, though not for the payment; 700 of each of two is too much for what was paid. */
const paidFen = 1_300
const itemFen = 700
const sameFen = 600
/** Races that are under way at once. */
const lanes = 5

/** A whole BFF over this store, whose bank cannot be reached: what is decided is stored, and stays under way. */
function process(store: Store, keys: SandboxKeys, secrets: ReturnType<typeof secretsFor>): AppContext {
  const nowhere = 'http://127.0.0.1:1'
  const at = { bff: nowhere, bank: nowhere, pages: nowhere, hospital: nowhere, wechat: nowhere }
  const x = buildContext(configFor(keys, at, ':memory:'), secrets, {
    clock: new TestClock(morningMs),
    random: systemRandom,
    wire: () => Promise.resolve({ is: 'lost', why: 'no network' }),
    native: passThrough,
    store,
    log: silentLog,
    bankProfile: noneProfile,
  })
  createApp(x, { ready: true })
  return x
}

/** So many visits with one order of two items, paid in full. */
async function visits(x: AppContext, count: number): Promise<void> {
  const who = { name: '陈静', idNumber: '990101198803120020' }
  const personId = await x.store.run(() => x.vault.personOf(who, 0))
  const terms = JSON.stringify({ agreementNo: 'CM1', scene: 'OUTP_ORDER' })
  const items = ['a', 'b'].map((itemNo) => ({ itemNo, name: itemNo, amountFen: itemFen }))
  const lines = JSON.stringify(items)
  for (let at = 0; at < count; at++) {
    const id = `n${at}`
    const sealed = await x.store.read(() => x.vault.seal(personId, `terms/${id}`, terms))
    await exec(
      x.store,
      `insert into visit (id, institution, his_no, person_id, patient_no_sealed, department, doctor, started_at, state,
         in_use, body_hash, version) values (:id, 'jc-first', :id, :personId, '', '', '', 0, 'finished', 0, '', 0)`,
      { id, personId },
    )
    await exec(
      x.store,
      `insert into bill (id, institution, kind, his_no, rev, visit_id, title, amount_fen, lines_json, body_hash,
         created_at) values (:id, 'jc-first', 'order', :id, 0, :id, '', ${paidFen}, :lines, '', 0)`,
      { id, lines },
    )
    await exec(
      x.store,
      `insert into payment (id, institution, bill_id, channel, kind, person_id, role, terms_sealed, state, goal, live,
         amount_fen, capture_fen, paid_fen, refunding_fen, refunded_fen, not_before, recheck, refusals, opened_at, version)
       values (:id, 'jc-first', :id, 'credit', 'hold', :personId, 'own', :sealed, 'paid', 'paid', 1,
         ${paidFen}, ${paidFen}, ${paidFen}, 0, 0, 0, 0, 0, 0, 0)`,
      { id, personId, sealed },
    )
    await exec(
      x.store,
      `insert into attempt (id, institution, channel, subject_id, step, serial, trade_date, amount_fen, content_hash,
         content_sealed, ref_json, state, open, doubt, sends, first_sent_at, last_sent_at, asks, last_ask_at, created_at)
       values (:id, 'jc-first', 'credit', :id, 'confirm', :id, '20261121', ${paidFen}, '', '', '{}', 'succeeded', 0, 0,
         1, 0, 0, 0, 0, 0)`,
      { id },
    )
  }
}

/** One clerk's refund; answers the code of a refusal. */
async function clerk(
  x: AppContext,
  visitNo: string,
  refundNo: string,
  itemNo: string,
  amountFen: number,
): Promise<string> {
  const items = [{ orderNo: visitNo, itemNo, amountFen }]
  try {
    await askForHospital(x, 'jc-first', { refundNo, visitNo, items, decidedBy: '0815' }, refundNo)
    return 'stored'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

/** Both clerks press at the same moment, now for the same item and now for two that were paid together. */
async function race([one, two]: readonly [AppContext, AppContext], at: number): Promise<string[]> {
  const [second, fen] = at % 2 === 0 ? ['a', sameFen] : ['b', itemFen]
  const both = [clerk(one, `n${at}`, `H${at}A`, 'a', fen), clerk(two, `n${at}`, `H${at}B`, second, fen)]
  return (await Promise.all(both)).toSorted()
}

async function expectNothingOver(store: Store, races: number): Promise<void> {
  const [sum] = await rows(
    store,
    `select count(*) as n, sum(refunding_fen) as fen, max(refunding_fen + refunded_fen) as most from payment`,
  )
  const fen = (races / 2) * (sameFen + itemFen)
  expect(sum && [integer(sum, 'n'), integer(sum, 'fen'), integer(sum, 'most')]).toEqual([races, fen, itemFen])
  for (const table of ['refund', 'refund_request', 'refund_leg']) {
    const [stored] = await rows(store, `select count(*) as n from ${table}`)
    expect([table, stored && integer(stored, 'n')]).toEqual([table, races])
  }
}

const keys = generateSandboxKeys()
const secrets = secretsFor(keys)

describe('two clerks on the cap of one payment', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await PostgresServer.start()
  })
  afterAll(() => server.stop())

  it(
    'two processes on PostgreSQL, a thousand times: one wins, nothing is over-refunded',
    { timeout: 300_000 },
    async () => {
      const races = 1_000
      const url = await migrated(server)
      const both = [process(postgresAt(url), keys, secrets), process(postgresAt(url), keys, secrets)] as const
      await visits(both[0], races)
      const ends = new Map<string, number>()
      const lane = async (first: number): Promise<void> => {
        for (let at = first; at < races; at += lanes) {
          const end = (await race(both, at)).join()
          ends.set(end, (ends.get(end) ?? 0) + 1)
        }
      }
      await Promise.all(Array.from({ length: lanes }, (_, first) => lane(first)))
      expect([...ends]).toEqual([['REFUND_EXCEEDS,stored', races]])
      await expectNothingOver(both[0].store, races)
      for (const x of both) {
        await x.engine.idle()
        await x.store.close()
      }
    },
  )

  it('one process on SQLite: the same', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'paycare-cap-'))
    const x = process(sqliteIn(join(folder, 'paycare.sqlite')), keys, secrets)
    const races = 50
    await visits(x, races)
    for (let at = 0; at < races; at++) expect(await race([x, x], at)).toEqual(['REFUND_EXCEEDS', 'stored'])
    await expectNothingOver(x.store, races)
    await x.engine.idle()
    await x.store.close()
    rmSync(folder, { recursive: true, force: true })
  })
})
