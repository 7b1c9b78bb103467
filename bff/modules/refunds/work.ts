import { nextLookMs, refundRequestStep, type RefundCall, type RefundRequestStep } from '@paycare/shared/rules'
import type { AppContext } from '../../context.ts'
import { exchangeAnswered, exchangeLeaves } from '../../db/exchange.ts'
import type { Unit } from '../../db/unit.ts'
import { applyToFresh, keep, NEVER, unlessChanged, type Lease, type Work } from '../../engine/index.ts'
import type { HospitalAnswer } from '../../gateways/hospital/client.ts'
import type { RefundAnswer } from '../../gateways/hospital/messages.ts'
import { Refusal } from '../../http/refusal.ts'
import { randomHex } from '../../ports/ids.ts'
import { decide, type Decision } from './decide.ts'
import { legFactsOf } from './leg-facts.ts'
import type { RefundRequest } from './record.ts'
import { noteField } from './sealed-fields.ts'
import { move, planLook, readRequest } from './store.ts'
import { readTarget } from './target.ts'

const second = 1_000
const minute = 60 * second
/** Pauses after an unanswered message to the hospital; the last one repeats. Every message is repeatable for ever. */
const againAfterMs = [1, 2, 5, 10, 30, 60].map((s) => s * second).concat(5 * minute)
/** After this many unanswered messages in a row a person is told; telling goes on. */
const triesUntilRaised = 6
const turnsMost = 24

/**
 * Does what `refundRequestStep` says until there is nothing to do now: the hospital is told and asked until it decides, its decision opens the
 * parts, and the request ends when all of them are decided. Money moves in the parts alone.
 */
export function refundRequestWork(x: AppContext): Work {
  return async (lease) => {
    for (let turn = 0; turn < turnsMost; turn++) {
      const { r, step } = await x.store.read(() => look(lease.subjectId, x.clock.now()))
      const dueAtMs = await perform(x, r, step, lease)
      if (dueAtMs !== undefined) return dueAtMs
    }
    return x.clock.now() + second
  }
}

function* look(id: string, nowMs: number): Unit<{ r: RefundRequest; step: RefundRequestStep }> {
  const r = yield* readRequest(id)
  const legs = (yield* legFactsOf(id)).map(({ leg, state }) => ({ way: leg.way, state }))
  return { r, step: refundRequestStep({ ...r, legs }, nowMs) }
}

/** Carries out one step; answers when the request is due again once nothing can be done now. */
async function perform(
  x: AppContext,
  r: RefundRequest,
  step: RefundRequestStep,
  lease: Lease,
): Promise<number | undefined> {
  switch (step.do) {
    case 'rest':
      return NEVER
    case 'wait':
      if (r.state === 'accepted') await x.store.run(() => lookLater(x, r))
      return step.untilMs
    case 'finish':
      await unlessChanged(x.store, () => finish(x, r, lease))
      return undefined
    case 'tell':
      await tell(x, r, step.call, lease)
      return undefined
  }
}

/** A lock that is being released tells nobody when it is done. */
function* lookLater(x: AppContext, r: RefundRequest): Unit<void> {
  const nowMs = x.clock.now()
  if (nowMs >= r.lookAtMs) yield* planLook(r.id, r.looks + 1, nextLookMs(r.looks, nowMs))
}

function* finish(x: AppContext, r: RefundRequest, lease: Lease): Unit<void> {
  const atMs = x.clock.now()
  yield* keep(lease, atMs)
  yield* move(r, { state: 'done', doneAtMs: atMs }, { event: 'done', by: 'refund', atMs })
}

async function tell(x: AppContext, r: RefundRequest, call: RefundCall, lease: Lease): Promise<void> {
  const msgId = randomHex(x.random)
  const leaves = { msgId, institution: r.institution, channel: 'hospital', interface: `refund:${call}` }
  const body = await x.store.run(function* () {
    const at = x.clock.now()
    yield* keep(lease, at)
    yield* exchangeLeaves({ ...leaves, attemptId: null, at })
    return call === 'ask' ? yield* wordsOf(x, r) : {}
  })
  const answer = await x.hospital.refund(r.institution, r.requestNo, call, body)
  const leases: Lease[] = []
  const hearFresh = (now: RefundRequest): Unit<void> => hear(x, now, call, answer, msgId, lease, leases)
  try {
    await applyToFresh(x.store, () => readRequest(lease.subjectId), hearFresh)
  } catch (error) {
    if (!(error instanceof Refusal) || answer.is !== 'answered') throw error
    await putOff(x, r.id, call, answer.body, msgId, error, lease)
  }
  await Promise.all(leases.map((one) => x.engine.work(one)))
}

/** What the hospital is asked: the numbers that it knows, and the patient's words. */
function* wordsOf(x: AppContext, r: RefundRequest): Unit<object> {
  const { target, no } = yield* readTarget(r.target)
  const about = target.kind === 'visit' ? { visitNo: no } : { registrationNo: no }
  const note = r.noteSealed === null ? null : yield* x.vault.open(r.personId, noteField(r.id), r.noteSealed)
  return { ...about, items: r.items, amountFen: r.askedFen, cause: r.cause, note }
}

function* hear(
  x: AppContext,
  r: RefundRequest,
  call: RefundCall,
  answer: HospitalAnswer<RefundAnswer>,
  msgId: string,
  lease: Lease,
  leases: Lease[],
): Unit<void> {
  const at = x.clock.now()
  leases.length = 0
  yield* keep(lease, at)
  yield* exchangeAnswered(msgId, at, answer.is, answer.is === 'silent' ? answer.why : null)
  if (r.state !== 'asked') return
  if (answer.is === 'answered') {
    leases.push(...(yield* heed(x, r, call, answer.body)))
    return
  }
  const pauseMs = againAfterMs[Math.min(r.tries, againAfterMs.length - 1)] ?? minute
  const forgotten = answer.is === 'absent' ? { isTold: false } : {}
  const changes = { ...forgotten, tries: r.tries + 1, notBeforeMs: at + pauseMs }
  yield* move(r, changes, { event: `silent:${call}`, by: 'refund', atMs: at })
  if (r.tries + 1 === triesUntilRaised) yield* x.engine.raise(r, 'hospitalSilent', `${call}:${at}`)
}

/** The hospital's document says how things stand there, whichever message it answers: late and repeated answers do no harm. */
function* heed(x: AppContext, r: RefundRequest, call: RefundCall, doc: RefundAnswer): Unit<Lease[]> {
  const atMs = x.clock.now()
  const decision = decisionOf(r, doc)
  if (decision) return yield* decide(x, r, decision, 'hospital')
  if (doc.state === 'withdrawn') {
    const changes = { state: 'withdrawn', decidedAtMs: atMs, tries: 0, notBeforeMs: 0 } as const
    yield* move(r, changes, { event: 'withdrawn', by: 'hospital', atMs })
    return []
  }
  // Withdrawn here and still pending there: told again.
  const notBeforeMs = call === 'withdraw' ? atMs + minute : 0
  if (!r.isTold || r.tries > 0 || notBeforeMs > 0) {
    yield* move(r, { isTold: true, tries: 0, notBeforeMs }, { event: `heard:${call}`, by: 'hospital', atMs })
  }
  yield* planLook(r.id, r.looks + 1, nextLookMs(r.looks, atMs))
  return []
}

/** An answer without amounts accepts all that was asked for. */
function decisionOf(r: RefundRequest, { state, items, text, decidedBy }: RefundAnswer): Decision | undefined {
  const by = decidedBy ?? 'rule'
  if (state === 'declined') return { decision: 'declined', text: text ?? '', decidedBy: by }
  if (state !== 'accepted') return undefined
  return { decision: 'accepted', items: [...(items ?? r.items)], decidedBy: by, ...(text == null ? {} : { text }) }
}

/**
 * A decision that cannot be carried out now: while the bank's answer about a payment is missing it is asked for again; anything else a person at
 * the hospital must put right, and is told once for each such decision.
 */
async function putOff(
  x: AppContext,
  id: string,
  call: RefundCall,
  doc: RefundAnswer,
  msgId: string,
  why: Refusal,
  lease: Lease,
): Promise<void> {
  await applyToFresh(
    x.store,
    () => readRequest(id),
    function* (r) {
      const atMs = x.clock.now()
      yield* keep(lease, atMs)
      yield* exchangeAnswered(msgId, atMs, 'answered', why.code)
      const pause = { isTold: true, tries: 0, notBeforeMs: nextLookMs(r.looks, atMs) }
      yield* move(r, pause, { event: `heard:${call}`, by: 'hospital', atMs })
      yield* planLook(id, r.looks + 1, pause.notBeforeMs)
      if (why.code === 'REFUND_PAYMENT_IN_DOUBT') return
      yield* x.engine.raise(r, 'refundDiffers', `${why.code}:${JSON.stringify(doc.items ?? null)}`)
    },
  )
}
