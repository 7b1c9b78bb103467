import { z } from 'zod'
import { Card } from './cards.ts'
import { Fen, Id, Instant, PayerRole } from './primitives.ts'

/** One use of a shared quota at a hospital: no item and no diagnosis is ever in it (product.md §5). */
export const FamilyUse = z
  .object({
    /** Masked; null on the card's own uses. */
    person: z.string().nullable(),
    institution: z.string(),
    atMs: Instant,
    amountFen: Fen,
    refundedFen: Fen,
    state: z.enum(['locked', 'paid', 'refunded', 'released', 'doubt']),
  })
  .meta({ id: 'FamilyUse' })

/**
 * 亲情付 from the hospital's own records (C 二（二）): the principal sees who used how much, when and where; a sharer sees only its own uses.
 * `bankOnly`: the bank does not tell which quotas belong together, so the view is at the bank.
 */
export const FamilyView = z
  .object({
    card: Card,
    state: z.enum(['principal', 'sharer', 'bankOnly', 'notSigned', 'silent']),
    role: PayerRole.nullable(),
    uses: z.array(FamilyUse),
    /** By person, for the picture; one entry for a sharer. */
    totals: z.array(z.object({ person: z.string(), amountFen: Fen })),
    sinceMs: Instant,
    nowMs: Instant,
  })
  .meta({ id: 'FamilyView' })

/** One line of 缴费记录: money that was locked, paid or given back, of any kind. */
export const RecordLine = z
  .object({
    kind: z.enum(['visit', 'registration', 'vaccination']),
    id: Id,
    paymentId: Id,
    title: z.string(),
    atMs: Instant,
    paidFen: Fen,
    lockedFen: Fen,
    refundedFen: Fen,
    payer: PayerRole,
  })
  .meta({ id: 'RecordLine' })
export const Records = z
  .object({
    card: Card,
    /** yyyyMM, the months that have lines, newest first. */
    months: z.array(z.object({ month: z.string().regex(/^\d{6}$/), paidFen: Fen, refundedFen: Fen })),
    month: z.string().regex(/^\d{6}$/),
    lines: z.array(RecordLine),
    nowMs: Instant,
  })
  .meta({ id: 'Records' })

export type FamilyUse = z.infer<typeof FamilyUse>
export type FamilyView = z.infer<typeof FamilyView>
export type RecordLine = z.infer<typeof RecordLine>
export type Records = z.infer<typeof Records>
