import { readIntents } from '../db/intent-log.ts'
import { openProgram } from '../program.ts'

/** Makes a database that was put back from a copy fit to be opened (docs/operations.md, Restore). It may be run again. */
const { config, log, x, close } = await openProgram(process.env)
if (config.intentLogDir === undefined) {
  throw new Error('INTENT_LOG_DIR must be set: without it nobody knows which locks the copy has forgotten')
}
const { intents, unreadable } = await readIntents(config.intentLogDir)
const restored = await x.engine.restore(intents)
await x.engine.idle()
log.info({ ...restored, calls: intents.length, unreadable }, 'adopted')
await close()
