import { serve } from '@hono/node-server'
import { createApp } from './app.ts'
import { readIntents } from './db/intent-log.ts'
import { resumeInbox } from './modules/credit/index.ts'
import { openProgram } from './program.ts'

const { config, log, x, close } = await openProgram(process.env)
if (config.intentLogDir !== undefined) {
  // A day begins in one file and goes on in the next.
  const { intents } = await readIntents(config.intentLogDir, 2)
  const count = await x.engine.forgotten(intents)
  if (count > 0)
    throw new Error(`the database has forgotten ${count} calls of INTENT_LOG_DIR: run bff/ops/adopt.ts first`)
}
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
  await close()
  log.info({}, 'stopped')
}

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.once(signal, () => {
    void drain(signal)
  })
}
