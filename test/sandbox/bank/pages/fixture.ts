import { createCipheriv, createPrivateKey, sign } from 'node:crypto'
import { createVirtualClock, type VirtualClock } from '../../clock.ts'
import { configFromKeys, generateSandboxKeys, type SandboxKeys } from '../../keys.ts'
import { seededRandom } from '../../random.ts'
import { createSandbox, type Sandbox } from '../../sandbox.ts'
import type { SandboxConfigInput } from '../../config.ts'
import type { NotifyFetch } from '../notify/notifications.ts'
import { AGREEMENT, CHILD, HOSPITAL, LIMIT_FEN, MORNING, MOTHER, person } from '../fixture.ts'
import type { Identity } from '../identity.ts'
import { SESSION_COOKIE } from './visit.ts'

/** RSA keys cost time; one set serves every page test of a file. */
export const keys: SandboxKeys = generateSandboxKeys()
export const H5_RETURN = 'http://hospital.test/packages/credit/return/index'
export const MINI_RETURN = 'packages/credit/status/index'
export const NEWCOMER = person('许佳怡', '99010820000315010')
export const REFUSED = person('何俊', '99011120020527015')
/** Six years old and in nobody's family. */
export const MINOR = person('何小满', '99011120200527016')

let jumps = 0

/** A payload as the product would make it; `change` replaces members. */
export function payloadOf(clock: VirtualClock, identity: Identity, change: Record<string, unknown> = {}) {
  jumps += 1
  return {
    cus_name: identity.name,
    cert_type: identity.certType,
    cert_no: identity.certNo,
    mer_ptc_id: HOSPITAL,
    purpose: 'SIGN',
    return_appid: '',
    return_path: H5_RETURN,
    nonce: String(jumps).padStart(32, '0'),
    ts: Math.floor(clock.now() / 1000),
    ttl: 300,
    ...change,
  }
}

/** bank.md §3.13 written down a second time, so that the opening is not tested with itself. */
export function tokenOf(payload: unknown, made: { key?: Buffer; keyId?: string; privateKey?: string } = {}): string {
  const iv = Buffer.alloc(16, 9)
  const cipher = createCipheriv('sm4-cbc', made.key ?? Buffer.from(keys.jumpKey, 'base64'), iv)
  const sealed = Buffer.concat([iv, cipher.update(JSON.stringify(payload), 'utf8'), cipher.final()])
  const signed = `v1.${made.keyId ?? 'jump-1'}.${sealed.toString('base64url')}`
  const key = createPrivateKey(made.privateKey ?? keys.app.privateKey)
  return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`
}

/** A person with a browser at the bank. */
export interface Guest {
  /** Opens a page and follows redirects inside the bank. */
  get(path: string): Promise<Page>
  /** Sends a form and follows the redirect. */
  send(path: string, fields?: Record<string, string>): Promise<Page>
}

/** A page as somebody sees it. */
export interface Page {
  readonly status: number
  readonly path: string
  readonly text: string
}

/** A sandbox with a mother who has ¥5,000.00, her child as sharer, and people who have not signed up. */
export interface PagesWorld {
  readonly sandbox: Sandbox
  readonly clock: VirtualClock
  jump(identity: Identity, change?: Record<string, unknown>): Promise<Guest>
  /** The code in the latest message. */
  code(): string
  open(token: string): Promise<Response>
}

function guestWith(sandbox: Sandbox, cookie: string): Guest {
  const visit = async (path: string, init: RequestInit): Promise<Page> => {
    const headers = { cookie, ...(init.body ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) }
    const response = await sandbox.bank.pages.request(path, { ...init, headers })
    const next = response.headers.get('location')
    if (response.status === 303 && next !== null) return visit(next, {})
    return { status: response.status, path, text: await response.text() }
  }
  return {
    get: (path) => visit(path, {}),
    send: (path, fields = {}) => visit(path, { method: 'POST', body: new URLSearchParams(fields).toString() }),
  }
}

export const cookieOf = (response: Response): string =>
  new RegExp(`${SESSION_COOKIE}=[^;]+`).exec(response.headers.get('set-cookie') ?? '')?.[0] ?? ''

export function pagesWorld(bank: Partial<SandboxConfigInput['bank']> = {}, fetch?: NotifyFetch): PagesWorld {
  const where = { productBaseUrl: 'http://product.test', redirectOrigins: [] }
  const config = configFromKeys(keys, where, { returnUrls: [H5_RETURN, MINI_RETURN], ...bank })
  const parts = { clock: createVirtualClock({ now: () => MORNING }), random: seededRandom('pages') }
  const sandbox = createSandbox({ ...config, seed: false }, { ...parts, ...(fetch && { fetch }) })
  sandbox.bank.putMerchant({ merPtcId: HOSPITAL, name: '锦城市第一人民医院', tier: '三级', suspended: false })
  const mother = { ...MOTHER, phone: '19900000001', agreementNo: AGREEMENT, limitFen: LIMIT_FEN }
  sandbox.bank.addCustomer({ ...mother, signStatus: 'SIGNED' })
  sandbox.bank.addCustomer({ ...CHILD, signStatus: 'UNSIGNED', phone: '19900000002' })
  sandbox.bank.addCustomer({ ...REFUSED, signStatus: 'UNSIGNED', phone: '19900000003', refused: true })
  sandbox.bank.bindFamily({ principalCertNo: MOTHER.certNo, sharerCertNos: [CHILD.certNo], relation: '子女' })
  const open = async (token: string): Promise<Response> => sandbox.bank.pages.request(`/credit?t=${token}`)
  return {
    sandbox,
    clock: sandbox.clock,
    open,
    async jump(identity, change = {}) {
      const response = await open(tokenOf(payloadOf(sandbox.clock, identity, change)))
      if (response.status !== 303) throw new Error(`the jump was refused: ${response.status}`)
      return guestWith(sandbox, cookieOf(response))
    },
    code: () => sandbox.bank.sms().findLast((one) => one.code !== null)?.code ?? '',
  }
}
