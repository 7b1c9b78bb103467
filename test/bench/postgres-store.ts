import { postgresStore } from '@paycare/bff/db/postgres.ts'
import type { Store } from '@paycare/bff/db/store.ts'
import { silentLog } from './walk.ts'

/** As the BFF has it when nothing else is configured. */
export const poolSize = 10

export const postgresAt = (url: string): Store => postgresStore({ url, poolSize, log: silentLog })
