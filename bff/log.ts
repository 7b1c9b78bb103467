import { pino, type DestinationStream } from 'pino'
import type { Log } from './ports/log.ts'

/** Fields that must never be printed, wherever they stand. */
const secretFields = [
  'name',
  'idNumber',
  'phone',
  'openid',
  'token',
  'authorization',
  'cookie',
  'agreementNo',
  'cert_no',
  'cus_name',
]

/** JSON lines with redaction as the second guard: the first is that identity is not passed to a log at all. */
export function pinoLog(level: string, destination?: DestinationStream): Log {
  const paths = secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`])
  const options = { level, redact: { paths, censor: '***' }, base: null, timestamp: pino.stdTimeFunctions.isoTime }
  return destination ? pino(options, destination) : pino(options)
}
