import { z } from 'zod'
import { Card } from './cards.ts'
import { Fen, Id, Instant, PayerRole, Reason } from './primitives.ts'

/** What is known of a payment (`engine.md §4`). */
export const PaymentState = z.enum(['opening', 'held', 'paid', 'released', 'declined', 'expired', 'review'])
/** What is wanted of it. */
export const PaymentGoal = z.enum(['hold', 'paid', 'gone'])
/** The one call that is under way or in doubt. */
export const PaymentStep = z.enum(['lock', 'confirm', 'cancel'])
/** The row of `shared/text/states.ts` that the page shows: chosen by (state, goal, step, doubt) in `rules/payment-row.ts`. */
export const HoldRow = z.enum([
  'locking',
  'lockDoubt',
  'held',
  'confirming',
  'confirmDoubt',
  'cancelling',
  'cancelDoubt',
  'paid',
  'partlyPaid',
  'released',
  'declined',
  'expired',
  'review',
])

export const PaymentBrief = z
  .object({
    id: Id,
    kind: z.literal('hold'),
    row: HoldRow,
    state: PaymentState,
    amountFen: Fen,
    /** What will be or was asked for; equals `amountFen` until the hospital reports real amounts. */
    captureFen: Fen,
    paidFen: Fen,
    releasedFen: Fen,
    /** Gone back of what was paid; on its way back, which counts as gone until the bank says otherwise. */
    refundedFen: Fen,
    refundingFen: Fen,
    reason: Reason.nullable(),
  })
  .meta({ id: 'PaymentBrief' })

/** One line of the payment's own history, newest last. */
export const PaymentEvent = z
  .object({
    atMs: Instant,
    event: z.enum([
      'opened',
      'locked',
      'declined',
      'confirmed',
      'released',
      'expired',
      'doubt',
      'finish',
      'drop',
      'review',
      'refundAsked',
      'refunded',
    ]),
    amountFen: Fen.nullable(),
  })
  .meta({ id: 'PaymentEvent' })

export const PaymentDetail = PaymentBrief.extend({
  card: Card,
  role: PayerRole,
  /** The visit that it belongs to; null for a registration fee before the visit. */
  visitId: Id.nullable(),
  registrationId: Id.nullable(),
  department: z.string(),
  doctor: z.string(),
  orderTitle: z.string(),
  serialTail: z.string().nullable(),
  openedAtMs: Instant,
  acctDate: z.string().nullable(),
  repayBy: z.string().nullable(),
  /** The latest instant at which the deduction happens if nothing changes; null once nothing is locked. */
  deductByMs: Instant.nullable(),
  events: z.array(PaymentEvent),
}).meta({ id: 'PaymentDetail' })

export type PaymentState = z.infer<typeof PaymentState>
export type PaymentGoal = z.infer<typeof PaymentGoal>
export type PaymentStep = z.infer<typeof PaymentStep>
export type HoldRow = z.infer<typeof HoldRow>
export type PaymentBrief = z.infer<typeof PaymentBrief>
export type PaymentEvent = z.infer<typeof PaymentEvent>
export type PaymentDetail = z.infer<typeof PaymentDetail>
