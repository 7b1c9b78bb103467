import { z } from 'zod'
import { Card } from './cards.ts'
import { Fen, Id, Instant } from './primitives.ts'

/** A card of the home page; the server decides which, in which order, and never more than three. */
export const NextCard = z
  .discriminatedUnion('kind', [
    /** A payment whose answer is missing: nothing to do, safe to leave. */
    z.object({ kind: z.literal('doubt'), paymentId: Id, visitId: Id, amountFen: Fen }),
    /** A registration whose answer is missing. */
    z.object({ kind: z.literal('registrationDoubt'), registrationId: Id, department: z.string(), amountFen: Fen }),
    /** A slot that is kept until `untilMs` and not paid yet. */
    z.object({
      kind: z.literal('registrationUnpaid'),
      registrationId: Id,
      department: z.string(),
      amountFen: Fen,
      untilMs: Instant,
    }),
    /** A registration to go to. */
    z.object({
      kind: z.literal('registered'),
      registrationId: Id,
      department: z.string(),
      doctor: z.string(),
      place: z.string(),
      startsAtMs: Instant,
    }),
    /** A visit under way today. */
    z.object({ kind: z.literal('visitOpen'), visitId: Id, department: z.string(), doctor: z.string(), lockedFen: Fen }),
    /** Locked and to be deducted tonight. */
    z.object({ kind: z.literal('tonight'), visitId: Id, amountFen: Fen, byMs: Instant }),
    /** The bank refused: pay another way. */
    z.object({ kind: z.literal('otherWay'), visitId: Id, paymentId: Id, amountFen: Fen }),
    /** Deducted today. */
    z.object({ kind: z.literal('visitPaid'), visitId: Id, department: z.string(), paidFen: Fen }),
  ])
  .meta({ id: 'NextCard' })

/** The home page of one card; without a card when the account has none, or when nobody is signed in who could have one. */
export const Home = z
  .object({ card: Card.nullable(), next: z.array(NextCard).max(3), nowMs: Instant })
  .meta({ id: 'Home' })

export type NextCard = z.infer<typeof NextCard>
export type Home = z.infer<typeof Home>
