import type { OpenRegistration, Registration as RegistrationView } from '@paycare/shared/contract'
import type { AppContext } from '../../context.ts'
import type { Unit } from '../../db/unit.ts'
import { bornLeased, takeOrWake, type Lease } from '../../engine/index.ts'
import type { SlotAnswer } from '../../gateways/hospital/messages.ts'
import { bodyHashOf, keepKey, subjectOfKey, type KeyedRequest } from '../../http/idempotency.ts'
import { Refusal } from '../../http/refusal.ts'
import { newId } from '../../ports/ids.ts'
import { readCard, type BoundCard } from '../account/index.ts'
import { signedUp, type Signed } from './agreement.ts'
import { agreementField, feeLines, feeTitle } from './fee-payment.ts'
import { readRegistration } from './read.ts'
import type { Registration } from './record.ts'
import { insertRegistration, liveRegistration } from './store.ts'
import { askSlot } from './timetable.ts'

/**
 * The patient's answer to the dialog opens a registration (C 三（二）): stored with its key and its bill before anybody is asked for anything.
 * The same key, and any key for the same slot, is the same registration.
 */
export async function openRegistration(
  x: AppContext,
  accountId: string,
  body: OpenRegistration,
  key: string,
): Promise<RegistrationView> {
  const card = await readCard(x, accountId, body.cardId)
  const keyed = { institution: card.institution, actor: accountId, key, bodyHash: bodyHashOf('register', body) }
  const known = await x.store.read(() => subjectOfKey(keyed))
  if (known !== undefined) return readRegistration(x, accountId, known)
  const slot = await askSlot(x, card.institution, body.slotNo)
  const mine = await x.store.read(() => liveRegistration(card.institution, card.personId, slot.sessionNo))
  if (!mine) refuseStale(x, slot, body)
  const signed = body.pays === 'credit' && !mine ? await signedUp(x, accountId, card) : undefined
  const { id, lease } = await x.store.run(() => store(x, accountId, card, slot, body, signed, keyed))
  if (lease) await x.engine.settleSoon([lease])
  return readRegistration(x, accountId, id)
}

/** What was on screen is what is bought: another price or a slot that has gone is shown again first. */
function refuseStale(x: AppContext, slot: SlotAnswer, body: OpenRegistration): void {
  if (slot.priceFen !== body.amountFen) throw new Refusal(409, 'SLOT_PRICE_CHANGED')
  if (!slot.isFree || slot.startsAt <= x.clock.now()) throw new Refusal(409, 'SLOT_TAKEN')
}

function* store(
  x: AppContext,
  accountId: string,
  card: BoundCard,
  slot: SlotAnswer,
  body: OpenRegistration,
  signed: Signed | undefined,
  keyed: KeyedRequest,
): Unit<{ id: string; lease: Lease | undefined }> {
  const nowMs = x.clock.now()
  const known = yield* subjectOfKey(keyed)
  if (known !== undefined) return { id: known, lease: yield* takeOrWake(known, nowMs) }
  const mine = yield* liveRegistration(card.institution, card.personId, slot.sessionNo)
  if (mine && mine.slotNo !== slot.slotNo) throw new Refusal(409, 'REGISTRATION_DUPLICATE')
  const id = mine?.id ?? newId(x.random, 'reg')
  yield* keepKey(keyed, id, nowMs)
  if (mine) return { id, lease: yield* takeOrWake(id, nowMs) }
  const r = yield* fresh(x, id, accountId, card, slot, body.pays, signed)
  const bill = { title: feeTitle, linesJson: feeLines(slot.sessionNo, r.amountFen), bodyHash: bodyHashOf(slot) }
  yield* insertRegistration(r, bill, { event: 'opened', by: 'patient', atMs: nowMs, amountFen: r.amountFen })
  const lane = `${r.institution}:hospital`
  return { id, lease: yield* bornLeased({ id, kind: 'registration', lane }, nowMs) }
}

/** Nothing is known yet, and the booking is wanted. */
const atFirst = {
  state: 'reserving',
  goal: 'booked',
  paymentId: null,
  reservedUntilMs: null,
  deskUrl: null,
  deskUntilMs: null,
  guideJson: null,
  reasonCode: null,
  tries: 0,
  notBeforeMs: 0,
  lookAtMs: 0,
  visitId: null,
  version: 0,
} as const

function* fresh(
  x: AppContext,
  id: string,
  accountId: string,
  card: BoundCard,
  slot: SlotAnswer,
  pays: 'credit' | 'desk',
  signed: Signed | undefined,
): Unit<Registration> {
  const { slotNo, sessionNo, departmentNo, department, doctor, doctorTitle, place } = slot
  return {
    ...atFirst,
    id,
    accountId,
    slotNo,
    sessionNo,
    departmentNo,
    department,
    doctor,
    doctorTitle,
    place,
    institution: card.institution,
    personId: card.personId,
    patientNoSealed: card.patientNoSealed,
    billId: newId(x.random, 'bill'),
    startsAtMs: slot.startsAt,
    endsAtMs: slot.endsAt,
    cancelUntilMs: slot.cancelUntil,
    amountFen: slot.priceFen,
    openedAtMs: x.clock.now(),
    agreementSealed: signed ? yield* x.vault.seal(card.personId, agreementField(id), signed.agreementNo) : null,
    pays,
    isChosen: signed !== undefined,
    role: signed?.role ?? null,
  }
}
