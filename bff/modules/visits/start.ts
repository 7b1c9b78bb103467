import type { HisVisit, StartVisit } from '@paycare/shared/contract'
import type { AppContext } from '../../context.ts'
import type { Unit } from '../../db/unit.ts'
import { bodyHashOf } from '../../http/idempotency.ts'
import { Refusal } from '../../http/refusal.ts'
import { newId } from '../../ports/ids.ts'
import { askSignUp, type SignUp } from '../credit/index.ts'
import { hisVisit } from './his-view.ts'
import { findVisit, insertVisit } from './store.ts'

/**
 * HIS starts a visit. With `useCredit` the patient has just said yes at the window or online (C 二（一）2); the bank's agreement number marks
 * the visit as the patient's own or 亲情付. Started twice with the same content, it is the same visit.
 */
export async function startVisit(x: AppContext, institution: string, body: StartVisit): Promise<HisVisit> {
  const bodyHash = bodyHashOf(body)
  const known = await x.store.read(() => findVisit(institution, body.visitNo))
  if (!known) {
    const { name, idNumber } = body.patient
    const signUp = body.useCredit ? await askSignUp(x, institution, { name, idNumber }, 'OUTP_WINDOW') : undefined
    // Nothing is stored when the bank is silent: the window goes its ordinary way, or starts again.
    if (signUp?.status === 'silent') throw new Refusal(503, 'CREDIT_SILENT', signUp.why)
    await x.store.run(() => store(x, institution, body, bodyHash, signUp))
  }
  const visit = await x.store.read(() => findVisit(institution, body.visitNo))
  if (visit?.bodyHash !== bodyHash) throw new Refusal(422, 'VISIT_CHANGED')
  return hisVisit(x, institution, body.visitNo)
}

function* store(
  x: AppContext,
  institution: string,
  body: StartVisit,
  bodyHash: string,
  signUp: Exclude<SignUp, { status: 'silent' }> | undefined,
): Unit<void> {
  if (yield* findVisit(institution, body.visitNo)) return
  const { name, idNumber, patientNo } = body.patient
  const personId = yield* x.vault.personOf({ name, idNumber }, x.clock.now())
  const id = newId(x.random, 'vis')
  const signed = signUp?.status === 'signed' ? signUp : undefined
  yield* insertVisit({
    id,
    institution,
    hisNo: body.visitNo,
    personId,
    patientNoSealed: yield* x.vault.seal(personId, 'patientNo', patientNo),
    department: body.department,
    doctor: body.doctor,
    startedAt: Date.parse(body.startedAt),
    inUse: signed !== undefined,
    role: signed?.role ?? null,
    reasonCode: signed ? null : signUp ? 'CREDIT_NOT_SIGNED' : 'CREDIT_OPTED_OUT',
    agreementSealed: signed ? yield* x.vault.seal(personId, `agreement/${id}`, signed.agreementNo) : null,
    bodyHash,
  })
}
