import { z } from 'zod'
import { Fen, Id, Instant, PayerRole } from './primitives.ts'

/**
 * The sign-up as the bank says it now (`bank.md §3.1`). `consentNeeded`: the patient has not agreed yet that name and ID number go to
 * the bank, so nobody has asked. `silent`: the bank did not answer.
 */
export const CreditState = z.enum(['consentNeeded', 'signed', 'notSigned', 'signing', 'terminated', 'silent'])
export const QuotaState = z.enum(['normal', 'frozen', 'overdue', 'expired'])

/** What this hospital locked, confirmed and released for this card; the bank's own quota is never shown. */
export const CreditUsage = z.object({ lockedFen: Fen, paidFen: Fen, releasedFen: Fen }).meta({ id: 'CreditUsage' })

export const CreditStatus = z
  .object({
    cardId: Id,
    state: CreditState,
    quota: QuotaState.nullable(),
    role: PayerRole.nullable(),
    agreementTail: z.string().nullable(),
    askedAtMs: Instant.nullable(),
    consentVersion: z.string(),
    consentedAtMs: Instant.nullable(),
    usage: CreditUsage,
  })
  .meta({ id: 'CreditStatus' })

/** The patient agrees, once, that name and ID number go to the bank for “信用就医” (product.md §1). */
export const AgreeToCredit = z
  .object({ cardId: Id, version: z.string().min(1).max(32), agree: z.literal(true) })
  .meta({ id: 'AgreeToCredit' })

export type CreditState = z.infer<typeof CreditState>
export type QuotaState = z.infer<typeof QuotaState>
export type CreditUsage = z.infer<typeof CreditUsage>
export type CreditStatus = z.infer<typeof CreditStatus>
export type AgreeToCredit = z.infer<typeof AgreeToCredit>
