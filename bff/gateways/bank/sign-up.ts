import type { BankClient } from './client.ts'
import { SignReply } from './messages.ts'

/** A resident's sign-up as the bank says it now (C 二（一）2, `bank.md §3.1`). */
export type SignUp =
  | {
      readonly status: 'signed'
      readonly agreementNo: string
      readonly role: 'own' | 'family'
      readonly quota: 'normal' | 'frozen' | 'overdue' | 'expired'
      /** What is left of the quota, where the bank tells; absent for a sharer, whom it would tell the principal's finances. */
      readonly availableFen?: number
    }
  | { readonly status: 'notSigned' | 'signing' | 'terminated' }
  /** No trustworthy answer: nobody may be told that they are not signed. */
  | { readonly status: 'silent'; readonly why: string }

export type SignUpScene = 'OUTP_WINDOW' | 'OUTP_ONLINE' | 'VACC' | 'INP'

const statuses = { UNSIGNED: 'notSigned', SIGNING: 'signing', TERMINATED: 'terminated' } as const
const quotas = { NORMAL: 'normal', FROZEN: 'frozen', OVERDUE: 'overdue', EXPIRED: 'expired' } as const

/** 签约查询. Read-only: it may simply be asked again. */
export async function querySign(
  bank: BankClient,
  institution: string,
  identity: { name: string; idNumber: string },
  scene: SignUpScene,
  msgId: string,
): Promise<SignUp> {
  const body = {
    cus_name: bank.sealField(identity.name),
    cert_type: '01',
    cert_no: bank.sealField(identity.idNumber),
    query_scene: scene,
  }
  const answer = await bank.call('querySign', institution, msgId, body, SignReply)
  if (answer.is !== 'done') return { status: 'silent', why: 'code' in answer ? answer.code : answer.is }
  const { sign_status, sign_agr_no, user_role, quota_status, avail_amount } = answer.body
  if (sign_status !== 'SIGNED') return { status: statuses[sign_status] }
  if (sign_agr_no === undefined) return { status: 'silent', why: 'no agreement number' }
  return {
    status: 'signed',
    agreementNo: sign_agr_no,
    role: user_role === 'SHARER' ? 'family' : 'own',
    quota: quotas[quota_status ?? 'NORMAL'],
    ...(user_role === 'PRINCIPAL' && avail_amount !== undefined ? { availableFen: avail_amount } : {}),
  }
}
