import type { HisVisit, StartVisit } from '@paycare/shared/contract'
import type { AppContext } from '../../context.ts'
import type { Unit } from '../../db/unit.ts'
import { bodyHashOf } from '../../http/idempotency.ts'
import { Refusal } from '../../http/refusal.ts'
import { newId } from '../../ports/ids.ts'
import { askSignUp, type SignUp } from '../credit/index.ts'
import {
  choiceOf,
  startConsultation,
  startFromWindow,
  windowChoiceOf,
  type EarlierChoice,
} from '../registrations/index.ts'
import { hisVisit } from './his-view.ts'
import { findVisit, insertVisit } from './store.ts'

/** Whether the visit uses “信用就医”, under which agreement, and if not, why. */
interface CreditOfVisit {
  readonly agreement: { readonly no: string; readonly role: 'own' | 'family' } | undefined
  readonly reasonCode: 'CREDIT_NOT_SIGNED' | 'CREDIT_OPTED_OUT' | null
}

/**
 * HIS starts a visit. The patient has just said yes or no at the window, or chose online with the registration (C 二（一）2); the bank's
 * agreement number marks the visit as the patient's own or 亲情付. Started twice with the same content, it is the same visit.
 */
export async function startVisit(x: AppContext, institution: string, body: StartVisit): Promise<HisVisit> {
  const bodyHash = bodyHashOf(body)
  const known = await x.store.read(() => findVisit(institution, body.visitNo))
  if (!known) {
    const credit = await creditOf(x, institution, body)
    await x.store.run(() => store(x, institution, body, bodyHash, credit))
  }
  const visit = await x.store.read(() => findVisit(institution, body.visitNo))
  if (visit?.bodyHash !== bodyHash) throw new Refusal(422, 'VISIT_CHANGED')
  return hisVisit(x, institution, body.visitNo)
}

async function creditOf(x: AppContext, institution: string, body: StartVisit): Promise<CreditOfVisit> {
  const earlier = await x.store.read(() => earlierChoice(x, institution, body))
  if (!(body.useCredit ?? earlier?.isChosen ?? false)) return { agreement: undefined, reasonCode: 'CREDIT_OPTED_OUT' }
  const { name, idNumber } = body.patient
  const signUp = await askSignUp(x, institution, { name, idNumber }, sceneOf(body))
  if (signUp.status === 'silent') return chosenBefore(earlier, signUp)
  return signUp.status === 'signed'
    ? { agreement: { no: signUp.agreementNo, role: signUp.role }, reasonCode: null }
    : { agreement: undefined, reasonCode: 'CREDIT_NOT_SIGNED' }
}

/** What the patient chose with the registration that the visit names. */
function* earlierChoice(x: AppContext, institution: string, body: StartVisit): Unit<EarlierChoice | undefined> {
  if (body.registrationNo !== undefined) return yield* choiceOf(x, institution, body.registrationNo)
  if (body.windowRegistrationNo === undefined) return undefined
  return yield* windowChoiceOf(x, institution, body.windowRegistrationNo)
}

function sceneOf({ registrationNo, kind }: StartVisit): 'OUTP_ONLINE' | 'OUTP_WINDOW' | 'VACC' {
  if (kind === 'vaccination') return 'VACC'
  return registrationNo === undefined ? 'OUTP_WINDOW' : 'OUTP_ONLINE'
}

/**
 * The bank is silent. What it said when the patient chose with the registration holds, because a lock under an agreement that has ended is
 * refused. Without one nothing is stored: the window goes its ordinary way, or starts again.
 */
function chosenBefore(
  earlier: EarlierChoice | undefined,
  signUp: Extract<SignUp, { status: 'silent' }>,
): CreditOfVisit {
  if (!earlier?.role || earlier.agreementNo === undefined) throw new Refusal(503, 'CREDIT_SILENT', signUp.why)
  return { agreement: { no: earlier.agreementNo, role: earlier.role }, reasonCode: null }
}

function* store(
  x: AppContext,
  institution: string,
  body: StartVisit,
  bodyHash: string,
  { agreement, reasonCode }: CreditOfVisit,
): Unit<void> {
  if (yield* findVisit(institution, body.visitNo)) return
  const { name, idNumber, patientNo } = body.patient
  const personId = yield* x.vault.personOf({ name, idNumber }, x.clock.now())
  const id = newId(x.random, 'vis')
  yield* insertVisit({
    id,
    institution,
    hisNo: body.visitNo,
    personId,
    kind: body.kind ?? 'outpatient',
    patientNoSealed: yield* x.vault.seal(personId, 'patientNo', patientNo),
    department: body.department,
    doctor: body.doctor,
    startedAt: Date.parse(body.startedAt),
    inUse: agreement !== undefined,
    role: agreement?.role ?? null,
    reasonCode,
    agreementSealed: agreement ? yield* x.vault.seal(personId, `agreement/${id}`, agreement.no) : null,
    bodyHash,
  })
  const { registrationNo, windowRegistrationNo } = body
  if (registrationNo !== undefined) yield* startConsultation(x, institution, registrationNo, id, personId)
  if (windowRegistrationNo !== undefined) yield* startFromWindow(institution, windowRegistrationNo, id, personId)
}
