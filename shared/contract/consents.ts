import { z } from 'zod'
import { Card } from './cards.ts'
import { Id, Instant } from './primitives.ts'

/** One agreement of the account, for one person and one purpose (PIPL 14, 15, 23, 29). */
export const Consent = z
  .object({
    id: Id,
    card: Card,
    purpose: z.enum(['credit']),
    version: z.string(),
    agreedAtMs: Instant,
    withdrawnAtMs: Instant.nullable(),
  })
  .meta({ id: 'Consent' })

/** All agreements, the newest first; a withdrawn one stays readable. */
export const Consents = z.object({ consents: z.array(Consent) }).meta({ id: 'Consents' })

export type Consent = z.infer<typeof Consent>
export type Consents = z.infer<typeof Consents>
