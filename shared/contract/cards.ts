import { z } from 'zod'
import { Id } from './primitives.ts'

export const Institution = z
  .object({
    id: Id,
    name: z.string(),
    phone: z.string(),
    hours: z.string(),
  })
  .meta({ id: 'Institution' })

/** A patient card: one person's record at one hospital, bound to the account that is signed in. Names are masked. */
export const Card = z
  .object({
    id: Id,
    name: z.string().meta({ example: '林*' }),
    age: z.int(),
    relation: z.enum(['self', 'family']),
    patientNoTail: z.string().meta({ example: '1234' }),
    institution: Institution,
  })
  .meta({ id: 'Card' })

export const BindCard = z
  .object({
    institution: Id,
    name: z.string().trim().min(1).max(64),
    idNumber: z.string().regex(/^\d{17}[\dX]$/),
    relation: z.enum(['self', 'family']),
  })
  .meta({ id: 'BindCard' })

export const Cards = z.object({ cards: z.array(Card) }).meta({ id: 'Cards' })

/** The hospitals of this deployment, also for an account that has no card yet. */
export const Institutions = z.object({ institutions: z.array(Institution) }).meta({ id: 'Institutions' })

export type Institutions = z.infer<typeof Institutions>
export type Institution = z.infer<typeof Institution>
export type Card = z.infer<typeof Card>
export type BindCard = z.infer<typeof BindCard>
export type Cards = z.infer<typeof Cards>
