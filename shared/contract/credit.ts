import { z } from 'zod'
import { Fen, Id, Instant, PayerRole } from './primitives.ts'

/**
 * The sign-up as the bank says it now (`bank.md §3.1`). `consentNeeded`: the patient has not agreed yet that name and ID number go to
 * the bank, so nobody has asked. `silent`: the bank did not answer.
 */
export const CreditState = z.enum(['consentNeeded', 'signed', 'notSigned', 'signing', 'terminated', 'silent'])
export const QuotaState = z.enum(['normal', 'frozen', 'overdue', 'expired'])

/** What this hospital locked, confirmed, released and refunded for this card. */
export const CreditUsage = z
  .object({ lockedFen: Fen, paidFen: Fen, releasedFen: Fen, refundedFen: Fen })
  .meta({ id: 'CreditUsage' })

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
    /** The bank's own figure, only where it returns one, and never for a sharer: it would tell the principal's finances. */
    availableFen: Fen.nullable(),
  })
  .meta({ id: 'CreditStatus' })

/** The patient agrees, once, that name and ID number go to the bank for “信用就医” (product.md §1). */
export const AgreeToCredit = z
  .object({ cardId: Id, version: z.string().min(1).max(32), agree: z.literal(true) })
  .meta({ id: 'AgreeToCredit' })

/** What the patient wants at the bank (`bank.md §3.13`). */
export const JumpPurpose = z.enum(['sign', 'detail', 'repay', 'terminate', 'family'])

/** Asks for what the app needs to jump to the bank, for the card on screen. */
export const OpenCreditJump = z
  .object({ cardId: Id, purpose: JumpPurpose, target: z.enum(['weapp', 'h5']) })
  .meta({ id: 'OpenCreditJump' })

/** A mini-program jump in WeChat, an address in H5. It holds an encrypted token that serves once; the app keeps it in memory only. */
export const CreditLaunch = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('miniProgram'),
    appId: z.string(),
    path: z.string(),
    extraData: z.object({ t: z.string() }),
  }),
  z.object({ kind: z.literal('url'), url: z.string() }),
])
export const CreditJump = z
  .object({ launch: CreditLaunch, expiresAtMs: Instant, nowMs: Instant })
  .meta({ id: 'CreditJump' })

export type JumpPurpose = z.infer<typeof JumpPurpose>
export type OpenCreditJump = z.infer<typeof OpenCreditJump>
export type CreditLaunch = z.infer<typeof CreditLaunch>
export type CreditJump = z.infer<typeof CreditJump>
export type CreditState = z.infer<typeof CreditState>
export type QuotaState = z.infer<typeof QuotaState>
export type CreditUsage = z.infer<typeof CreditUsage>
export type CreditStatus = z.infer<typeof CreditStatus>
export type AgreeToCredit = z.infer<typeof AgreeToCredit>
