import { ADAPTER_MESSAGES, CODE, type AdapterCode } from './codes.ts'
import { sealReply } from './envelope.ts'
import type { FaultRule } from './faults.ts'
import type { CryptoProfile } from './profile.ts'
import { gatewayReply } from './reply.ts'
import { signedByAnother } from './wrong-key.ts'

/** HTTP status of an answer that never comes; `serve.ts` turns it into a destroyed socket. */
export const DROP_STATUS = 444
/** Marks a dropped answer beside `DROP_STATUS`, so that a real 444 of a proxy is not taken for one. */
export const DROP_HEADER = 'x-sandbox-drop'
/** How long the answer is late; `serve.ts` waits, an in-process caller moves its virtual time. */
export const DELAY_HEADER = 'x-sandbox-delay-ms'

/** An answer of the data plane before it becomes an HTTP response. */
export interface BankAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const JSON_TYPE = { 'content-type': 'application/json; charset=UTF-8' }
const UNSIGNED_STATUS: Readonly<Record<string, number>> = {
  [CODE.noSuchApi]: 404,
  [CODE.rateLimited]: 429,
  [CODE.appUnknown]: 401,
}
const BAD_GATEWAY =
  '<html><head><title>502 Bad Gateway</title></head><body><center>502 Bad Gateway</center></body></html>'

const isAdapterCode = (code: string): code is AdapterCode => code in ADAPTER_MESSAGES

/** An answer as it should be: the text and the signature over it. */
export const signedAnswer = (profile: CryptoProfile, content: string): BankAnswer => ({
  status: 200,
  headers: JSON_TYPE,
  body: sealReply(content, profile.signReply(content)),
})

/** A refusal of somebody unknown, which nobody signs (bank.md §6.1). */
export const unsignedAnswer = (code: string): BankAnswer => ({
  status: UNSIGNED_STATUS[code] ?? 400,
  headers: { 'content-type': 'text/plain' },
  body: code,
})

const badSign = (profile: CryptoProfile, text: string): string =>
  profile.name === 'NONE' ? 'bad' : profile.signReply(`${text} `)

/** Spoils an answer as a fault says (step 15 of bank.md §6.1). */
export function spoiltAnswer(
  profile: CryptoProfile,
  nowMs: number,
  api: string,
  text: string,
  fault: FaultRule,
): BankAnswer {
  switch (fault.kind) {
    case 'DROP_BEFORE':
    case 'EXECUTE_THEN_DROP':
      return { status: DROP_STATUS, headers: { [DROP_HEADER]: '1' }, body: '' }
    case 'HTTP_502_HTML':
      return { status: 502, headers: { 'content-type': 'text/html' }, body: BAD_GATEWAY }
    case 'BAD_SIGN':
      return { status: 200, headers: JSON_TYPE, body: sealReply(text, badSign(profile, text)) }
    case 'WRONG_KEY_ID':
      return { status: 200, headers: JSON_TYPE, body: sealReply(text, signedByAnother(profile, text)) }
    case 'RATE_LIMIT':
      return signedAnswer(profile, gatewayReply(api, CODE.rateLimited, nowMs))
    case 'TRUNCATED_JSON': {
      const { body, ...rest } = signedAnswer(profile, text)
      return { ...rest, body: body.slice(0, Math.floor(body.length / 2)) }
    }
    default: {
      const code = fault.kind.replace('_', '')
      return signedAnswer(profile, isAdapterCode(code) ? gatewayReply(api, code, nowMs) : text)
    }
  }
}
