import { migrateSqlite } from '@paycare/bff/db/migrate.ts'
import { openSqlite, sqliteStore } from '@paycare/bff/db/sqlite.ts'
import type { Query } from '@paycare/bff/db/unit.ts'
import type { Rate } from './rounds.ts'
import type { Tape, TapedUnit } from './tape.ts'
import { requireAllPaid } from './walk.ts'

type Play = () => void

/**
 * The peer: better-sqlite3 and nothing around it. Every statement is prepared and every argument bound-ready beforehand; with n in flight the
 * same-stage transactions of n walks are one transaction, which is the most that group commit can ever do.
 */
export async function handLoopRate(file: string, tape: Tape, walks: number, inFlight: number): Promise<Rate> {
  const connection = openSqlite(file)
  migrateSqlite(connection)
  const prepared = new Map<string, ReturnType<typeof connection.prepare>>()
  const ready = ({ statement, args }: Query): Play => {
    const one = prepared.get(statement.sql) ?? connection.prepare(statement.sql)
    prepared.set(statement.sql, one)
    const values = Object.fromEntries(statement.names.map((name) => [name, exact(args[name] ?? null)]))
    return one.reader ? () => void one.all(values) : () => void one.run(values)
  }
  const stage = (units: readonly (TapedUnit | undefined)[]) => {
    const plays = units.flatMap((unit) => (unit?.queries ?? []).map(ready))
    return { plays, isRead: units[0]?.isRead ?? true }
  }
  for (const { plays } of tape.before.map((unit) => stage([unit]))) for (const play of plays) play()
  const stages = grouped(tape, walks, inFlight).map(stage)
  const [begin, commit] = [connection.prepare('begin immediate'), connection.prepare('commit')]
  const startedMs = performance.now()
  for (const { plays, isRead } of stages) {
    if (!isRead) begin.run()
    for (const play of plays) play()
    if (!isRead) commit.run()
  }
  const ms = performance.now() - startedMs
  const store = sqliteStore(connection)
  await requireAllPaid(store, walks)
  await store.close()
  return (walks / ms) * 1_000
}

/** First units of the first n walks, their second units, …, then the next n walks. */
function grouped(tape: Tape, walks: number, inFlight: number): (TapedUnit | undefined)[][] {
  const stages: (TapedUnit | undefined)[][] = []
  for (let from = 0; from < walks; from += inFlight) {
    const group = tape.walks.slice(from, Math.min(from + inFlight, walks))
    const length = group[0]?.length ?? 0
    if (group.some((walk) => walk.length !== length)) throw new Error('walks differ')
    for (let at = 0; at < length; at++) stages.push(group.map((walk) => walk[at]))
  }
  return stages
}

/** A number would be bound as a float. */
function exact(value: string | number | null): string | bigint | null {
  return typeof value === 'number' ? BigInt(value) : value
}
