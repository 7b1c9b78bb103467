import { network } from '../platform/network'
import { randomKey } from '../platform/random'
import { storage } from '../platform/storage'
import { call } from './call'
import { operationStore } from './operation-store'
import { operationDesk } from './run-operation'

const nowMs = (): number => Date.now()

/** The app's open operations: `find`, `run` and `resolve`. */
export const operations = operationDesk({
  store: operationStore(storage, nowMs),
  nowMs,
  newKey: randomKey,
  isOffline: network.isOffline,
  say: ({ id, op, said }) => call(op, { ...said, key: id }),
  ask: (key) => call('readOperation', { params: { key } }),
})
