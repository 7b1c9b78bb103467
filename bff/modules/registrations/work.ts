import { registrationStep, type RegistrationCall, type RegistrationStep } from '@paycare/shared/rules'
import { markOf } from '@paycare/shared/text'
import type { AppContext } from '../../context.ts'
import { exchangeAnswered, exchangeLeaves } from '../../db/exchange.ts'
import type { Unit } from '../../db/unit.ts'
import {
  applyToFresh,
  findPayment,
  keep,
  NEVER,
  unlessChanged,
  type Lease,
  type Payment,
  type Work,
} from '../../engine/index.ts'
import type { HospitalAnswer } from '../../gateways/hospital/client.ts'
import type { RegistrationAnswer } from '../../gateways/hospital/messages.ts'
import { randomHex } from '../../ports/ids.ts'
import { tell as tellOf } from '../messages/index.ts'
import { openFeePayment } from './fee-payment.ts'
import { hisRegistrationOf } from './his-view.ts'
import { registrationMutableKeys, type Registration } from './record.ts'
import { lookAt, move, readRegistrationById } from './store.ts'
import { nextLookAt, taken } from './take.ts'

const second = 1_000
const minute = 60 * second
/** Pauses after an unanswered message to the hospital; the last one repeats. Every message is repeatable for ever. */
const againAfterMs = [1, 2, 5, 10, 30, 60].map((s) => s * second).concat(5 * minute)
/** After this many unanswered messages in a row a person is told; telling goes on. */
const triesUntilRaised = 6
const turnsMost = 24

interface View {
  readonly r: Registration
  readonly payment: Payment | undefined
}

/**
 * Does what `registrationStep` says until there is nothing to do now (`engine.md §7.1`): reserve, lock, book, confirm, tell that it is paid.
 * Every message to the hospital is a repeatable delivery under our own number; money moves in the payment alone.
 */
export function registrationWork(x: AppContext): Work {
  return async (lease) => {
    for (let turn = 0; turn < turnsMost; turn++) {
      const view = await x.store.read(() => look(lease.subjectId))
      const dueAtMs = await perform(x, view, decide(view, x.clock.now()), lease)
      if (dueAtMs !== undefined) return dueAtMs
    }
    return x.clock.now() + second
  }
}

function* look(id: string): Unit<View> {
  const r = yield* readRegistrationById(id)
  return { r, payment: r.paymentId === null ? undefined : yield* findPayment(r.paymentId) }
}

function decide({ r, payment }: View, nowMs: number): RegistrationStep {
  const fee = payment && { ...payment, isRefunded: payment.refundingFen + payment.refundedFen > 0 }
  return registrationStep({ ...r, payment: fee, hasDesk: r.deskUrl !== null }, nowMs)
}

/** Carries out one step; answers when the registration is due again once nothing can be done now. */
async function perform(
  x: AppContext,
  { r, payment }: View,
  step: RegistrationStep,
  lease: Lease,
): Promise<number | undefined> {
  switch (step.do) {
    case 'rest':
      return NEVER
    case 'wait':
      return step.untilMs
    case 'raise':
      await x.store.run(() => x.engine.raise(r, 'paidNotWanted', r.paymentId ?? r.id))
      return NEVER
    case 'tell':
      await tell(x, r, step.call, payment, lease)
      return undefined
    case 'fallBack':
      await unlessChanged(x.store, () => fallBack(x, r, payment?.reasonCode ?? 'BANK_REFUSED', lease))
      return undefined
    case 'lock':
      if (x.engine.mayOpen('credit')) await withPayment(x, lease, () => lock(x, r, lease))
      else await unlessChanged(x.store, () => fallBack(x, r, 'CREDIT_CLOCK', lease))
      return undefined
    case 'aim':
      await withPayment(x, lease, () => aim(x, r, step.goal, lease))
      return undefined
  }
}

/** The payment is worked on at once; should it have to wait for the bank, it wakes the registration when its state changes. */
async function withPayment(x: AppContext, mine: Lease, unit: () => Unit<Lease | undefined>): Promise<void> {
  const lease = await unlessChanged(x.store, unit)
  if (lease) await x.engine.work(lease, mine)
}

function* lock(x: AppContext, r: Registration, lease: Lease): Unit<Lease> {
  yield* keep(lease, x.clock.now())
  const opened = yield* openFeePayment(x, r)
  yield* move(r, { paymentId: opened.subject.id }, entry(x, 'lock'))
  return opened.lease
}

/** The version moves with the goal of the payment, so that nobody can cancel between the decision and the deed. */
function* aim(x: AppContext, r: Registration, goal: 'paid' | 'gone', lease: Lease): Unit<Lease | undefined> {
  yield* keep(lease, x.clock.now())
  if (r.paymentId === null) return undefined
  yield* move(r, {}, entry(x, `aim:${goal}`))
  return (yield* x.engine.aim(r.paymentId, goal, 'registration')).lease
}

function* fallBack(x: AppContext, r: Registration, reasonCode: string, lease: Lease): Unit<void> {
  yield* keep(lease, x.clock.now())
  yield* move(r, { pays: 'desk', isChosen: false, reasonCode }, entry(x, 'fallBack'))
}

async function tell(
  x: AppContext,
  r: Registration,
  call: RegistrationCall,
  payment: Payment | undefined,
  lease: Lease,
): Promise<void> {
  const msgId = randomHex(x.random)
  const leaves = { msgId, institution: r.institution, channel: 'hospital', interface: call, attemptId: null }
  const body = await x.store.run(function* () {
    const at = x.clock.now()
    yield* keep(lease, at)
    yield* exchangeLeaves({ ...leaves, at })
    return yield* bodyOf(x, r, call, payment)
  })
  const answer = await x.hospital.registration(r.institution, r.id, call, body)
  await applyToFresh(
    x.store,
    () => readRegistrationById(lease.subjectId),
    (now) => hear(x, now, call, answer, msgId, lease),
  )
}

function* bodyOf(x: AppContext, r: Registration, call: RegistrationCall, payment: Payment | undefined): Unit<object> {
  switch (call) {
    case 'reserve':
      return { slotNo: r.slotNo, patientNo: yield* x.vault.open(r.personId, 'patientNo', r.patientNoSealed) }
    case 'book':
      return { channel: 'credit', amountFen: r.amountFen, mark: markOf(r.role ?? 'own') }
    case 'paid':
      return { amountFen: payment?.paidFen ?? 0, paymentNo: payment?.id, acctDate: payment?.acctDate }
    case 'desk':
      return { returnUrl: `${x.config.publicUrl}/packages/registration/detail/index?registrationId=${r.id}` }
    case 'cancel':
    case 'look':
      return {}
  }
}

function* hear(
  x: AppContext,
  r: Registration,
  call: RegistrationCall,
  answer: HospitalAnswer<RegistrationAnswer>,
  msgId: string,
  lease: Lease,
): Unit<void> {
  const at = x.clock.now()
  yield* keep(lease, at)
  yield* exchangeAnswered(msgId, at, answer.is, answer.is === 'silent' ? answer.why : null)
  if (answer.is === 'answered') return yield* heed(x, r, call, answer.body)
  const pauseMs = againAfterMs[Math.min(r.tries, againAfterMs.length - 1)] ?? minute
  yield* move(r, { tries: r.tries + 1, notBeforeMs: at + pauseMs }, entry(x, `silent:${call}`))
  if (r.tries + 1 === triesUntilRaised) yield* x.engine.raise(r, 'hospitalSilent', `${call}:${at}`)
}

function* heed(x: AppContext, r: Registration, call: RegistrationCall, doc: RegistrationAnswer): Unit<void> {
  const changes = taken(r, call, doc)
  const next = { ...r, ...changes }
  if (next.deskUrl !== null) yield* lookAt(r.id, nextLookAt(next.deskUntilMs, x.clock.now()))
  if (registrationMutableKeys.every((key) => next[key] === r[key])) return
  const moved = yield* move(r, changes, entry(x, `heard:${call}`))
  if (moved.state !== r.state) yield* toldOf(x, moved)
}

/** HIS asked for none of it: it hears of every new state all the same, and can follow one list. */
function* toldOf(x: AppContext, r: Registration): Unit<void> {
  const data = { version: r.version, registration: yield* hisRegistrationOf(r) }
  yield* tellOf(x, r, 'registration', { type: 'registration.changed', data }, x.clock.now())
}

function entry(x: AppContext, event: string) {
  return { event, by: 'registration', atMs: x.clock.now() }
}
