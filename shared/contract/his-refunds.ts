import { z } from 'zod'
import { hisExamples } from './his-examples.ts'
import { Fen, FenPositive, HisNumber, Reason } from './primitives.ts'
import { RefundItem, RefundLeg } from './refunds.ts'

/** HIS or its staff ask for a refund that is decided already (C 二（一）5): for a visit, or for the fee of a registration. */
export const HisAskRefund = z
  .object({
    /** HIS's own number of it: the identity of the request. */
    refundNo: HisNumber,
    visitNo: HisNumber.optional(),
    registrationNo: HisNumber.optional(),
    items: z.array(RefundItem).min(1).max(500),
    text: z.string().trim().max(100).optional(),
    /** The person's staff number at the hospital. */
    decidedBy: z.string().trim().min(1).max(32),
  })
  .refine((one) => (one.visitNo === undefined) !== (one.registrationNo === undefined), { path: ['visitNo'] })
  .meta({ id: 'HisAskRefund', example: hisExamples.askRefund })

/** What the hospital decided about a patient's request, item by item; an item that is left out is not refunded. */
export const DecideRefund = z
  .discriminatedUnion('decision', [
    z.object({
      decision: z.literal('accepted'),
      items: z.array(RefundItem).min(1).max(500),
      text: z.string().trim().max(100).optional(),
      decidedBy: z.string().trim().min(1).max(32),
    }),
    z.object({
      decision: z.literal('declined'),
      text: z.string().trim().min(1).max(100),
      decidedBy: z.string().trim().min(1).max(32),
    }),
  ])
  .meta({ id: 'DecideRefund', example: hisExamples.decideRefund })

/** The second person, above the institution's amount. Never the one who decided. */
export const ApproveRefund = z
  .object({ approvedBy: z.string().trim().min(1).max(32) })
  .meta({ id: 'ApproveRefund', example: hisExamples.approveRefund })

/** What the bank had too little balance for goes again, from the day after it was tried (C 二（一）5). */
export const ResendRefund = z
  .object({ by: z.string().trim().min(1).max(32) })
  .meta({ id: 'ResendRefund', example: hisExamples.resendRefund })

export const HisRefund = z
  .object({
    refundNo: z.string(),
    visitNo: z.string().nullable(),
    registrationNo: z.string().nullable(),
    state: z.enum(['asked', 'approving', 'accepted', 'done', 'declined', 'withdrawn']),
    askedBy: z.enum(['patient', 'hospital']),
    askedFen: Fen,
    acceptedFen: Fen.nullable(),
    backFen: FenPositive.or(z.literal(0)),
    items: z.array(RefundItem),
    /** What was accepted, item by item; null before the decision. */
    acceptedItems: z.array(RefundItem).nullable(),
    decidedBy: z.string().nullable(),
    approvedBy: z.string().nullable(),
    legs: z.array(
      RefundLeg.omit({ orderTitle: true, serialTail: true }).extend({
        serial: z.string().nullable(),
        reason: Reason.nullable(),
        /** Whole days since it was first tried and the balance was too small. */
        ageDays: z.int().nonnegative(),
        canResend: z.boolean(),
        /** Which balance is expected to pay (C 二（一）5 table 1); null for a lock. The bank decides. */
        source: z.enum(['today', 'reserve', 'receivable']).nullable(),
        /** What the department is told of a try that failed: 该居民退款失败, which try, since when; null otherwise. */
        notice: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'HisRefund' })
export const HisRefunds = z.object({ refunds: z.array(HisRefund) }).meta({ id: 'HisRefunds' })

/** 暂收金额 (C 四（五）): what the merchant number holds at the bank now; a figure that the bank does not state is null. */
export const HisMerchantBalance = z
  .object({
    askedAt: z.iso.datetime({ offset: true }),
    totalFen: Fen.nullable(),
    receivableTodayFen: Fen.nullable(),
    reserveFen: Fen.nullable(),
    refundableFen: Fen.nullable(),
    pendingSettleFen: Fen.nullable(),
    /** What this institution means to keep there (C 二（一）5: 20,000, 10,000 or 5,000 yuan by tier); null without a reserve. */
    reserveWantedFen: Fen.nullable(),
    /** Refunds that wait for money at this moment. */
    waitingFen: Fen,
    waitingCount: z.int().nonnegative(),
  })
  .meta({ id: 'HisMerchantBalance' })

export type HisAskRefund = z.infer<typeof HisAskRefund>
export type DecideRefund = z.infer<typeof DecideRefund>
export type ApproveRefund = z.infer<typeof ApproveRefund>
export type ResendRefund = z.infer<typeof ResendRefund>
export type HisRefund = z.infer<typeof HisRefund>
export type HisRefunds = z.infer<typeof HisRefunds>
export type HisMerchantBalance = z.infer<typeof HisMerchantBalance>
