import type { ChooseCredit, Registration as RegistrationView } from '@paycare/shared/contract'
import { isRegistrationOver } from '@paycare/shared/rules'
import type { AppContext } from '../../context.ts'
import type { Unit } from '../../db/unit.ts'
import { findPayment, takeOrWake, type Lease } from '../../engine/index.ts'
import { bodyHashOf, seenBefore } from '../../http/idempotency.ts'
import { Refusal } from '../../http/refusal.ts'
import { signedUp, type Signed } from './agreement.ts'
import { agreementField } from './fee-payment.ts'
import { ownRegistration, readRegistration } from './read.ts'
import type { Mutable, Registration } from './record.ts'
import { findRegistration, move } from './store.ts'

/**
 * The patient chooses “信用就医” again, or gives it up, until the doctor starts the consultation (C 二（一）2). What was paid stays paid; an
 * unpaid fee is paid the new way, once the old way is surely dead.
 */
export async function chooseCredit(
  x: AppContext,
  accountId: string,
  id: string,
  body: ChooseCredit,
  key: string,
): Promise<RegistrationView> {
  const { card, row } = await ownRegistration(x, accountId, id)
  const isNew = body.useCredit && row.isChosen === 0
  const signed = isNew ? await signedUp(x, accountId, card) : undefined
  const lease = await x.store.run(() => store(x, accountId, id, body, signed, key))
  if (lease) await x.engine.settleSoon([lease])
  return readRegistration(x, accountId, id)
}

function* store(
  x: AppContext,
  accountId: string,
  id: string,
  body: ChooseCredit,
  signed: Signed | undefined,
  key: string,
): Unit<Lease | undefined> {
  const r = yield* findRegistration(id)
  if (!r) throw new Refusal(404, 'REGISTRATION_NOT_FOUND')
  const nowMs = x.clock.now()
  const keyed = { institution: r.institution, actor: accountId, key, bodyHash: bodyHashOf('choose', id, body) }
  if (yield* seenBefore(keyed, id, nowMs)) return undefined
  if (r.visitId !== null) throw new Refusal(409, 'REGISTRATION_STARTED')
  if (isRegistrationOver(r.state) || r.goal === 'gone') throw new Refusal(409, 'REGISTRATION_OVER')
  if (r.isChosen === body.useCredit) return undefined
  if (body.useCredit) yield* optIn(x, r, signed, nowMs)
  else yield* optOut(r, nowMs)
  return yield* takeOrWake(id, nowMs)
}

function* optIn(x: AppContext, r: Registration, signed: Signed | undefined, atMs: number): Unit<void> {
  if (!signed) throw new Refusal(409, 'CREDIT_NOT_SIGNED')
  const sealed = yield* x.vault.seal(r.personId, agreementField(r.id), signed.agreementNo)
  const choice = { isChosen: true, role: signed.role } as const
  if (yield* isPaying(r)) throw new Refusal(409, 'REGISTRATION_PAYING')
  // The fee that nobody paid yet is paid from the quota as well; a desk that was opened is closed by the booking.
  const fee: Partial<Mutable> = r.state === 'settled' ? {} : { pays: 'credit', paymentId: null, reasonCode: null }
  yield* move(r, { ...choice, ...fee }, { event: 'optedIn', by: 'patient', atMs }, sealed)
}

/** Another way to pay opens only after the first is surely dead. */
function* isPaying(r: Registration): Unit<boolean> {
  const payment = r.paymentId === null ? undefined : yield* findPayment(r.paymentId)
  return payment !== undefined && (payment.state === 'opening' || payment.state === 'held')
}

function* optOut(r: Registration, atMs: number): Unit<void> {
  const payment = r.paymentId === null ? undefined : yield* findPayment(r.paymentId)
  if (r.state !== 'settled' && payment?.goal === 'paid') throw new Refusal(409, 'REGISTRATION_PAYING')
  const fee: Partial<Mutable> = r.state === 'settled' ? {} : { pays: 'desk', reasonCode: null }
  yield* move(r, { isChosen: false, ...fee }, { event: 'optedOut', by: 'patient', atMs })
}
