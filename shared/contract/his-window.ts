import { z } from 'zod'
import { HisPatient, HisPayment } from './his.ts'
import { hisExamples } from './his-examples.ts'
import { Fen, FenPositive, Mark, Reason } from './primitives.ts'

/** The cashier's confirmation or refusal for the patient (C 二（一）2): HIS's own number in the path is the identity. */
export const PutWindowRegistration = z
  .object({
    patient: HisPatient,
    /** The fee of the registration: taken from the quota at once when the patient agrees. */
    feeFen: FenPositive,
    department: z.string().trim().min(1).max(64),
    /** Staff number of whoever asked the patient. */
    cashierNo: z.string().trim().min(1).max(32),
    /** What the patient answered to the prompt. */
    useCredit: z.boolean(),
  })
  .meta({ id: 'PutWindowRegistration', example: hisExamples.putWindowRegistration })

export const HisWindowRegistration = z
  .object({
    windowRegistrationNo: z.string(),
    feeFen: Fen,
    paidFen: Fen,
    /** Whether the patient uses “信用就医”; if not, why. */
    credit: z.object({ inUse: z.boolean(), mark: Mark.nullable(), reason: Reason.nullable() }),
    /** The fee from the quota; `declined` with its reason: the cashier takes it another way. Null when the quota is not used. */
    payment: HisPayment.nullable(),
    visitNo: z.string().nullable(),
  })
  .meta({ id: 'HisWindowRegistration' })

export type PutWindowRegistration = z.infer<typeof PutWindowRegistration>
export type HisWindowRegistration = z.infer<typeof HisWindowRegistration>
