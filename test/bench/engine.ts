import { migrateSqlite } from '@paycare/bff/db/migrate.ts'
import { openSqlite, sqliteStore } from '@paycare/bff/db/sqlite.ts'
import type { Store } from '@paycare/bff/db/store.ts'
import { query, text, type Row, type Unit } from '@paycare/bff/db/unit.ts'
import { systemProcess } from '@paycare/bff/ports/system.ts'
import { handLoopRate } from './hand-sqlite.ts'
import { median, compare, rateOf, type Rate } from './rounds.ts'
import type { Scratch } from './scratch.ts'
import { asRow, type Result } from './table.ts'
import { countOf, recordTape, type Tape, type TapedUnit } from './tape.ts'
import { newVault, requireAllPaid, terms, Walker } from './walk.ts'

/** How much work one round does, by payments in flight. */
export type Sizes = Readonly<Record<1 | 16 | 64, number>>

/** The engine beside the hand loop on one SQLite file, transitions (journal rows) per second. */
export async function engineSection(scratch: Scratch, sizes: Sizes): Promise<Result> {
  const tape = await recordTape(Math.max(...Object.values(sizes)))
  await engineRatio(scratch, tape, sizes[16], 16, 1)
  const rows = []
  for (const inFlight of [1, 16, 64] as const) {
    const { ours, peer, ratio } = await engineRatio(scratch, tape, sizes[inFlight], inFlight)
    const rates = { ours: ours * tape.rowsPerWalk, peer: peer * tape.rowsPerWalk, ratio }
    rows.push(
      asRow(`engine ÷ hand loop, SQLite, ${inFlight} in flight`, 'transitions/s', rates, inFlight === 16 ? 0.35 : null),
    )
  }
  return { rows, notes: await whereTimeGoes(scratch, tape, sizes[16]) }
}

/** Walks per second of both. */
export function engineRatio(scratch: Scratch, tape: Tape, walks: number, inFlight: number, rounds = 3) {
  return compare(
    () => engineRate(scratch.file(), walks, inFlight),
    () => handLoopRate(scratch.file(), tape, walks, inFlight),
    rounds,
  )
}

async function engineRate(file: string, walks: number, inFlight: number): Promise<Rate> {
  const store = grouping(file)
  const walker = new Walker(store)
  await walker.prepare()
  const rate = await rateOf(walks, inFlight, (at) => walker.walk(at))
  await requireAllPaid(store, walks)
  await store.close()
  return rate
}

/** As the BFF opens it: full durability, one commit for the units of a turn. */
function grouping(file: string): Store {
  const connection = openSqlite(file)
  migrateSqlite(connection)
  return sqliteStore(
    connection,
    systemProcess((error) => {
      throw error
    }),
  )
}

/** What one walk costs beside its statements, each part measured by itself. */
async function whereTimeGoes(scratch: Scratch, tape: Tape, walks: number): Promise<string[]> {
  const rounds = [0, 1, 2]
  const costs: Record<'whole' | 'hand' | 'store' | 'sealing', number[]> = {
    whole: [],
    hand: [],
    store: [],
    sealing: [],
  }
  for (const _ of rounds) {
    costs.whole.push(microseconds(await engineRate(scratch.file(), walks, 16)))
    costs.hand.push(microseconds(await handLoopRate(scratch.file(), tape, walks, 16)))
    costs.store.push(microseconds(await storeRate(scratch.file(), tape, walks, 16)))
    costs.sealing.push(microseconds(sealingRate(tape, walks)))
  }
  const [whole, hand, store, sealing] = [costs.whole, costs.hand, costs.store, costs.sealing].map(median)
  if (whole === undefined || hand === undefined || store === undefined || sealing === undefined) return []
  const share = (part: number): string => `${Math.round(part)} µs (${Math.round((100 * part) / whole)} %)`
  return [
    `One walk through the engine, 16 in flight: ${Math.round(whole)} µs of one thread for ${tape.rowsPerWalk} transitions, ` +
      `${tape.walks[0]?.length ?? 0} units and ${countOf(tape.walks[0], '')} statements.`,
    `- statements and commits, as the hand loop does them: ${share(hand)}`,
    `- the store around them (generators, checked arguments, exact integers, a savepoint per unit, promises): ${share(store - hand)}`,
    `- sealing (AES-GCM: conditions and contents of the calls, the person's key unwrapped each time): ${share(sealing)}`,
    `- the engine itself (rows to objects, decisions, journal entries, numbers and hashes): ${share(whole - store - sealing)}`,
  ]
}

const microseconds = (rate: Rate): number => 1_000_000 / rate

/** The taped statements through the product's store, without the engine. */
async function storeRate(file: string, tape: Tape, walks: number, inFlight: number): Promise<Rate> {
  const store = grouping(file)
  const play = function* ({ queries }: TapedUnit): Unit<void> {
    for (const { statement, args } of queries) yield* query(statement, args)
  }
  for (const unit of tape.before) await store.run(() => play(unit))
  const rate = await rateOf(walks, inFlight, async (at) => {
    for (const unit of tape.walks[at] ?? []) await (unit.isRead ? store.read : store.run)(() => play(unit))
  })
  await requireAllPaid(store, walks)
  await store.close()
  return rate
}

/** What the engine seals and opens in one walk, and nothing else: the conditions once, and for each call the conditions and its content. */
function sealingRate(tape: Tape, walks: number): Rate {
  const vault = newVault()
  const wrapped: Row = { wrapped: wrappedKeyIn(tape) }
  const personId = String(argumentIn(tape, 'insert into data_key', 'id'))
  const content = JSON.stringify({ institution: 'a', personId, amountFen: 1_000, terms, earlier: [] })
  let keys = 0
  const drive = (unit: Unit<string>): string => {
    let step = unit.next()
    while (!step.done) {
      keys++
      step = unit.next([wrapped])
    }
    return step.value
  }
  const startedMs = performance.now()
  for (let at = 0; at < walks; at++) {
    const sealed = drive(vault.seal(personId, `terms/${at}`, JSON.stringify(terms)))
    for (let call = 0; call < 2; call++) {
      drive(vault.open(personId, `terms/${at}`, sealed))
      drive(vault.seal(personId, `content/${at}`, content))
    }
  }
  const ms = performance.now() - startedMs
  if (keys !== walks * countOf(tape.walks[0], 'select wrapped')) throw new Error('the engine seals otherwise by now')
  return (walks / ms) * 1_000
}

const wrappedKeyIn = (tape: Tape): string =>
  text({ wrapped: argumentIn(tape, 'insert into data_key', 'wrapped') }, 'wrapped')

function argumentIn(tape: Tape, beginning: string, name: string): string | number | null {
  const found = tape.before.flatMap((unit) => unit.queries).find((one) => one.statement.sql.startsWith(beginning))
  return found?.args[name] ?? null
}
