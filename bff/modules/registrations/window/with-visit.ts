import type { AppContext } from '../../../context.ts'
import type { Unit } from '../../../db/unit.ts'
import { findPayment } from '../../../engine/index.ts'
import { Refusal } from '../../../http/refusal.ts'
import { agreementField } from '../fee-payment.ts'
import type { EarlierChoice } from '../with-visit.ts'
import { findWindowRegistration, giveToVisit, type WindowRegistration } from './store.ts'

/** What the patient answered at the window. A fee that the bank refused or that was taken back ends the choice. */
export function* windowChoiceOf(x: AppContext, institution: string, hisNo: string): Unit<EarlierChoice> {
  const { id, personId, role, paymentId, agreementSealed } = yield* registrationAt(institution, hisNo)
  const payment = paymentId === null ? undefined : yield* findPayment(paymentId)
  const isOver = payment?.goal === 'gone' || payment?.state === 'declined' || payment?.state === 'expired'
  const agreementNo =
    agreementSealed === null ? undefined : yield* x.vault.open(personId, agreementField(id), agreementSealed)
  return { isChosen: payment !== undefined && !isOver, role, agreementNo }
}

/** The consultation begins: the fee belongs to the visit. */
export function* startFromWindow(institution: string, hisNo: string, visitId: string, personId: string): Unit<void> {
  const found = yield* registrationAt(institution, hisNo)
  if (found.personId !== personId) throw new Refusal(404, 'WINDOW_REGISTRATION_NOT_FOUND')
  if (found.visitId === visitId) return
  if (found.visitId !== null) throw new Refusal(409, 'REGISTRATION_STARTED')
  yield* giveToVisit(found, visitId)
}

function* registrationAt(institution: string, hisNo: string): Unit<WindowRegistration> {
  const found = yield* findWindowRegistration(institution, hisNo)
  if (!found) throw new Refusal(404, 'WINDOW_REGISTRATION_NOT_FOUND')
  return found
}
