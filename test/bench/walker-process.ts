import { systemClock } from '@paycare/bff/ports/system.ts'
import { Worker } from '@paycare/bff/worker/worker.ts'
import { postgresAt } from './postgres-store.ts'
import { silentLog, Walker } from './walk.ts'

// One process of the BFF as far as the database sees it: engine and worker, without HTTP. Works while it is told to, and tells of each payment.
const store = postgresAt(process.argv[2] ?? '')
const walker = new Walker(store, {
  heard: (_, step) => {
    if (step === 'confirm') process.send?.('confirmed')
  },
  poke: () => worker.poke(),
})
const worker = new Worker(walker.engine, systemClock, silentLog, store.isShared)

async function rest(): Promise<void> {
  await worker.stop()
  await walker.engine.idle()
  process.send?.('resting')
}

process.on('message', (message) => {
  if (message === 'start') worker.start()
  else if (message === 'rest') void rest()
  else void store.close().then(() => process.disconnect())
})
process.send?.('ready')
