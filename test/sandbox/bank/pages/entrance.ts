import type { SandboxClock } from '../../clock.ts'
import { MessageMemory } from '../apps.ts'
import type { Bank } from '../bank.ts'
import { standingOf, type Standing } from '../desk/parts.ts'
import { isFictitious } from '../identity.ts'
import { openJumpToken, type JumpKeys, type JumpPayload, type Purpose, type TokenRefusal } from './jump-token.ts'
import type { PageSession, ReturnTarget, Sessions } from './sessions.ts'

/** Why a jump is turned away. */
export type JumpRefusal =
  | TokenRefusal
  | 'expired'
  | 'replayed'
  | 'merchantUnknown'
  | 'returnForbidden'
  | 'notFictitious'
  | 'identityMismatch'

/** The page that a jump opens. */
export type CreditPage = 'apply' | 'account' | 'repay' | 'terminate' | 'family'

/** A jump that was let in, or why it was not. */
export type JumpOutcome =
  | { readonly refusal: JumpRefusal }
  | { readonly refusal: null; readonly page: CreditPage; readonly session: PageSession }

/** What guards the entrance. */
export interface EntranceParts {
  readonly bank: Bank
  readonly keys: JumpKeys
  readonly clock: SandboxClock
  readonly sessions: Sessions
  /** Registered return targets: exact addresses for H5, exact paths for the mini-program. */
  readonly returnUrls: readonly string[]
}

const SKEW_MS = 60_000
const NONCE_MEMORY_MS = 3_600_000

const PRINCIPAL_PAGE: Readonly<Record<Purpose, CreditPage>> = {
  SIGN: 'account',
  DETAIL: 'account',
  REPAY: 'repay',
  TERMINATE: 'terminate',
  FAMILY: 'family',
}

/** Page by purpose and status: whoever is not signed applies first, a sharer can neither repay nor terminate. */
function pageFor(purpose: Purpose, standing: Standing): CreditPage {
  if (standing.kind === 'unsigned') return 'apply'
  if (standing.kind === 'principal') return PRINCIPAL_PAGE[purpose]
  return purpose === 'FAMILY' || purpose === 'TERMINATE' ? 'family' : 'account'
}

/** An address belongs to H5, where no app id comes along; a path belongs to a mini-program, where one does. */
function returnTarget(payload: JumpPayload, allowed: readonly string[]): ReturnTarget | null {
  const { return_appid: appId, return_path: path } = payload
  const isUrl = /^https?:\/\//.test(path) && URL.canParse(path)
  return allowed.includes(path) && isUrl === (appId === '') ? { appId, path } : null
}

/** The door of the bank's pages (bank.md §3.13): every check of a token, once for browsers and mini-programs. */
export class Entrance {
  readonly #parts: EntranceParts
  readonly #nonces = new MessageMemory(NONCE_MEMORY_MS)

  constructor(parts: EntranceParts) {
    this.#parts = parts
  }

  enter(token: string): JumpOutcome {
    const { keys, sessions, returnUrls, clock } = this.#parts
    const payload = openJumpToken(keys, token)
    if (typeof payload === 'string') return { refusal: payload }
    const returnTo = returnTarget(payload, returnUrls)
    if (!returnTo) return { refusal: 'returnForbidden' }
    const nowMs = clock.now()
    const ageMs = nowMs - payload.ts * 1000
    if (ageMs >= payload.ttl * 1000 || ageMs < -SKEW_MS) return { refusal: 'expired' }
    if (!this.#nonces.admit(payload.nonce.toLowerCase(), nowMs)) return { refusal: 'replayed' }
    return this.#admit(payload, returnTo, sessions)
  }

  #admit(payload: JumpPayload, returnTo: ReturnTarget, sessions: Sessions): JumpOutcome {
    const { core } = this.#parts.bank.desk()
    const { cus_name: name, cert_type: certType, cert_no: certNo, mer_ptc_id: merPtcId } = payload
    if (!core.merchants.isActive(merPtcId)) return { refusal: 'merchantUnknown' }
    if (certType === '01' && !isFictitious(certNo)) return { refusal: 'notFictitious' }
    const standing = standingOf(core, certNo)
    const known = standing.customer
    if (known && (known.name !== name || known.certType !== certType)) return { refusal: 'identityMismatch' }
    const visitor = { identity: { name, certType, certNo }, merPtcId }
    return { refusal: null, page: pageFor(payload.purpose, standing), session: sessions.open(visitor, returnTo) }
  }
}
