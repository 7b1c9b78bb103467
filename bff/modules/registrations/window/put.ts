import type { HisWindowRegistration, PutWindowRegistration } from '@paycare/shared/contract'
import type { AppContext } from '../../../context.ts'
import type { Unit } from '../../../db/unit.ts'
import { takeOrWake, type Lease } from '../../../engine/index.ts'
import { bodyHashOf } from '../../../http/idempotency.ts'
import { Refusal } from '../../../http/refusal.ts'
import { newId } from '../../../ports/ids.ts'
import { askSignUp } from '../../credit/index.ts'
import { agreementField, feeLines, feeTitle } from '../fee-payment.ts'
import { hisWindowRegistration } from './his-view.ts'
import { findWindowRegistration, insertFeeBill, insertWindowRegistration } from './store.ts'

/** What the patient answered and what the bank says of the patient. */
type Credit =
  | { readonly inUse: true; readonly agreementNo: string; readonly role: 'own' | 'family' }
  | { readonly inUse: false; readonly reasonCode: 'CREDIT_NOT_SIGNED' | 'CREDIT_OPTED_OUT' }

/**
 * The cashier confirms or cancels for the patient (C 二（一）2): agreed and signed, the fee is locked and confirmed at once. HIS's number is the
 * identity: told twice it is the same registration as it stands, with another content it is refused.
 */
export async function putWindowRegistration(
  x: AppContext,
  institution: string,
  hisNo: string,
  body: PutWindowRegistration,
): Promise<HisWindowRegistration> {
  const bodyHash = bodyHashOf('window', hisNo, body)
  const known = await x.store.read(() => findWindowRegistration(institution, hisNo))
  const credit = known ? undefined : await creditOf(x, institution, body)
  const lease = await x.store.run(() => store(x, institution, hisNo, body, bodyHash, credit))
  if (lease) await x.engine.settleSoon([lease])
  return hisWindowRegistration(x, institution, hisNo)
}

/** A silent bank says neither yes nor no: nothing is stored, and the window goes its ordinary way or asks again. */
async function creditOf(x: AppContext, institution: string, body: PutWindowRegistration): Promise<Credit> {
  if (!body.useCredit) return { inUse: false, reasonCode: 'CREDIT_OPTED_OUT' }
  const { name, idNumber } = body.patient
  const signUp = await askSignUp(x, institution, { name, idNumber }, 'OUTP_WINDOW')
  if (signUp.status === 'silent') throw new Refusal(503, 'CREDIT_SILENT', signUp.why)
  if (signUp.status !== 'signed') return { inUse: false, reasonCode: 'CREDIT_NOT_SIGNED' }
  return { inUse: true, agreementNo: signUp.agreementNo, role: signUp.role }
}

function* store(
  x: AppContext,
  institution: string,
  hisNo: string,
  body: PutWindowRegistration,
  bodyHash: string,
  credit: Credit | undefined,
): Unit<Lease | undefined> {
  const known = yield* findWindowRegistration(institution, hisNo)
  if (known) {
    if (known.bodyHash !== bodyHash) throw new Refusal(422, 'WINDOW_REGISTRATION_CHANGED')
    return known.paymentId === null ? undefined : yield* takeOrWake(known.paymentId, x.clock.now())
  }
  if (!credit) throw new Error(`window registration ${hisNo} is gone`)
  const at = x.clock.now()
  const { name, idNumber } = body.patient
  const { department, cashierNo, feeFen } = body
  const id = newId(x.random, 'win')
  const personId = yield* x.vault.personOf({ name, idNumber }, at)
  const fresh = { id, institution, hisNo, personId, department, cashierNo, feeFen, bodyHash, at }
  if (!credit.inUse) {
    const none = { inUse: false, role: null, agreementSealed: null, billId: null, paymentId: null }
    yield* insertWindowRegistration({ ...fresh, ...none, reasonCode: credit.reasonCode })
    return undefined
  }
  const { role, agreementNo } = credit
  const agreementSealed = yield* x.vault.seal(personId, agreementField(id), agreementNo)
  const { billId, paymentId, lease } = yield* openFee(x, fresh, credit)
  yield* insertWindowRegistration({ ...fresh, inUse: true, role, reasonCode: null, agreementSealed, billId, paymentId })
  return lease
}

/** Lock and confirm in one go: the goal is paid from the beginning. */
function* openFee(
  x: AppContext,
  w: {
    readonly institution: string
    readonly hisNo: string
    readonly personId: string
    readonly feeFen: number
    readonly bodyHash: string
    readonly at: number
  },
  credit: Extract<Credit, { inUse: true }>,
) {
  if (!x.engine.mayOpen('credit')) throw new Refusal(503, 'CREDIT_CLOCK')
  const { institution, hisNo, personId, feeFen: amountFen, bodyHash, at } = w
  const billId = newId(x.random, 'bill')
  const linesJson = feeLines(hisNo, amountFen)
  yield* insertFeeBill({ id: billId, institution, hisNo, title: feeTitle, amountFen, linesJson, bodyHash, at })
  const { subject, lease } = yield* x.engine.open(
    {
      institution,
      billId,
      channel: 'credit',
      kind: 'hold',
      goal: 'paid',
      personId,
      role: credit.role,
      amountFen,
      terms: { agreementNo: credit.agreementNo, scene: 'OUTP_REG', visitNo: hisNo, orderNo: hisNo },
    },
    'his',
  )
  return { billId, paymentId: subject.id, lease }
}
