import { dayOf, timeOf } from '@paycare/shared/rules'
import type { CryptoProfile } from './crypto.ts'
import { rawMember } from './raw-slice.ts'

/** What goes into one request. */
export interface Outgoing {
  readonly path: string
  readonly appId: string
  readonly msgId: string
  readonly atMs: number
  readonly body: object
  /** Whether the business content is encrypted as a whole; on for every interface with identity (`bank.md §2.5`). */
  readonly encrypted: boolean
}

/** Public parameters, sorted by key and joined raw behind the path: the text that is signed (`bank.md §2.2`). */
export function textToSign(path: string, params: Readonly<Record<string, string>>): string {
  const joined = Object.keys(params)
    .filter((key) => key !== 'sign' && params[key] !== '')
    .sort()
    .map((key) => `${key}=${params[key]}`)
    .join('&')
  return `${path}?${joined}`
}

/** Form body of a signed request. */
export async function requestBody(profile: CryptoProfile, out: Outgoing): Promise<string> {
  const day = dayOf(out.atMs)
  const time = timeOf(out.atMs)
  const content = JSON.stringify({ req_head: { trans_time: `${day}${time}`, version: '1.0' }, req_body: out.body })
  const sealed = out.encrypted ? profile.body.seal(content) : undefined
  const params: Record<string, string> = {
    app_id: out.appId,
    msg_id: out.msgId,
    fmt_type: 'json',
    charset: 'UTF-8',
    timestamp: `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)} ${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}`,
    biz_content: sealed?.bizContent ?? content,
    ...(sealed ? { encrypt_key: sealed.encryptKey, is_encrypt: 'true' } : {}),
  }
  params['sign'] = await profile.signer.sign(textToSign(out.path, params))
  return new URLSearchParams(params).toString()
}

/** The signed part of an answer, or why it cannot be trusted. Nothing of an untrusted answer is used. */
export type OpenedReply =
  | { readonly is: 'trusted'; readonly content: unknown }
  | { readonly is: 'untrusted'; readonly why: string }

/** Verifies an answer over its raw text, then parses it (`bank.md §2.3`). */
export async function openReply(profile: CryptoProfile, raw: string): Promise<OpenedReply> {
  const slice = rawMember(raw, 'rsp_biz_content')
  const signature = rawMember(raw, 'sign')
  if (slice === undefined || signature === undefined) return { is: 'untrusted', why: 'no signed content' }
  try {
    const sign: unknown = JSON.parse(signature)
    if (typeof sign !== 'string' || !(await profile.signer.verify(slice, sign))) {
      return { is: 'untrusted', why: 'bad signature' }
    }
    return { is: 'trusted', content: JSON.parse(slice) }
  } catch {
    return { is: 'untrusted', why: 'unreadable answer' }
  }
}
