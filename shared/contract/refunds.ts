import { z } from 'zod'
import { Card } from './cards.ts'
import { Fen, FenPositive, HisNumber, Id, Instant, Reason } from './primitives.ts'

/** What a refund is about: all that was locked or paid for a visit, or the fee of a registration (退号 after it was paid). */
export const RefundTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('visit'), id: Id }),
  z.object({ kind: z.literal('registration'), id: Id }),
])

/** Why the patient asks, in the patient's words; the sentences stand in `shared/text`. */
export const RefundCause = z.enum(['notDone', 'notTaken', 'chargedTwice', 'wrongItem', 'notComing', 'other'])

/** One item of one order. The fee of a registration is one item of its own. */
export const RefundItem = z.object({ orderNo: HisNumber, itemNo: HisNumber, amountFen: FenPositive })

/** How money can go back now: a lock is released, a deduction is refunded (C 二（一）5 table 1). */
export const RefundWay = z.enum(['release', 'refund'])

/** What can be asked for, before anything is asked. */
export const RefundOptions = z
  .object({
    card: Card,
    target: RefundTarget,
    title: z.string(),
    orders: z.array(
      z.object({
        orderNo: HisNumber,
        title: z.string(),
        way: RefundWay.nullable(),
        /** Why nothing of it can be asked for here, with the way that remains. */
        block: Reason.nullable(),
        items: z.array(
          z.object({
            itemNo: HisNumber,
            name: z.string(),
            amountFen: Fen,
            /** Not refunded, nor asked for already. */ leftFen: Fen,
          }),
        ),
      }),
    ),
    /** Why nothing at all can be asked for here; null when something can. */
    block: Reason.nullable(),
    /** Who decides: the hospital by its rule at once, or its staff. */
    decidedBy: z.enum(['rule', 'staff']),
    /** The last instant by which the hospital promises to have decided. */
    decidedByMs: Instant,
    /** Requests of this target that are not over. */
    under: z.array(Id),
    nowMs: Instant,
  })
  .meta({ id: 'RefundOptions' })

/** The patient's tap is a request; nothing moves before the hospital has decided (product.md §8). */
export const AskRefund = z
  .object({
    target: RefundTarget,
    items: z.array(RefundItem).min(1).max(500),
    cause: RefundCause,
    note: z.string().trim().max(100).optional(),
  })
  .meta({ id: 'AskRefund' })

/** The row of `shared/text/states.ts` that the page of a refund shows; chosen in `rules/refund-row.ts`. */
export const RefundRow = z.enum([
  /** With the hospital, not decided. */
  'asked',
  /** The hospital's system has not answered yet: it will get the request. */
  'askDoubt',
  /** Accepted by one person; a second one must agree. */
  'approving',
  'declined',
  'withdrawn',
  /** Accepted, on its way at the bank. */
  'running',
  /** The bank's answer is missing. */
  'runningDoubt',
  /** The hospital's balance at the bank is too small today (DCBS0004PL0974): tried again. */
  'waiting',
  'done',
  /** Part of it went back, part the bank refused. */
  'partlyDone',
  /** The bank refused all of it: the hospital sees to it. */
  'failed',
  'review',
])

/** One payment's part of a refund. */
export const RefundLeg = z
  .object({
    paymentId: Id,
    orderTitle: z.string(),
    amountFen: Fen,
    way: RefundWay,
    state: z.enum(['doing', 'doubt', 'waiting', 'done', 'refused', 'review']),
    /** How often the bank was asked for it; 0 for a lock. */
    tries: z.int().nonnegative(),
    sinceMs: Instant,
    doneAtMs: Instant.nullable(),
    serialTail: z.string().nullable(),
  })
  .meta({ id: 'RefundLeg' })

/** Who has the money or the matter in hand at each step, what was promised, and when it was done. */
export const RefundStep = z.object({
  step: z.enum(['asked', 'decided', 'approved', 'atBank', 'back']),
  holder: z.enum(['patient', 'hospital', 'bank']),
  /** Null when nobody can promise. */
  promisedMs: Instant.nullable(),
  doneAtMs: Instant.nullable(),
})

export const RefundBrief = z
  .object({
    id: Id,
    /** The number that patient, hospital and bank name it by. */
    requestNo: HisNumber,
    target: RefundTarget,
    title: z.string(),
    row: RefundRow,
    askedFen: Fen,
    /** Null before the decision. */
    acceptedFen: Fen.nullable(),
    backFen: Fen,
    askedAtMs: Instant,
  })
  .meta({ id: 'RefundBrief' })
export const Refunds = z.object({ card: Card, refunds: z.array(RefundBrief), nowMs: Instant }).meta({ id: 'Refunds' })

export const RefundDetail = RefundBrief.extend({
  card: Card,
  cause: RefundCause,
  note: z.string().nullable(),
  askedBy: z.enum(['patient', 'hospital']),
  items: z.array(
    z.object({ orderNo: HisNumber, itemNo: HisNumber, name: z.string(), askedFen: Fen, acceptedFen: Fen.nullable() }),
  ),
  /** What the hospital wrote with its decision. */
  decisionText: z.string().nullable(),
  legs: z.array(RefundLeg),
  steps: z.array(RefundStep),
  canWithdraw: z.boolean(),
  nowMs: Instant,
}).meta({ id: 'RefundDetail' })

export type RefundTarget = z.infer<typeof RefundTarget>
export type RefundCause = z.infer<typeof RefundCause>
export type RefundItem = z.infer<typeof RefundItem>
export type RefundWay = z.infer<typeof RefundWay>
export type RefundOptions = z.infer<typeof RefundOptions>
export type AskRefund = z.infer<typeof AskRefund>
export type RefundRow = z.infer<typeof RefundRow>
export type RefundLeg = z.infer<typeof RefundLeg>
export type RefundStep = z.infer<typeof RefundStep>
export type RefundBrief = z.infer<typeof RefundBrief>
export type Refunds = z.infer<typeof Refunds>
export type RefundDetail = z.infer<typeof RefundDetail>
