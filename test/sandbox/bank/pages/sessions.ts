import type { SandboxClock } from '../../clock.ts'
import type { SandboxRandom } from '../../random.ts'
import type { SharerForm } from '../desk/family.ts'
import type { Visitor } from '../desk/parts.ts'
import type { Decision } from '../desk/signup.ts'

const IDLE_MS = 15 * 60_000

/** Where the person came from: an address in H5 (no app id), a path in a mini-program. */
export interface ReturnTarget {
  readonly appId: string
  readonly path: string
}

/** One person's stay on the bank's pages; only the opaque `id` leaves the process. */
export interface PageSession {
  readonly id: string
  readonly visitor: Visitor
  readonly returnTo: ReturnTarget
  idleAtMs: number
  /** Shown once on the next page. */
  notice: string | null
  /** The application: consent given, then decided. */
  agreed: boolean
  decision: Decision | null
  /** The sharer that waits for the principal's code. */
  sharer: SharerForm | null
  /** A repayment form serves once, so that a double tap does not repay twice. */
  repayTicket: string
}

/** Sessions in memory; fifteen idle minutes end one. */
export class Sessions {
  readonly #clock: SandboxClock
  readonly #random: SandboxRandom
  readonly #byId = new Map<string, PageSession>()

  constructor(clock: SandboxClock, random: SandboxRandom) {
    this.#clock = clock
    this.#random = random
  }

  open(visitor: Visitor, returnTo: ReturnTarget): PageSession {
    const session: PageSession = {
      id: this.ticket(),
      visitor,
      returnTo,
      idleAtMs: this.#clock.now() + IDLE_MS,
      notice: null,
      agreed: false,
      decision: null,
      sharer: null,
      repayTicket: this.ticket(),
    }
    this.#byId.set(session.id, session)
    return session
  }

  /** An unguessable text. */
  ticket(): string {
    return this.#random.bytes(24).toString('base64url')
  }

  find(id: string): PageSession | null {
    const session = this.#byId.get(id)
    const nowMs = this.#clock.now()
    if (!session || session.idleAtMs <= nowMs) {
      this.#byId.delete(id)
      return null
    }
    session.idleAtMs = nowMs + IDLE_MS
    return session
  }
}
