import { z } from 'zod'
import { Card } from './cards.ts'
import { PaymentBrief } from './payments.ts'
import { Fen, Id, Instant, PayerRole, VisitKind } from './primitives.ts'

/** Categories of fee items in the order in which they are shown (C 二（一）3: 诊疗费用明细). */
export const FeeCategory = z.enum([
  'registration',
  'exam',
  'lab',
  'treatment',
  'western',
  'chinese',
  'material',
  'other',
])

export const VisitTotals = z
  .object({
    /** Locked for certain, not deducted. */
    lockedFen: Fen,
    paidFen: Fen,
    releasedFen: Fen,
    /** Under way or in doubt. */
    pendingFen: Fen,
    /** Refused by the bank: to be paid another way. */
    otherWayFen: Fen,
    /** Of what was paid: gone back, and on its way back. */
    refundedFen: Fen,
    refundingFen: Fen,
  })
  .meta({ id: 'VisitTotals' })

export const VisitBrief = z
  .object({
    id: Id,
    kind: VisitKind,
    department: z.string(),
    doctor: z.string(),
    startedAtMs: Instant,
    state: z.enum(['open', 'finished']),
    inUse: z.boolean(),
    role: PayerRole.nullable(),
    totals: VisitTotals,
    orderCount: z.int(),
  })
  .meta({ id: 'VisitBrief' })

export const Visits = z.object({ card: Card, visits: z.array(VisitBrief) }).meta({ id: 'Visits' })

/** An order (医嘱审核订单) with its payments: one, or more when the order became dearer. */
export const Order = z
  .object({
    orderNo: z.string(),
    title: z.string(),
    orderedAtMs: Instant,
    amountFen: Fen,
    paidFen: Fen,
    itemCount: z.int(),
    payments: z.array(PaymentBrief),
  })
  .meta({ id: 'Order' })

export const VisitDetail = VisitBrief.extend({
  card: Card,
  orders: z.array(Order),
  finishedAtMs: Instant.nullable(),
  /** What is deducted tonight if nothing changes; null when nothing is locked or under way. */
  tonight: z.object({ amountFen: Fen, byMs: Instant }).nullable(),
}).meta({ id: 'VisitDetail' })

export const FeeItem = z
  .object({
    itemNo: z.string(),
    orderNo: z.string(),
    name: z.string(),
    plainName: z.string(),
    category: FeeCategory,
    unit: z.string(),
    quantity: z.number(),
    unitPriceFen: Fen,
    amountFen: Fen,
    row: PaymentBrief.shape.row,
  })
  .meta({ id: 'FeeItem' })

export const VisitFees = z
  .object({
    visit: VisitBrief,
    card: Card,
    totalFen: Fen,
    categories: z.array(z.object({ category: FeeCategory, amountFen: Fen, items: z.array(FeeItem) })),
  })
  .meta({ id: 'VisitFees' })

export type FeeCategory = z.infer<typeof FeeCategory>
export type VisitTotals = z.infer<typeof VisitTotals>
export type VisitBrief = z.infer<typeof VisitBrief>
export type Visits = z.infer<typeof Visits>
export type Order = z.infer<typeof Order>
export type VisitDetail = z.infer<typeof VisitDetail>
export type FeeItem = z.infer<typeof FeeItem>
export type VisitFees = z.infer<typeof VisitFees>
