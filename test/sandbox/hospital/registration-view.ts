import { isoInstant } from './moment.ts'
import { feeOf, type Guide, type Registration } from './registration.ts'

const isoOrNull = (atMs: number | null): string | null => (atMs === null ? null : isoInstant(atMs))

const guideView = ({ arriveFromMs, arriveUntilMs, ...guide }: Guide) => ({
  ...guide,
  arriveFrom: isoInstant(arriveFromMs),
  arriveUntil: isoInstant(arriveUntilMs),
})

/** What stands around a registration at the moment of the answer. */
export interface RegistrationSituation {
  /** Number of the visit, once the consultation has begun. */
  readonly visitNo: string | null
  /** Address of the desk page while something can be paid there. */
  readonly payUrl: string | null
}

/** The document that every message about a registration answers. */
export function registrationView(registration: Registration, { visitNo, payUrl }: RegistrationSituation) {
  const { registrationNo, state, reason, slotNo, reservedUntilMs, payment, desk, guide } = registration
  return {
    registrationNo,
    state,
    reason,
    slotNo,
    amountFen: feeOf(registration),
    reservedUntil: isoOrNull(reservedUntilMs),
    payment,
    payUrl,
    payUntil: payUrl === null ? null : isoOrNull(desk?.untilMs ?? null),
    guide: guide && guideView(guide),
    visitNo,
  }
}
