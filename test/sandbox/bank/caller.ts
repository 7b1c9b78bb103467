import { constants, createCipheriv, publicEncrypt, type KeyObject } from 'node:crypto'
import type { SandboxClock } from '../clock.ts'
import type { SandboxRandom } from '../random.ts'
import { date8, dateTime14, time6, timestamp } from '../day.ts'
import { encodeForm, rawMember, stringToSign } from './envelope.ts'
import type { ApiName } from './faults.ts'
import type { Identity } from './identity.ts'
import { privateKeyOf, publicKeyOf, signRsa, verifyRsa } from './profile.ts'
import { formatYuan } from './yuan.ts'

/** Keys of a caller under BOCOM_RSA; without them the caller speaks NONE. */
export interface CallerKeys {
  readonly appPrivateKey: string
  readonly gatewayPublicKey: string
  readonly identityKey: string
}

/** Who calls. */
export interface CallerParts {
  readonly appId: string
  readonly merPtcId: string
  readonly clock: SandboxClock
  readonly random: SandboxRandom
  readonly keys?: CallerKeys
}

/** A reply taken apart; `verified` is about the signature over the raw slice. */
export interface OpenedReply {
  readonly verified: boolean
  readonly code: string
  readonly status: string
  readonly body: Readonly<Record<string, unknown>>
}

/** Members of `req_body`. */
export type RequestBody = Readonly<Record<string, string>>

/** AES-256-CBC with zero IV and the key's Base64 text under RSA PKCS#1 v1.5 (bank.md §2.5). */
function encryptContent(content: string, gateway: KeyObject, random: SandboxRandom): { content: string; key: string } {
  const aesKey = random.bytes(32)
  const cipher = createCipheriv('aes-256-cbc', aesKey, Buffer.alloc(16))
  const wrapped = publicEncrypt(
    { key: gateway, padding: constants.RSA_PKCS1_PADDING },
    Buffer.from(aesKey.toString('base64')),
  )
  return { content: cipher.update(content, 'utf8', 'base64') + cipher.final('base64'), key: wrapped.toString('base64') }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** A minimal client of the data plane, for the sandbox's own tests and figures; it knows nothing of the product. */
export class BankCaller {
  readonly #parts: CallerParts
  readonly #signing: { own: KeyObject; gateway: KeyObject; identityKey: Buffer } | null

  constructor(parts: CallerParts) {
    this.#parts = parts
    const { keys } = parts
    this.#signing = keys
      ? {
          own: privateKeyOf(keys.appPrivateKey),
          gateway: publicKeyOf(keys.gatewayPublicKey),
          identityKey: Buffer.from(keys.identityKey, 'base64'),
        }
      : null
  }

  seal(text: string): string {
    if (!this.#signing) return Buffer.from(text, 'utf8').toString('base64url')
    const iv = this.#parts.random.bytes(16)
    const cipher = createCipheriv('aes-256-cbc', this.#signing.identityKey, iv)
    return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()]).toString('base64url')
  }

  identityBlock(identity: Identity): RequestBody {
    return { cus_name: this.seal(identity.name), cert_type: identity.certType, cert_no: this.seal(identity.certNo) }
  }

  /** Trade members at the clock's present. */
  trade(serial: string): RequestBody {
    const nowMs = this.#parts.clock.now()
    return { mer_tran_no: serial, mer_trade_date: date8(nowMs), mer_trade_time: time6(nowMs) }
  }

  /** A whole form body, encrypted when the profile has keys; `change` is put in before signing. */
  form(api: ApiName, body: RequestBody, change: Readonly<Record<string, string>> = {}): string {
    const nowMs = this.#parts.clock.now()
    const head = { trans_time: dateTime14(nowMs), version: '1.0' }
    const content = JSON.stringify({ req_head: head, req_body: { mer_ptc_id: this.#parts.merPtcId, ...body } })
    const params = new Map<string, string>([
      ['app_id', this.#parts.appId],
      ['msg_id', this.#parts.random.bytes(16).toString('hex')],
      ['fmt_type', 'json'],
      ['charset', 'UTF-8'],
      ['timestamp', timestamp(nowMs)],
      ['biz_content', content],
    ])
    if (this.#signing) {
      const sealed = encryptContent(content, this.#signing.gateway, this.#parts.random)
      params.set('biz_content', sealed.content).set('encrypt_key', sealed.key).set('is_encrypt', 'true')
    }
    for (const [key, value] of Object.entries(change)) params.set(key, value)
    const text = stringToSign(`/api/creditMed/${api}/v1`, params)
    params.set('sign', this.#signing ? signRsa(this.#signing.own, text) : 'none')
    return encodeForm(params)
  }

  lockBody(serial: string, agreementNo: string, identity: Identity, amountFen: number): RequestBody {
    return {
      ...this.trade(serial),
      ...this.identityBlock(identity),
      sign_agr_no: agreementNo,
      lock_amount: formatYuan(amountFen),
      currency: 'CNY',
      biz_scene: 'OUTP_ORDER',
      visit_no: 'V1',
      order_no: `O${serial}`.slice(0, 32),
    }
  }

  confirmBody(serial: string, lockSerial: string, identity: Identity, amountFen: number): RequestBody {
    return {
      ...this.trade(serial),
      ...this.identityBlock(identity),
      orig_mer_tran_no: lockSerial,
      confirm_amount: formatYuan(amountFen),
    }
  }

  payBody(serial: string, agreementNo: string, identity: Identity, amountFen: number): RequestBody {
    const nowMs = this.#parts.clock.now()
    return {
      pay_mer_tran_no: serial,
      mer_trade_date: date8(nowMs),
      mer_trade_time: time6(nowMs),
      ...this.identityBlock(identity),
      sign_agr_no: agreementNo,
      total_amount: formatYuan(amountFen),
      currency: 'CNY',
      biz_scene: 'INP_DEPOSIT',
      inpatient_no: 'ZY1',
      auth_type: 'WRITTEN',
      auth_ref: 'A1',
    }
  }

  /** A refund of a payment that was sent on `tradeDate`. */
  refundBody(serial: string, originalSerial: string, tradeDate: string, amountFen: number): RequestBody {
    const nowMs = this.#parts.clock.now()
    return {
      refund_mer_tran_no: serial,
      mer_refund_date: date8(nowMs),
      mer_refund_time: time6(nowMs),
      orig_mer_tran_no: originalSerial,
      mer_trade_date: tradeDate,
      amount: formatYuan(amountFen),
      currency: 'CNY',
      refund_scene: 'OUTP',
    }
  }

  queryBody(type: 'LOCK' | 'CONFIRM' | 'CANCEL', serial: string): RequestBody {
    return { query_type: type, mer_tran_no: serial, mer_trade_date: date8(this.#parts.clock.now()) }
  }

  open(raw: string): OpenedReply {
    const slice = rawMember(raw, 'rsp_biz_content') ?? ''
    const sign: unknown = JSON.parse(rawMember(raw, 'sign') ?? '""')
    const content: unknown = slice === '' ? {} : JSON.parse(slice)
    const head = isRecord(content) && isRecord(content['rsp_head']) ? content['rsp_head'] : {}
    const body = isRecord(content) && isRecord(content['rsp_body']) ? content['rsp_body'] : {}
    const verified = this.#signing ? verifyRsa(this.#signing.gateway, slice, String(sign)) : sign === 'none'
    return { verified, code: String(head['response_code']), status: String(head['response_status']), body }
  }
}
