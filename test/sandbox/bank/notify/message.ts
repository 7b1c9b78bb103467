import { timestamp } from '../../day.ts'
import type { SandboxRandom } from '../../random.ts'
import { rawMember } from '../envelope.ts'
import type { CryptoProfile } from '../profile.ts'

/** What a message is made with. */
export interface MessageParts {
  readonly profile: CryptoProfile
  readonly appId: string
  readonly random: SandboxRandom
}

const signWith = (profile: CryptoProfile, text: string, forged: boolean): string => {
  if (!forged) return profile.signReply(text)
  return profile.name === 'NONE' ? 'forged' : profile.signReply(`${text} `)
}

/** Form A: the content in the open, signed as it stands (bank.md §2.4). */
function plainMessage({ profile }: MessageParts, content: string, forged: boolean): string {
  return `{"notify_biz_content":${content},"sign":${JSON.stringify(signWith(profile, content, forged))}}`
}

/**
 * The body of one attempt. `isPersonal` asks for form B: encrypted to the app, signed from the first member up to the signature.
 * Under NONE nothing is encrypted, so such a message goes out in form A as well.
 */
export function notifyMessage(
  parts: MessageParts,
  content: string,
  isPersonal: boolean,
  nowMs: number,
  forged: boolean,
): string {
  const sealed = isPersonal ? parts.profile.sealContent(parts.appId, content) : null
  if (!sealed) return plainMessage(parts, content, forged)
  const members = {
    biz_content: sealed.bizContent,
    msg_id: parts.random.bytes(16).toString('hex'),
    timestamp: timestamp(nowMs),
    encrypt_key: sealed.encryptKey,
  }
  const signed = JSON.stringify(members).slice(1, -1)
  return `{${signed},"sign":${JSON.stringify(signWith(parts.profile, signed, forged))}}`
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** True for HTTP 200 with `rsp_code` 0000 for this notification, signed by the app over the text as sent. */
export function isAck({ profile, appId }: MessageParts, status: number, body: string, notifyId: string): boolean {
  if (status !== 200) return false
  try {
    const slice = rawMember(body, 'rsp_biz_content') ?? ''
    const content: unknown = JSON.parse(slice)
    const sign: unknown = JSON.parse(rawMember(body, 'sign') ?? '""')
    if (!isRecord(content) || content['rsp_code'] !== '0000' || content['notify_id'] !== notifyId) return false
    return profile.verifyRequest(appId, slice, String(sign))
  } catch {
    return false
  }
}
