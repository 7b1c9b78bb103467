import { CODE } from './codes.ts'
import type { ApiName } from './faults.ts'
import { openIdentity, type Identity } from './identity.ts'
import type { CryptoProfile } from './profile.ts'
import {
  cancelBody,
  confirmBody,
  downloadBillBody,
  heldAmountQueryBody,
  lockBody,
  payBody,
  payCheckBody,
  payQueryBody,
  postPayQueryBody,
  querySignBody,
  refundBody,
  refundQueryBody,
  type CancelBody,
  type ConfirmBody,
  type DownloadBillBody,
  type HeldAmountQueryBody,
  type LockBody,
  type PayBody,
  type PayCheckBody,
  type PayQueryBody,
  type PostPayQueryBody,
  type QuerySignBody,
  type RefundBody,
  type RefundQueryBody,
} from './schema.ts'

type Raw = Readonly<Record<string, unknown>>
type Request<A extends ApiName, B> = {
  readonly api: A
  readonly body: B
  readonly raw: Raw
  readonly merPtcId: string
}
type Identified = { readonly identity: Identity }

/** A request that has passed steps 1 to 10; `raw` is the body as sent. */
export type CheckedRequest =
  | (Request<'querySign', QuerySignBody> & Identified)
  | (Request<'lock', LockBody> & Identified)
  | (Request<'confirm', ConfirmBody> & Identified)
  | Request<'cancel', CancelBody>
  | Request<'refund', RefundBody>
  | Request<'refundQuery', RefundQueryBody>
  | (Request<'payCheck', PayCheckBody> & Identified)
  | (Request<'pay', PayBody> & Identified & { readonly agent: Identity | null })
  | Request<'payQuery', PayQueryBody>
  | Request<'postPayQuery', PostPayQueryBody>
  | Request<'downloadBill', DownloadBillBody>
  | Request<'heldAmountQuery', HeldAmountQueryBody>

type Block = { readonly cus_name: string; readonly cert_type: string; readonly cert_no: string }
type Read = CheckedRequest | string

function shaped<B extends { mer_ptc_id: string }>(body: B | undefined, build: (body: B) => Read): Read {
  return body ? build(body) : CODE.malformed
}

function identified<B extends Block>(
  profile: CryptoProfile,
  body: B | undefined,
  build: (body: B, identity: Identity) => Read,
): Read {
  if (!body) return CODE.malformed
  const identity = openIdentity(profile, body)
  return identity ? build(body, identity) : CODE.cannotDecrypt
}

/** The proxy who signs for a patient at the window (C 附件1); undefined when the fields cannot be opened. */
function openAgent(profile: CryptoProfile, body: PayBody): Identity | null | undefined {
  const { agent_name: cus_name, agent_cert_no: cert_no } = body
  if (cus_name === undefined || cert_no === undefined) return null
  return openIdentity(profile, { cus_name, cert_type: '01', cert_no }) ?? undefined
}

const READERS: Readonly<Record<ApiName, (profile: CryptoProfile, raw: Raw) => Read>> = {
  querySign: (profile, raw) =>
    identified(profile, querySignBody.safeParse(raw).data, (body, identity) => ({
      api: 'querySign',
      raw,
      merPtcId: body.mer_ptc_id,
      body,
      identity,
    })),
  lock: (profile, raw) =>
    identified(profile, lockBody.safeParse(raw).data, (body, identity) => ({
      api: 'lock',
      raw,
      merPtcId: body.mer_ptc_id,
      body,
      identity,
    })),
  confirm: (profile, raw) =>
    identified(profile, confirmBody.safeParse(raw).data, (body, identity) => ({
      api: 'confirm',
      raw,
      merPtcId: body.mer_ptc_id,
      body,
      identity,
    })),
  cancel: (_profile, raw) =>
    shaped(cancelBody.safeParse(raw).data, (body) => ({ api: 'cancel', raw, merPtcId: body.mer_ptc_id, body })),
  refund: (_profile, raw) =>
    shaped(refundBody.safeParse(raw).data, (body) => ({ api: 'refund', raw, merPtcId: body.mer_ptc_id, body })),
  refundQuery: (_profile, raw) =>
    shaped(refundQueryBody.safeParse(raw).data, (body) => ({
      api: 'refundQuery',
      raw,
      merPtcId: body.mer_ptc_id,
      body,
    })),
  payCheck: (profile, raw) =>
    identified(profile, payCheckBody.safeParse(raw).data, (body, identity) => ({
      api: 'payCheck',
      raw,
      merPtcId: body.mer_ptc_id,
      body,
      identity,
    })),
  pay: (profile, raw) =>
    identified(profile, payBody.safeParse(raw).data, (body, identity) => {
      const agent = openAgent(profile, body)
      if (agent === undefined) return CODE.cannotDecrypt
      return { api: 'pay', raw, merPtcId: body.mer_ptc_id, body, identity, agent }
    }),
  payQuery: (_profile, raw) =>
    shaped(payQueryBody.safeParse(raw).data, (body) => ({ api: 'payQuery', raw, merPtcId: body.mer_ptc_id, body })),
  postPayQuery: (_profile, raw) =>
    shaped(postPayQueryBody.safeParse(raw).data, (body) => ({
      api: 'postPayQuery',
      raw,
      merPtcId: body.mer_ptc_id,
      body,
    })),
  downloadBill: (_profile, raw) =>
    shaped(downloadBillBody.safeParse(raw).data, (body) => ({
      api: 'downloadBill',
      raw,
      merPtcId: body.mer_ptc_id,
      body,
    })),
  heldAmountQuery: (_profile, raw) =>
    shaped(heldAmountQueryBody.safeParse(raw).data, (body) => ({
      api: 'heldAmountQuery',
      raw,
      merPtcId: body.mer_ptc_id,
      body,
    })),
}

/** Step 10 of bank.md §6.1: the body against its schema, sealed members opened; or the code that refuses it. */
export const readRequest = (profile: CryptoProfile, api: ApiName, raw: Raw): Read => READERS[api](profile, raw)

/** What carries or concerns a person must come encrypted as a whole (bank.md §2.5); the rest may. */
export const carriesPerson: Readonly<Record<ApiName, boolean>> = {
  querySign: true,
  lock: true,
  confirm: true,
  cancel: true,
  refund: false,
  refundQuery: false,
  payCheck: true,
  pay: true,
  payQuery: false,
  postPayQuery: false,
  downloadBill: false,
  heldAmountQuery: false,
}
