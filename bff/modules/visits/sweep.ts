import type { AppContext } from '../../context.ts'
import { exchangeAnswered, exchangeLeaves } from '../../db/exchange.ts'
import { Conflict } from '../../db/store.ts'
import type { Unit } from '../../db/unit.ts'
import { AimRefused, giveBack, keep, type Consult, type Lease, type Payment } from '../../engine/index.ts'
import type { HospitalAnswer } from '../../gateways/hospital/client.ts'
import type { AmountsAnswer } from '../../gateways/hospital/messages.ts'
import { Refusal } from '../../http/refusal.ts'
import { randomHex } from '../../ports/ids.ts'
import { aimLocks } from './aim-locks.ts'
import { claimSweep, delaySweep, findVisitOfBill, markFinished, type Visit } from './store.ts'

const minute = 60_000
/** Pauses between two questions about the amounts of one visit; the last one repeats until 23:45. */
const againAfterMs = [1, 2, 5, 10].map((m) => m * minute)

type Answer = HospitalAnswer<AmountsAnswer>

/**
 * The evening sweep (C 二（一）3, `engine.md §7.1`): HIS is asked for the real amounts of a visit that it has not ended, and all its locks are aimed
 * exactly as the end of the visit does it. The first lock of the visit that is due asks for all of them. Only an amount that HIS states is
 * ever taken; without one the locks are left to expire, and a person is told at 23:45.
 */
export function sweep(x: AppContext): Consult {
  return async (s, isLastPass, untilMs, lease) => {
    const msgId = randomHex(x.random)
    const asked = await x.store.run(() => claim(x, s, msgId, lease))
    if (!asked.mine) return asked.againAtMs
    const { visit } = asked
    const answer = await x.hospital.amounts(s.institution, visit.hisNo)
    if (await isAimed(x, s, msgId, lease, answer, isLastPass)) return undefined
    return isStillOpen(answer, isLastPass) ? await delay(x, visit, untilMs) : asked.againAtMs
  }
}

type Claimed = { readonly againAtMs: number } & (
  | { readonly mine: false }
  | { readonly mine: true; readonly visit: Visit }
)

/** One question at a time for all locks of a visit; the next one is planned before this one leaves. */
function* claim(x: AppContext, s: Payment, msgId: string, lease: Lease): Unit<Claimed> {
  const at = x.clock.now()
  yield* keep(lease, at)
  const visit = yield* findVisitOfBill(s.billId)
  if (!visit) throw new Error(`bill ${s.billId} has no visit`)
  if (visit.sweepAtMs > at) return { mine: false, againAtMs: visit.sweepAtMs }
  const pauseMs = againAfterMs[Math.min(visit.sweepTries, againAfterMs.length - 1)] ?? minute
  yield* claimSweep(visit, at + pauseMs)
  const { institution } = s
  yield* exchangeLeaves({ msgId, institution, channel: 'hospital', interface: 'amounts', attemptId: null, at })
  return { mine: true, visit, againAtMs: at + pauseMs }
}

/** An open visit whose amounts do not count yet: doctor and pharmacy may still be at work. */
function isStillOpen(answer: Answer, isLastPass: boolean): boolean {
  return answer.is === 'answered' && answer.body.state === 'open' && !isLastPass
}

/** Looks again in the last pass, and not before. */
async function delay(x: AppContext, visit: Visit, untilMs: number): Promise<number> {
  await x.store.run(() => delaySweep(visit.id, untilMs))
  return untilMs
}

/** Whether the locks are aimed now: not when there was no amount to aim by. A finish that came meanwhile wins. */
async function isAimed(
  x: AppContext,
  s: Payment,
  msgId: string,
  lease: Lease,
  answer: Answer,
  isLastPass: boolean,
): Promise<boolean> {
  try {
    return await x.store.run(() => hear(x, s, msgId, lease, answer, isLastPass))
  } catch (error) {
    if (error instanceof Conflict || error instanceof AimRefused) return true
    if (!(error instanceof Refusal)) throw error
    await x.store.run(() => doesNotFit(x, s, msgId, lease, error.code))
    return false
  }
}

function* hear(
  x: AppContext,
  s: Payment,
  msgId: string,
  lease: Lease,
  answer: Answer,
  isLastPass: boolean,
): Unit<boolean> {
  const at = x.clock.now()
  yield* keep(lease, at)
  yield* exchangeAnswered(msgId, at, answer.is, answer.is === 'silent' ? answer.why : null)
  if (answer.is !== 'answered' || isStillOpen(answer, isLastPass)) return false
  const visit = yield* findVisitOfBill(s.billId)
  if (!visit) throw new Error(`bill ${s.billId} has no visit`)
  // Nobody waits: the other locks of the visit are due now, and take their places in the lane like everything else.
  for (const other of yield* aimLocks(x, visit, answer.body.orders, 'sweep')) yield* giveBack(other, at, at)
  if (answer.body.state === 'finished' && visit.state === 'open') yield* markFinished(visit, null, at)
  return true
}

/** Amounts above the locks, or an order left out: nothing of it is taken, a person is told, and HIS is asked again. */
function* doesNotFit(x: AppContext, s: Payment, msgId: string, lease: Lease, code: string): Unit<void> {
  const at = x.clock.now()
  yield* keep(lease, at)
  yield* exchangeAnswered(msgId, at, 'answered', code)
  yield* x.engine.raise(s, 'sweepDiffers', code)
}
