import type { HisRefund, HisRefunds } from '@paycare/shared/contract'
import { ageInDays, dayOf, mayResend, refundSource } from '@paycare/shared/rules'
import { refundFailedNotice } from '@paycare/shared/text'
import type { AppContext } from '../../context.ts'
import type { Unit } from '../../db/unit.ts'
import { Refusal } from '../../http/refusal.ts'
import { reasonOf } from '../bills/index.ts'
import { legFactsOf, overAtMs, type LegFacts } from './leg-facts.ts'
import { backFenOf } from './read.ts'
import { acceptedItemsOf, type RefundRequest } from './record.ts'
import { findRequestByNo, requestsUnderWay } from './store.ts'
import { readTarget } from './target.ts'

type HisLeg = HisRefund['legs'][number]

/** A refund as HIS reads it back. */
export async function hisRefund(x: AppContext, institution: string, refundNo: string): Promise<HisRefund> {
  const found = await x.store.read(function* () {
    const r = yield* findRequestByNo(institution, refundNo)
    return r && (yield* viewOf(x, r))
  })
  if (!found) throw new Refusal(404, 'REFUND_NOT_FOUND')
  return found
}

/** What staff look after: everything that is not over, or only what waits for money at the bank. */
export async function hisRefunds(x: AppContext, institution: string, which: 'waiting' | 'open'): Promise<HisRefunds> {
  const refunds = await x.store.read(() => viewsUnderWay(x, institution))
  const isShown = (one: HisRefund): boolean => which === 'open' || one.legs.some((leg) => leg.state === 'waiting')
  return { refunds: refunds.filter(isShown) }
}

function* viewsUnderWay(x: AppContext, institution: string): Unit<HisRefund[]> {
  const views: HisRefund[] = []
  for (const r of yield* requestsUnderWay(institution)) views.push(yield* viewOf(x, r))
  return views
}

function* viewOf(x: AppContext, r: RefundRequest): Unit<HisRefund> {
  const { no } = yield* readTarget(r.target)
  const facts = yield* legFactsOf(r.id)
  const legs: HisLeg[] = []
  for (const one of facts) legs.push(yield* legView(x, one))
  return {
    refundNo: r.requestNo,
    visitNo: r.target.kind === 'visit' ? no : null,
    registrationNo: r.target.kind === 'registration' ? no : null,
    state: r.state,
    askedBy: r.askedBy,
    askedFen: r.askedFen,
    acceptedFen: r.acceptedFen,
    backFen: backFenOf(facts),
    items: [...r.items],
    acceptedItems: r.acceptedJson === null ? null : [...(acceptedItemsOf(r) ?? [])],
    decidedBy: r.decidedBy,
    approvedBy: r.approvedBy,
    legs,
  }
}

function* legView(x: AppContext, facts: LegFacts): Unit<HisLeg> {
  const { leg, state, attempts, refund, payment } = facts
  const nowMs = x.clock.now()
  const sinceMs = refund?.openedAtMs ?? payment.openedAtMs
  const { reserve } = x.institution(payment.institution).refunds
  const reasonCode = refund?.reasonCode ?? null
  const isWaiting = state === 'waiting'
  return {
    paymentId: leg.paymentId,
    amountFen: leg.amountFen,
    way: leg.way,
    state,
    tries: attempts.length,
    sinceMs,
    doneAtMs: state === 'done' ? yield* overAtMs(facts) : null,
    serial: attempts.at(-1)?.serial ?? null,
    reason: reasonCode === null ? null : reasonOf(reasonCode),
    ageDays: isWaiting ? ageInDays(failedFirstMs(facts), nowMs) : 0,
    canResend: canResend(facts, nowMs),
    source:
      leg.way === 'release'
        ? null
        : refundSource(payment.acctDate ?? dayOf(payment.openedAtMs), nowMs, reserve.enabled),
    notice: isWaiting ? refundFailedNotice({ tries: attempts.length, sinceMs: failedFirstMs(facts), nowMs }) : null,
  }
}

function failedFirstMs({ attempts }: LegFacts): number {
  return attempts.find((attempt) => attempt.state === 'deferred')?.firstSentAtMs ?? 0
}

/** Staff send again what is not sent again by itself, from the day after the last try (C 二（一）5). */
export function canResend({ state, refund, attempts }: LegFacts, nowMs: number): boolean {
  const lastMs = attempts.at(-1)?.firstSentAtMs
  return state === 'waiting' && refund?.queue === 'manual' && lastMs !== undefined && mayResend(lastMs, nowMs)
}
