import { serve } from '@hono/node-server'
import { createApp } from './app.ts'
import { bankProfileOf } from './bank-profile.ts'
import { databaseOf, readConfig } from './config.ts'
import { buildContext } from './context.ts'
import { openStore } from './db/open.ts'
import { pinoLog } from './log.ts'
import { resumeInbox } from './modules/credit/index.ts'
import { passThrough } from './ports/native.ts'
import { systemClock, systemProcess, systemRandom } from './ports/system.ts'
import { undiciWire } from './ports/undici-wire.ts'

const { config, secrets } = readConfig(process.env)
const log = pinoLog(config.logLevel)
const ending = (error: Error): void => log.error({ error: error.message, cause: String(error.cause) }, 'process ends')
const bankProfile = bankProfileOf(config, secrets, systemRandom, passThrough)
const store = await openStore(databaseOf(config, secrets), log, systemProcess(ending))
const { wire, close: closeWire } = undiciWire()
const x = buildContext(config, secrets, {
  clock: systemClock,
  random: systemRandom,
  wire,
  native: passThrough,
  store,
  log,
  bankProfile,
})
const readiness = { ready: true }
const app = createApp(x, readiness)
// What the bank told before a crash is heard before anything new comes in.
await resumeInbox(x)
const server = serve({ fetch: app.fetch, hostname: config.host, port: config.port }, (address) => {
  log.info({ port: address.port }, 'listening')
})
x.worker.start()

let draining = false
/** Takes no new work, lets calls under way get their answer (their deadline is shorter than any supervisor's patience), then goes. */
async function drain(signal: string): Promise<void> {
  if (draining) return
  draining = true
  readiness.ready = false
  log.info({ signal }, 'draining')
  await x.worker.stop()
  await new Promise((resolve) => {
    server.close(resolve)
    if ('closeIdleConnections' in server) server.closeIdleConnections()
  })
  await x.engine.idle()
  await closeWire()
  await x.store.close()
  log.info({}, 'stopped')
}

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.once(signal, () => {
    void drain(signal)
  })
}
