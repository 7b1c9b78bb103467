import type { HisVisit, StartVisit } from '@paycare/shared/contract'
import type { AppContext } from '../../context.ts'
import type { Unit } from '../../db/unit.ts'
import { bodyHashOf } from '../../http/idempotency.ts'
import { Refusal } from '../../http/refusal.ts'
import { newId } from '../../ports/ids.ts'
import { askSignUp, type SignUp } from '../credit/index.ts'
import { choiceOf, startConsultation, type OnlineChoice } from '../registrations/index.ts'
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
  const { registrationNo } = body
  const online =
    registrationNo === undefined ? undefined : await x.store.read(() => choiceOf(x, institution, registrationNo))
  if (!(body.useCredit ?? online?.isChosen ?? false)) return { agreement: undefined, reasonCode: 'CREDIT_OPTED_OUT' }
  const { name, idNumber } = body.patient
  const signUp = await askSignUp(x, institution, { name, idNumber }, online ? 'OUTP_ONLINE' : 'OUTP_WINDOW')
  if (signUp.status === 'silent') return chosenBefore(online, signUp)
  return signUp.status === 'signed'
    ? { agreement: { no: signUp.agreementNo, role: signUp.role }, reasonCode: null }
    : { agreement: undefined, reasonCode: 'CREDIT_NOT_SIGNED' }
}

/**
 * The bank is silent. What it said when the patient chose online holds, because a lock under an agreement that has ended is refused. At the
 * window nothing is stored: it goes its ordinary way, or starts again.
 */
function chosenBefore(online: OnlineChoice | undefined, signUp: Extract<SignUp, { status: 'silent' }>): CreditOfVisit {
  if (!online?.role || online.agreementNo === undefined) throw new Refusal(503, 'CREDIT_SILENT', signUp.why)
  return { agreement: { no: online.agreementNo, role: online.role }, reasonCode: null }
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
  if (body.registrationNo !== undefined) yield* startConsultation(x, institution, body.registrationNo, id, personId)
}
