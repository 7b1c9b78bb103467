import { importSPKI, jwtVerify, decodeProtectedHeader, errors, type CryptoKey } from 'jose'
import type { Clock } from '../ports/clock.ts'
import type { Native } from '../ports/native.ts'
import { Refusal } from './refusal.ts'

export const hisAudience = 'paycare'
const longestLifeS = 300
const toleranceS = 5

interface HisKeyOwner {
  readonly id: string
  readonly hisKeys: readonly { readonly kid: string; readonly publicKey: string }[]
}

/** Short-lived tokens with which an institution signs its requests (ES256; `iss` is the institution). */
export class HisTokens {
  readonly #pems = new Map<string, { institution: string; pem: string }>()
  readonly #keys = new Map<string, CryptoKey>()
  readonly #clock: Clock
  readonly #native: Native
  constructor(owners: readonly HisKeyOwner[], clock: Clock, native: Native) {
    for (const owner of owners) {
      for (const key of owner.hisKeys) this.#pems.set(key.kid, { institution: owner.id, pem: key.publicKey })
    }
    this.#clock = clock
    this.#native = native
  }

  /** The institution that signed; throws a 401 refusal for anything that is not surely its own and fresh. */
  async institutionOf(token: string): Promise<string> {
    try {
      const kid = decodeProtectedHeader(token).kid ?? ''
      const known = this.#pems.get(kid)
      if (!known) throw new Refusal(401, 'HIS_TOKEN_INVALID', 'unknown key')
      const key = await this.#keyOf(kid, known.pem)
      const { payload } = await this.#native(
        jwtVerify(token, key, {
          algorithms: ['ES256'],
          audience: hisAudience,
          issuer: known.institution,
          currentDate: new Date(this.#clock.now()),
          clockTolerance: toleranceS,
          maxTokenAge: longestLifeS,
          requiredClaims: ['exp', 'iat', 'jti'],
        }),
      )
      if ((payload.exp ?? 0) - (payload.iat ?? 0) > longestLifeS)
        throw new Refusal(401, 'HIS_TOKEN_INVALID', 'lives too long')
      return known.institution
    } catch (error) {
      if (error instanceof Refusal) throw error
      if (error instanceof errors.JWTExpired) throw new Refusal(401, 'HIS_TOKEN_EXPIRED')
      throw new Refusal(401, 'HIS_TOKEN_INVALID', error instanceof Error ? error.name : 'unknown')
    }
  }

  async #keyOf(kid: string, pem: string): Promise<CryptoKey> {
    const ready = this.#keys.get(kid)
    if (ready) return ready
    const key = await this.#native(importSPKI(pem, 'ES256'))
    this.#keys.set(kid, key)
    return key
  }
}
