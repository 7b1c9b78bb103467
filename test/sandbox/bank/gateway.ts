import type { SandboxClock } from '../clock.ts'
import { MessageMemory, RateLimit, type GatewayApp } from './apps.ts'
import { CODE } from './codes.ts'
import { parseTimestamp } from '../day.ts'
import { decodeForm, stringToSign, type FormParams } from './envelope.ts'
import { apiNames, type ApiName } from './faults.ts'
import type { CryptoProfile } from './profile.ts'
import { carriesPerson, readRequest, type CheckedRequest } from './requests.ts'
import { requestHead } from './schema.ts'

/** Limits of the gateway (bank.md §2.9). */
export interface GatewayOptions {
  readonly apps: readonly GatewayApp[]
  readonly timestampWindowMs: number
  readonly msgIdMemoryMs: number
  readonly ratePerSecond: number | null
  /** Null: any address. */
  readonly allowedIps: readonly string[] | null
}

/** A request as it comes off the wire. */
export interface RawRequest {
  readonly path: string
  readonly body: string
  readonly ip?: string | undefined
}

/** Outcome of the check chain; `knownApp` decides whether a refusal is signed. */
export type CheckResult = { readonly api: string; readonly appId: string | null; readonly msgId: string | null } & (
  | { readonly code: string; readonly knownApp: boolean }
  | { readonly code: null; readonly request: CheckedRequest }
)

const PATH = /^\/api\/creditMed\/([A-Za-z]+)\/v1$/
const MANDATORY = ['app_id', 'msg_id', 'timestamp', 'biz_content', 'sign'] as const
function apiOf(path: string): ApiName | null {
  const name = PATH.exec(path)?.[1]
  return apiNames.find((api) => api === name) ?? null
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function wellFormed(params: FormParams | null): params is FormParams {
  if (!params || MANDATORY.some((name) => !params.get(name))) return false
  return (
    params.get('fmt_type') === 'json' && params.get('charset') === 'UTF-8' && (params.get('msg_id') ?? '').length <= 64
  )
}

/** Steps 1 to 10 of bank.md §6.1, in that order. */
export class CheckChain {
  readonly #options: GatewayOptions
  readonly #profile: CryptoProfile
  readonly #clock: SandboxClock
  readonly #messages: MessageMemory
  readonly #rate: RateLimit
  readonly #apps: ReadonlyMap<string, GatewayApp>

  constructor(options: GatewayOptions, profile: CryptoProfile, clock: SandboxClock) {
    this.#options = options
    this.#profile = profile
    this.#clock = clock
    this.#messages = new MessageMemory(options.msgIdMemoryMs)
    this.#rate = new RateLimit(options.ratePerSecond)
    this.#apps = new Map(options.apps.map((app) => [app.appId, app]))
  }

  check(request: RawRequest): CheckResult {
    const params = decodeForm(request.body)
    const appId = params?.get('app_id') ?? null
    const app = appId === null ? undefined : this.#apps.get(appId)
    const api = apiOf(request.path)
    const head = { api: api ?? request.path, appId, msgId: params?.get('msg_id') ?? null }
    const outcome = this.#judge(request, params, app, api)
    return typeof outcome === 'string'
      ? { ...head, code: outcome, knownApp: app !== undefined }
      : { ...head, code: null, request: outcome }
  }

  #judge(
    request: RawRequest,
    params: FormParams | null,
    app: GatewayApp | undefined,
    api: ApiName | null,
  ): CheckedRequest | string {
    const nowMs = this.#clock.now()
    if (api === null) return CODE.noSuchApi
    if (!this.#rate.admit(app?.appId ?? 'unknown', nowMs)) return CODE.rateLimited
    if (!wellFormed(params)) return CODE.malformed
    if (!app) return CODE.appUnknown
    if (this.#options.allowedIps && !this.#options.allowedIps.includes(request.ip ?? '')) return CODE.ipForbidden
    const sentAtMs = parseTimestamp(params.get('timestamp') ?? '')
    if (sentAtMs === null || Math.abs(nowMs - sentAtMs) > this.#options.timestampWindowMs) return CODE.staleTimestamp
    if (!this.#profile.verifyRequest(app.appId, stringToSign(request.path, params), params.get('sign') ?? '')) {
      return CODE.badSign
    }
    if (!this.#messages.admit(`${app.appId}/${params.get('msg_id') ?? ''}`, nowMs)) return CODE.replayedMessage
    const content = this.#open(api, params)
    return content === null ? CODE.cannotDecrypt : this.#parse(api, content, app)
  }

  #open(api: ApiName, params: FormParams): string | null {
    const content = params.get('biz_content') ?? ''
    if (params.get('is_encrypt') === 'true') return this.#profile.openContent(content, params.get('encrypt_key') ?? '')
    return this.#profile.needsEncryption && carriesPerson[api] ? null : content
  }

  /** The merchant stands inside the encrypted content, so its part of step 4 can only happen here. */
  #parse(api: ApiName, content: string, app: GatewayApp): CheckedRequest | string {
    const json = parseJson(content)
    if (!isRecord(json) || !isRecord(json['req_body'])) return CODE.malformed
    if (!requestHead.safeParse(json['req_head']).success) return CODE.malformed
    const request = readRequest(this.#profile, api, json['req_body'])
    if (typeof request === 'string') return request
    return app.merchants.includes(request.merPtcId) ? request : CODE.appUnknown
  }
}
