import { bankProfileOf } from './bank-profile.ts'
import { databaseOf, readConfig, type Config } from './config.ts'
import { buildContext, type AppContext } from './context.ts'
import { openIntentLog } from './db/intent-log.ts'
import { openStore } from './db/open.ts'
import { pinoLog } from './log.ts'
import type { Log } from './ports/log.ts'
import { passThrough } from './ports/native.ts'
import { systemClock, systemProcess, systemRandom } from './ports/system.ts'
import { undiciWire } from './ports/undici-wire.ts'

/** What every program of the BFF works with. */
export interface Program {
  readonly config: Config
  readonly log: Log
  readonly x: AppContext
  /** Closes everything that was opened. */
  close(): Promise<void>
}

/** Opens the database, the intent log and the wire as the environment says. Rejects when another process has the SQLite file. */
export async function openProgram(env: Readonly<Record<string, string | undefined>>): Promise<Program> {
  const { config, secrets } = readConfig(env)
  const log = pinoLog(config.logLevel)
  const ending = (error: Error): void => log.error({ error: error.message, cause: String(error.cause) }, 'process ends')
  const bankProfile = bankProfileOf(config, secrets, systemRandom, passThrough)
  const store = await openStore(databaseOf(config, secrets), log, systemProcess(ending))
  const intents = config.intentLogDir === undefined ? undefined : await openIntentLog(config.intentLogDir)
  const { wire, close: closeWire } = undiciWire()
  const x = buildContext(config, secrets, {
    clock: systemClock,
    random: systemRandom,
    wire,
    native: passThrough,
    store,
    intents,
    log,
    bankProfile,
  })
  const close = async (): Promise<void> => {
    await closeWire()
    await intents?.close()
    await store.close()
  }
  return { config, log, x, close }
}
