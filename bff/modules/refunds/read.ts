import type { RefundBrief, RefundDetail, RefundLeg, Refunds, RefundStep } from '@paycare/shared/contract'
import { isLegOver, refundRow, sumFen, tail } from '@paycare/shared/rules'
import type { AppContext } from '../../context.ts'
import type { Unit } from '../../db/unit.ts'
import { readCard, type BoundCard } from '../account/index.ts'
import { legFactsOf, overAtMs, type LegFacts } from './leg-facts.ts'
import { ownRequest } from './own.ts'
import { acceptedItemsOf, type RefundRequest } from './record.ts'
import { decisionField, noteField } from './sealed-fields.ts'
import { requestsOfPerson } from './store.ts'
import { readTarget, type Target } from './target.ts'

const hour = 3_600_000

/** The refunds of a person at an institution, whoever asked, newest first. */
export async function listRefunds(x: AppContext, accountId: string, cardId: string): Promise<Refunds> {
  const card = await readCard(x, accountId, cardId)
  const refunds = await x.store.read(() => briefsOf(card))
  return { card: card.view, refunds, nowMs: x.clock.now() }
}

function* briefsOf({ institution, personId }: BoundCard): Unit<RefundBrief[]> {
  const briefs: RefundBrief[] = []
  for (const r of yield* requestsOfPerson(institution, personId)) {
    briefs.push(briefOf(r, yield* readTarget(r.target), yield* legFactsOf(r.id)))
  }
  return briefs
}

/** The page of every state of a refund: what is known now, who has it in hand, and the way there. */
export async function readRefund(x: AppContext, accountId: string, id: string): Promise<RefundDetail> {
  const { request, card } = await ownRequest(x, accountId, id)
  return pageOf(x, request, card)
}

/** The same, of a request that was found to be the account's own. */
export function pageOf(x: AppContext, r: RefundRequest, card: BoundCard): Promise<RefundDetail> {
  return x.store.read(() => detailOf(x, r, card))
}

function* detailOf(x: AppContext, r: RefundRequest, card: BoundCard): Unit<RefundDetail> {
  const target = yield* readTarget(r.target)
  const facts = yield* legFactsOf(r.id)
  const legs: RefundLeg[] = []
  for (const one of facts) legs.push(yield* legView(one, target))
  const open = function* (field: string, sealed: string | null): Unit<string | null> {
    return sealed === null ? null : yield* x.vault.open(r.personId, field, sealed)
  }
  return {
    ...briefOf(r, target, facts),
    card: card.view,
    cause: r.cause,
    note: yield* open(noteField(r.id), r.noteSealed),
    askedBy: r.askedBy,
    items: itemsOf(r, target),
    decisionText: yield* open(decisionField(r.id), r.decisionSealed),
    legs,
    steps: stepsOf(x, r, facts),
    canWithdraw: r.state === 'asked' && r.goal === 'decided',
    nowMs: x.clock.now(),
  }
}

function briefOf(r: RefundRequest, { title }: Target, legs: readonly LegFacts[]): RefundBrief {
  return {
    id: r.id,
    requestNo: r.requestNo,
    target: r.target,
    title,
    row: refundRow({ state: r.state, isHospitalSilent: r.tries > 0, legs: legs.map((one) => one.state) }),
    askedFen: r.askedFen,
    acceptedFen: r.state === 'declined' || r.state === 'withdrawn' ? null : r.acceptedFen,
    backFen: backFenOf(legs),
    askedAtMs: r.openedAtMs,
  }
}

/** What has come back for certain: a released lock as well. */
export function backFenOf(legs: readonly LegFacts[]): number {
  return sumFen(legs.filter((one) => one.state === 'done').map(({ leg }) => leg.amountFen))
}

function itemsOf(r: RefundRequest, { orders }: Target): RefundDetail['items'] {
  const accepted = acceptedItemsOf(r)
  return r.items.map(({ orderNo, itemNo, amountFen }) => {
    const named = orders.find((one) => one.orderNo === orderNo)?.items.find((one) => one.itemNo === itemNo)
    const given = accepted?.find((one) => one.orderNo === orderNo && one.itemNo === itemNo)
    const acceptedFen = accepted === null ? null : (given?.amountFen ?? 0)
    return { orderNo, itemNo, name: named?.name ?? '', askedFen: amountFen, acceptedFen }
  })
}

function* legView(facts: LegFacts, { orders }: Target): Unit<RefundLeg> {
  const { leg, state, attempts, refund, payment } = facts
  const serial = attempts.at(-1)?.serial
  return {
    paymentId: leg.paymentId,
    orderTitle: orders.find((one) => one.orderNo === leg.orderNo)?.title ?? '',
    amountFen: leg.amountFen,
    way: leg.way,
    state,
    tries: attempts.length,
    sinceMs: refund?.openedAtMs ?? payment.openedAtMs,
    doneAtMs: state === 'done' ? yield* overAtMs(facts) : null,
    serialTail: serial === undefined ? null : tail(serial),
  }
}

/** Who has it in hand, what was promised, and when it was done. Nobody can promise for the bank. */
function stepsOf(x: AppContext, r: RefundRequest, legs: readonly LegFacts[]): RefundStep[] {
  const promisedMs = r.openedAtMs + x.institution(r.institution).refunds.promiseHours * hour
  const asked: RefundStep = { step: 'asked', holder: 'patient', promisedMs: null, doneAtMs: r.openedAtMs }
  const decided: RefundStep = { step: 'decided', holder: 'hospital', promisedMs, doneAtMs: r.decidedAtMs }
  if (r.state === 'declined' || r.state === 'withdrawn') return [asked, decided]
  const isApproved = r.state === 'approving' || r.approvedAtMs !== null
  const approved: RefundStep = { step: 'approved', holder: 'hospital', promisedMs, doneAtMs: r.approvedAtMs }
  // The hospital's balance was too small: the matter is the hospital's again until it is sent once more.
  const isWaiting = legs.some((one) => one.state === 'waiting')
  const sentAtMs = r.state === 'accepted' || r.state === 'done' ? (r.approvedAtMs ?? r.decidedAtMs) : null
  const atBank: RefundStep = {
    step: 'atBank',
    holder: isWaiting ? 'hospital' : 'bank',
    promisedMs: null,
    doneAtMs: isWaiting ? null : sentAtMs,
  }
  const isBack = legs.length > 0 && legs.every((one) => isLegOver(one.state))
  const back: RefundStep = { step: 'back', holder: 'bank', promisedMs: null, doneAtMs: isBack ? r.doneAtMs : null }
  return [asked, decided, ...(isApproved ? [approved] : []), atBank, back]
}
