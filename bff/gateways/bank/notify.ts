import type { CryptoProfile } from './crypto.ts'
import type { OpenedReply } from './envelope.ts'
import { Notification } from './messages.ts'
import { rawMember } from './raw-slice.ts'

/** A notification reduced to what it is good for: a hint that something may have changed (architecture rule 6). */
export interface Notice {
  /** The bank's own number of it, the same at every retry. */
  readonly id: string
  readonly kind: string
  readonly merchant: string
  /** Our serial that it speaks of; null when it speaks of a sign-up, a family or a bill. */
  readonly serial: string | null
}

/** Which member of a kind names our serial (`bank.md §3.15`). */
const serialOf: Readonly<Record<string, 'mer_tran_no' | 'refund_mer_tran_no'>> = {
  LOCK_RESULT: 'mer_tran_no',
  CONFIRM_RESULT: 'mer_tran_no',
  CANCEL_RESULT: 'mer_tran_no',
  PAY_RESULT: 'mer_tran_no',
  LOCK_EXPIRED: 'mer_tran_no',
  REFUND_RESULT: 'refund_mer_tran_no',
}

/** Verifies a notification over its raw text and reads its content: form A signed, form B signed and encrypted (`bank.md §2.4`). */
export async function openNotification(profile: CryptoProfile, raw: string): Promise<OpenedReply> {
  try {
    const plain = rawMember(raw, 'notify_biz_content')
    return plain === undefined ? await openEncrypted(profile, raw) : await openPlain(profile, raw, plain)
  } catch {
    return { is: 'untrusted', why: 'unreadable notification' }
  }
}

async function openPlain(profile: CryptoProfile, raw: string, content: string): Promise<OpenedReply> {
  const sign = textOf(rawMember(raw, 'sign'))
  if (sign === undefined) return { is: 'untrusted', why: 'no signature' }
  if (!(await profile.signer.verify(content, sign))) return { is: 'untrusted', why: 'bad signature' }
  return { is: 'trusted', content: JSON.parse(content) }
}

const beforeSignature = ',"sign":"'

/** The signature covers what stands between the outer brace and itself, as it was received; nothing else is read. */
async function openEncrypted(profile: CryptoProfile, raw: string): Promise<OpenedReply> {
  const sign = textOf(rawMember(raw, 'sign'))
  const end = raw.indexOf(beforeSignature)
  if (sign === undefined || end < 0) return { is: 'untrusted', why: 'no signature' }
  const signed = raw.slice(raw.indexOf('{') + 1, end)
  if (!(await profile.signer.verify(signed, sign))) return { is: 'untrusted', why: 'bad signature' }
  const members = `{${signed}}`
  const bizContent = textOf(rawMember(members, 'biz_content'))
  const encryptKey = textOf(rawMember(members, 'encrypt_key'))
  if (bizContent === undefined || encryptKey === undefined) return { is: 'untrusted', why: 'nothing encrypted' }
  const content = await profile.body.open(bizContent, encryptKey)
  if (content === undefined) return { is: 'untrusted', why: 'cannot be decrypted' }
  return { is: 'trusted', content: JSON.parse(content) }
}

function textOf(json: string | undefined): string | undefined {
  const value: unknown = json === undefined ? undefined : JSON.parse(json)
  return typeof value === 'string' ? value : undefined
}

/** Reads a trusted content; undefined when it is no notification. */
export function noticeOf(content: unknown): Notice | undefined {
  const read = Notification.safeParse(content)
  if (!read.success) return undefined
  const { notify_id, notify_type, mer_ptc_id } = read.data
  const member = Object.hasOwn(serialOf, notify_type) ? serialOf[notify_type] : undefined
  const serial = member === undefined ? undefined : read.data[member]
  return { id: notify_id, kind: notify_type, merchant: mer_ptc_id, serial: serial ?? null }
}

/** The signed receipt; without it the bank sends the notification again (`bank.md §3.15`). */
export async function receiptOf(profile: CryptoProfile, noticeId: string): Promise<string> {
  const content = JSON.stringify({ rsp_code: '0000', rsp_msg: 'SUCCESS', notify_id: noticeId })
  return `{"rsp_biz_content":${content},"sign":${JSON.stringify(await profile.signer.sign(content))}}`
}
