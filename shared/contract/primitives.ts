import { z } from 'zod'

/** An amount of money in integer fen. Never negative on the wire. */
export const Fen = z.int().nonnegative().meta({ description: '金额，单位分', example: 4260 })
/** A positive amount of money in integer fen, at most ¥9,999,999,999.99 (ten digits of yuan, `bank.md §3.0`). */
export const FenPositive = z.int().positive().max(999_999_999_999)
/** An instant as epoch milliseconds. */
export const Instant = z.int().nonnegative().meta({ description: '时刻，Unix 毫秒' })
/** An identifier that we issue. */
export const Id = z.string().min(1).max(64)
/** A number issued by the hospital's own system. */
export const HisNumber = z.string().regex(/^[A-Za-z0-9_-]{1,32}$/)
/** Mark of a visit: the patient's own quota or a family member's (亲情付, C 二（一）2). */
export const Mark = z.enum(['信用就医', '亲情付'])
/** What a visit is for; a vaccination goes to the bank as one (C 二（一）7). */
export const VisitKind = z.enum(['outpatient', 'vaccination'])
/** Whose quota pays: the patient's own or, unseen by the patient, a principal's. */
export const PayerRole = z.enum(['own', 'family'])

export const Reason = z.object({ code: z.string(), text: z.string() }).meta({ id: 'Reason' })

export type Mark = z.infer<typeof Mark>
export type VisitKind = z.infer<typeof VisitKind>
export type PayerRole = z.infer<typeof PayerRole>
export type Reason = z.infer<typeof Reason>
