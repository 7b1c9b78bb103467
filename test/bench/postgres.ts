import { migratePostgres } from '@paycare/bff/db/migrate.ts'
import { PostgresServer } from '../store/postgres-server.ts'
import type { Sizes } from './engine.ts'
import { handPostgresRate } from './hand-postgres.ts'
import { poolSize, postgresAt } from './postgres-store.ts'
import { compare, rateOf, type Rate } from './rounds.ts'
import { asRow, type Result } from './table.ts'
import { recordTape, type Tape } from './tape.ts'
import { twoProcesses } from './two-processes.ts'
import { requireAllPaid, Walker } from './walk.ts'

/** The engine beside the hand loop on one PostgreSQL, and two processes beside one. */
export async function postgresSection(sizes: Sizes, wakes: number): Promise<Result> {
  const tape = await recordTape(Math.max(...Object.values(sizes)))
  const server = await PostgresServer.start()
  try {
    await engineOnPostgres(server, sizes[16], 16)
    const rows = []
    for (const inFlight of [1, 16, 64] as const) {
      const walks = sizes[inFlight]
      const { ours, peer, ratio } = await compare(
        () => engineOnPostgres(server, walks, inFlight),
        () => handOnPostgres(server, tape, walks, inFlight),
      )
      const rates = { ours: ours * tape.rowsPerWalk, peer: peer * tape.rowsPerWalk, ratio }
      rows.push(asRow(`engine ÷ hand loop, PostgreSQL, ${inFlight} in flight`, 'transitions/s', rates, null))
    }
    const processes = await twoProcesses(await migrated(server), wakes)
    rows.push(asRow('two processes ÷ one, one PostgreSQL', 'payments/s', processes, 1.3))
    return { rows, notes: [] }
  } finally {
    await server.stop()
  }
}

async function engineOnPostgres(server: PostgresServer, walks: number, inFlight: number): Promise<Rate> {
  const store = postgresAt(await migrated(server))
  const walker = new Walker(store)
  await walker.prepare()
  const rate = await rateOf(walks, inFlight, (at) => walker.walk(at))
  await requireAllPaid(store, walks)
  await store.close()
  return rate
}

async function handOnPostgres(server: PostgresServer, tape: Tape, walks: number, inFlight: number): Promise<Rate> {
  const url = await migrated(server)
  const rate = await handPostgresRate(url, poolSize, tape, walks, inFlight)
  const store = postgresAt(url)
  await requireAllPaid(store, walks)
  await store.close()
  return rate
}

async function migrated(server: PostgresServer): Promise<string> {
  const url = await server.database()
  await migratePostgres(url)
  return url
}
