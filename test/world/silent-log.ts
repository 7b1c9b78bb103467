import type { Log } from '@paycare/bff/ports/log.ts'

/** For what is not told about in a test. */
export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }
