import { sign, type KeyObject } from 'node:crypto'
import type { SandboxClock } from '../clock.ts'
import { uuidFrom, type SandboxRandom } from '../random.ts'
import { problem } from './views.ts'

/** How the hospital reaches the product; deadline and transport belong to whoever injects it. */
export type ProductFetch = (url: string, init: RequestInit) => Promise<Response>

/** A call as stored before it is sent: a retry repeats exactly this. */
export interface ProductRequest {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body: string | null
  readonly idempotencyKey: string | null
}

/** What is known after a call. `noAnswer` says nothing about what the product did. */
export type ProductAnswer =
  | { readonly kind: 'answered'; readonly body: unknown }
  | { readonly kind: 'refused'; readonly code: string; readonly text: string }
  | { readonly kind: 'noAnswer' }

/** The institution's key for its tokens. */
export interface TokenKey {
  readonly institution: string
  readonly keyId: string
  readonly key: KeyObject
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A short-lived ES256 token: iss = institution, aud = paycare, two minutes. */
export function productToken(token: TokenKey, clock: SandboxClock, random: SandboxRandom): string {
  const iat = Math.floor(clock.now() / 1000)
  const head = encode({ alg: 'ES256', typ: 'JWT', kid: token.keyId })
  const claims = encode({ iss: token.institution, aud: 'paycare', iat, exp: iat + 120, jti: uuidFrom(random) })
  const text = `${head}.${claims}`
  const signature = sign('sha256', Buffer.from(text), { key: token.key, dsaEncoding: 'ieee-p1363' })
  return `${text}.${signature.toString('base64url')}`
}

/** An answer that only says "ask again" leaves the request open. */
const RETRY_STATUS = new Set([408, 425, 429])
const IN_FLIGHT = /IN_FLIGHT|IN_PROGRESS|IDEMPOTENCY_KEY_BUSY/

async function readAnswer(response: Response): Promise<ProductAnswer> {
  const body: unknown = await response.json().catch(() => null)
  if (response.ok) return body === null ? { kind: 'noAnswer' } : { kind: 'answered', body }
  if (response.status >= 500 || RETRY_STATUS.has(response.status)) return { kind: 'noAnswer' }
  const { code, title, detail } = problem.catch({ code: `HTTP_${response.status}`, title: '', detail: '' }).parse(body)
  if (response.status === 409 && IN_FLIGHT.test(code)) return { kind: 'noAnswer' }
  return { kind: 'refused', code, text: detail || title || `HTTP ${response.status}` }
}

/** The hospital's side of `/his/v1`. */
export class ProductClient {
  readonly #baseUrl: string
  readonly #token: TokenKey
  readonly #clock: SandboxClock
  readonly #random: SandboxRandom
  readonly #fetch: ProductFetch

  constructor(
    baseUrl: string,
    token: TokenKey,
    clock: SandboxClock,
    random: SandboxRandom,
    fetchProduct: ProductFetch,
  ) {
    this.#baseUrl = baseUrl.replace(/\/$/, '')
    this.#token = token
    this.#clock = clock
    this.#random = random
    this.#fetch = fetchProduct
  }

  /** True for an address of the product itself. */
  owns(url: string): boolean {
    if (!URL.canParse(url)) return false
    const base = new URL(`${this.#baseUrl}/`)
    const { origin, pathname, username, password } = new URL(url)
    return origin === base.origin && `${pathname}/`.startsWith(base.pathname) && username + password === ''
  }

  newKey(): string {
    return uuidFrom(this.#random)
  }

  async send(request: ProductRequest): Promise<ProductAnswer> {
    const headers: Record<string, string> = {
      authorization: `Bearer ${productToken(this.#token, this.#clock, this.#random)}`,
      accept: 'application/json',
    }
    if (request.body !== null) headers['content-type'] = 'application/json'
    if (request.idempotencyKey !== null) headers['idempotency-key'] = request.idempotencyKey
    const init: RequestInit = { method: request.method, headers }
    if (request.body !== null) init.body = request.body
    try {
      return await readAnswer(await this.#fetch(`${this.#baseUrl}/his/v1${request.path}`, init))
    } catch {
      return { kind: 'noAnswer' }
    }
  }
}
