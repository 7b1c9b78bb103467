import { jwtVerify, SignJWT, type CryptoKey } from 'jose'
import type { Clock } from '../ports/clock.ts'
import type { Native } from '../ports/native.ts'

const audience = 'paycare-app'

/** Signs and reads the app's session tokens (HS256). A token names a row that can be revoked; it holds no identity. */
export class SessionTokens {
  readonly #raw: Uint8Array
  readonly #clock: Clock
  readonly #native: Native
  #key: Promise<CryptoKey> | undefined
  constructor(key: Uint8Array, clock: Clock, native: Native) {
    this.#raw = key
    this.#clock = clock
    this.#native = native
  }

  async sign(claims: Readonly<Record<string, string>>, expiresAtMs: number): Promise<string> {
    const key = await this.#imported()
    return this.#native(
      new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'HS256' })
        .setAudience(audience)
        .setIssuedAt(Math.floor(this.#clock.now() / 1000))
        .setExpirationTime(Math.floor(expiresAtMs / 1000))
        .sign(key),
    )
  }

  /** The claim of a token that is ours and not over; undefined otherwise. */
  async read(token: string, claim: string): Promise<string | undefined> {
    try {
      const key = await this.#imported()
      const currentDate = new Date(this.#clock.now())
      const { payload } = await this.#native(jwtVerify(token, key, { algorithms: ['HS256'], audience, currentDate }))
      const value = payload[claim]
      return typeof value === 'string' ? value : undefined
    } catch {
      return undefined
    }
  }

  #imported(): Promise<CryptoKey> {
    this.#key ??= this.#native(
      crypto.subtle.importKey('raw', Buffer.from(this.#raw), { name: 'HMAC', hash: 'SHA-256' }, false, [
        'sign',
        'verify',
      ]),
    )
    return this.#key
  }
}
