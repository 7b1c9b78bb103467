import type { AppContext } from '../../context.ts'
import type { Unit } from '../../db/unit.ts'
import { Refusal } from '../../http/refusal.ts'
import { agreementField } from './fee-payment.ts'
import type { Registration } from './record.ts'
import { findRegistration, giveBillToVisit, move } from './store.ts'

/** What the patient chose with the registration, as the visit takes it over. */
export interface EarlierChoice {
  readonly isChosen: boolean
  readonly role: 'own' | 'family' | null
  readonly agreementNo: string | undefined
}

/** The choice that the patient made with a registration of this institution. */
export function* choiceOf(x: AppContext, institution: string, registrationNo: string): Unit<EarlierChoice> {
  const r = yield* registrationAt(institution, registrationNo)
  const { personId, isChosen, role } = r
  const sealed = r.agreementSealed
  const agreementNo = sealed === null ? undefined : yield* x.vault.open(personId, agreementField(r.id), sealed)
  return { isChosen, role, agreementNo }
}

/** The doctor starts: the choice is final, and the fee belongs to the visit (C 二（一）2: 可再选至医生开始看诊). */
export function* startConsultation(
  x: AppContext,
  institution: string,
  registrationNo: string,
  visitId: string,
  personId: string,
): Unit<void> {
  const r = yield* registrationAt(institution, registrationNo)
  // A number of somebody else's registration names nothing that this visit could be.
  if (r.personId !== personId) throw new Refusal(404, 'REGISTRATION_NOT_FOUND')
  if (r.visitId === visitId) return
  if (r.visitId !== null) throw new Refusal(409, 'REGISTRATION_STARTED')
  yield* move(r, { visitId }, { event: 'started', by: 'his', atMs: x.clock.now() })
  yield* giveBillToVisit(r, visitId)
}

function* registrationAt(institution: string, registrationNo: string): Unit<Registration> {
  const r = yield* findRegistration(registrationNo)
  if (!r || r.institution !== institution) throw new Refusal(404, 'REGISTRATION_NOT_FOUND')
  return r
}
