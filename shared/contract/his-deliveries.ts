import { z } from 'zod'
import { HisPayment, HisRegistration } from './his.ts'
import { Fen, Reason } from './primitives.ts'

const IsoTime = z.iso.datetime({ offset: true })

/** What the money belongs to; what does not apply is null. */
const belongsTo = {
  visitNo: z.string().nullable(),
  orderNo: z.string().nullable(),
  registrationNo: z.string().nullable(),
  windowRegistrationNo: z.string().nullable(),
}

/** Rises with every change of the same subject: a receiver keeps the highest and leaves out what is older. */
const version = z.int().nonnegative()

/** What HIS is told of a change: `data` says what polling would answer at that moment. No identity. */
export const HisNews = z
  .discriminatedUnion('type', [
    z.object({
      type: z.literal('payment.changed'),
      timestamp: IsoTime,
      data: z.object({ version, ...belongsTo, payment: HisPayment }),
    }),
    z.object({
      type: z.literal('refund.changed'),
      timestamp: IsoTime,
      data: z.object({
        version,
        ...belongsTo,
        refund: z.object({
          id: z.string(),
          paymentId: z.string(),
          state: z.enum(['opening', 'waiting', 'refunded', 'refused', 'review']),
          /** false while the bank's answer is missing. */
          certain: z.boolean(),
          amountFen: Fen,
          acctDate: z.string().nullable(),
          reason: Reason.nullable(),
        }),
      }),
    }),
    z.object({
      type: z.literal('registration.changed'),
      timestamp: IsoTime,
      data: z.object({ version, registration: HisRegistration }),
    }),
  ])
  .meta({ id: 'HisNews' })

/** One change as it is told: what a webhook carries, and what became of telling it. */
export const HisDelivery = z
  .object({
    /** The same in every repetition; `webhook-id`. */
    id: z.string(),
    at: IsoTime,
    /** kept: no address is configured, so it is only listed. */
    state: z.enum(['kept', 'waiting', 'sent', 'givenUp']),
    tries: z.int().nonnegative(),
    /** Of the last try: the status that was answered, or why none was. */
    lastStatus: z.string().nullable(),
    news: HisNews,
  })
  .meta({ id: 'HisDelivery' })

export const HisDeliveries = z
  .object({
    deliveries: z.array(HisDelivery),
    /** Goes into `after` for what follows; null at the end of the list. */
    next: z.string().nullable(),
  })
  .meta({ id: 'HisDeliveries' })

export type HisNews = z.infer<typeof HisNews>
export type HisDelivery = z.infer<typeof HisDelivery>
export type HisDeliveries = z.infer<typeof HisDeliveries>
