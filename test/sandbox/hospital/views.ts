import { z } from 'zod'

/** Answers of the product's `/his/v1`, read leniently: unknown members and unknown states pass. */
const reason = z
  .object({ code: z.string(), text: z.string() })
  .nullish()
  .transform((value) => value ?? null)

const paymentView = z.object({
  id: z.string(),
  revision: z.number(),
  state: z.string(),
  doing: z.string().nullish(),
  certain: z.boolean(),
  amountFen: z.int(),
  paidFen: z.int().default(0),
  reason,
})

const orderView = z.object({
  orderNo: z.string(),
  title: z.string().default(''),
  amountFen: z.int(),
  paidFen: z.int().default(0),
  mayEnter: z.boolean().nullish(),
  payments: z.array(paymentView).default([]),
})

/** `VisitView` of the product. */
export const visitView = z.object({
  visitNo: z.string(),
  state: z.string(),
  credit: z.object({ inUse: z.boolean(), mark: z.string().nullish(), reason }),
  prompt: z.string().nullish(),
  totals: z.object({ lockedFen: z.int(), paidFen: z.int(), releasedFen: z.int(), pendingFen: z.int() }),
  orders: z.array(orderView).default([]),
})

/** Answer to an order or its cancellation. */
export const orderAnswer = z.object({ order: orderView, prompt: z.string().nullish() })

/** Answer to the sign-up query (C 三（二）（三）). */
export const creditStatus = z.object({
  status: z.string(),
  quota: z.string().nullish(),
  mark: z.string().nullish(),
  agreementTail: z.string().nullish(),
  prompt: z.string().nullish(),
})

/** RFC 9457 problem of the product. */
export const problem = z.object({
  code: z.string().default('UNKNOWN'),
  title: z.string().default(''),
  detail: z.string().default(''),
})

/** A visit as the product tells it. */
export type VisitView = z.infer<typeof visitView>
/** An order as the product tells it. */
export type OrderView = z.infer<typeof orderView>
/** A payment of an order as the product tells it. */
export type PaymentView = z.infer<typeof paymentView>
/** A sign-up status as the product tells it. */
export type CreditStatus = z.infer<typeof creditStatus>
