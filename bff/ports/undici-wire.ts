import { Agent, request } from 'undici'
import type { Wire, WireAnswer } from './wire.ts'

const connectTimeoutMs = 3_000
const answerBytesMost = 16 * 1024 * 1024

/** Failures that prove that no byte of the request left: nobody was there to read it (`engine.md §9`). Everything else is `lost`. */
const provesNotSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

/** The wire over HTTP(S): 3 s to connect, one deadline over everything, no automatic retry. */
export function undiciWire(): { wire: Wire; close: () => Promise<void> } {
  const agent = new Agent({ connect: { timeout: connectTimeoutMs }, pipelining: 1, maxResponseSize: answerBytesMost })
  const wire: Wire = async (r): Promise<WireAnswer> => {
    try {
      const answer = await request(r.url, {
        method: r.method,
        headers: { ...r.headers },
        body: r.body ?? null,
        dispatcher: agent,
        signal: AbortSignal.timeout(r.deadlineMs),
      })
      return { is: 'answered', status: answer.statusCode, body: await answer.body.text() }
    } catch (error) {
      const code = codeOf(error)
      return { is: provesNotSent.has(code) ? 'notSent' : 'lost', why: code }
    }
  }
  return { wire, close: () => agent.close() }
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'UNKNOWN'
  if ('code' in error && typeof error.code === 'string') return error.code
  if ('cause' in error && error.cause !== undefined) return codeOf(error.cause)
  return error instanceof Error ? error.name : 'UNKNOWN'
}
