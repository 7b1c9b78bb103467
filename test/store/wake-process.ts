import { postgresStore } from '@paycare/bff/db/postgres.ts'
import { Engine, NEVER } from '@paycare/bff/engine/index.ts'
import { Vault } from '@paycare/bff/identity/vault.ts'
import { systemClock, systemRandom } from '@paycare/bff/ports/system.ts'
import { Worker } from '@paycare/bff/worker/worker.ts'
import { silentLog } from '../world/silent-log.ts'

/**
 * A process with the worker of the BFF, over a database that others share. What it claims is worked on for `WORK_MS` and then rests. It tells its
 * parent how much it has done, and in the end every claim: subject and fence.
 */
const url = process.env['WAKES_URL'] ?? ''
const workMs = Number(process.env['WORK_MS'] ?? 0)
const tellEveryMs = 20

const store = postgresStore({ url, poolSize: 10, log: silentLog })
const key = new Uint8Array(32)
const engine = new Engine({
  store,
  clock: systemClock,
  random: systemRandom,
  vault: new Vault({ masterKey: key, masterKeyId: 'none', hashKey: key }, systemRandom),
  log: silentLog,
  lineOf: () => {
    throw new Error('nothing is sent here')
  },
  serialCodeOf: () => '',
  poke: () => worker.poke(),
})
const worker = new Worker(engine, systemClock, silentLog, store.isShared)

const claims: [subjectId: string, fence: number][] = []
engine.takeOn('wake', async ({ subjectId, fence }) => {
  claims.push([subjectId, fence])
  if (workMs > 0) await new Promise<void>((resolve) => void systemClock.after(workMs, resolve))
  return NEVER
})

let told = 0
function tell(): void {
  if (claims.length > told) process.send?.({ done: (told = claims.length) })
  systemClock.after(tellEveryMs, tell)
}

process.on('message', (word) => {
  if (word === 'start') {
    worker.start()
    tell()
  } else void end()
})

async function end(): Promise<void> {
  await worker.stop()
  await engine.idle()
  await store.close()
  process.send?.({ claims }, () => process.exit(0))
}

await store.read(function* () {})
process.send?.('ready')
