import { z } from 'zod'
import { hisExamples } from './his-examples.ts'
import { PaymentState, PaymentStep } from './payments.ts'
import { Fen, FenPositive, HisNumber, Mark, Reason, VisitKind } from './primitives.ts'
import { FeeCategory } from './visits.ts'

/** A resident as the hospital knows it. Sealed on arrival, never answered back. */
export const HisPatient = z
  .object({
    patientNo: HisNumber,
    name: z.string().trim().min(1).max(64),
    idType: z.literal('01'),
    idNumber: z.string().regex(/^\d{17}[\dX]$/),
  })
  .meta({ id: 'HisPatient' })

/** C 二（一）2: the window asks whether the patient is signed. The cashier's question to the patient is the consent. */
export const AskCreditStatus = z
  .object({
    patient: HisPatient.omit({ patientNo: true }),
    scene: z.enum(['OUTP_WINDOW', 'OUTP_ONLINE', 'VACC', 'INP']),
  })
  .meta({ id: 'AskCreditStatus', example: hisExamples.askCreditStatus })

export const HisCreditStatus = z
  .object({
    status: z.enum(['signed', 'notSigned', 'signing', 'terminated']),
    quota: z.enum(['normal', 'frozen', 'overdue', 'expired']).nullable(),
    mark: Mark.nullable(),
    /** 签约协议号 as the bank gave it (C 二（一）2). */
    agreementNo: z.string().nullable(),
    agreementTail: z.string().nullable(),
    prompt: z.string().nullable(),
  })
  .meta({ id: 'HisCreditStatus' })

export const StartVisit = z
  .object({
    visitNo: HisNumber,
    patient: HisPatient,
    department: z.string().min(1).max(64),
    doctor: z.string().min(1).max(64),
    startedAt: z.iso.datetime({ offset: true }),
    /** The patient's answer at the window; left out when the patient registered online and chose there. */
    useCredit: z.boolean().optional(),
    /** The registration made online, by the number that we gave it. */
    registrationNo: HisNumber.optional(),
    /** The registration at the window, by HIS's own number: what was answered there holds. */
    windowRegistrationNo: HisNumber.optional(),
    /** Left out: outpatient. A vaccination (C 二（一）7) is registered at its own desk. */
    kind: VisitKind.optional(),
  })
  .refine((visit) => (visit.useCredit ?? visit.registrationNo ?? visit.windowRegistrationNo) !== undefined, {
    path: ['useCredit'],
  })
  .refine((visit) => visit.registrationNo === undefined || visit.windowRegistrationNo === undefined, {
    path: ['windowRegistrationNo'],
  })
  .meta({ id: 'StartVisit', example: hisExamples.startVisit })

export const OrderItem = z
  .object({
    itemNo: HisNumber,
    name: z.string().min(1).max(128),
    plainName: z.string().max(256).default(''),
    category: FeeCategory,
    unit: z.string().max(16).default(''),
    quantity: z.number().positive().max(100_000),
    unitPriceFen: Fen,
    amountFen: Fen,
  })
  .meta({ id: 'OrderItem' })

/** C 三（四） 开单即锁额. `revision` 0 is the order; a dearer order is the next revision with only the difference. */
export const SubmitOrder = z
  .object({
    orderNo: HisNumber,
    revision: z.int().min(0).max(99).default(0),
    title: z.string().min(1).max(64),
    amountFen: FenPositive,
    items: z.array(OrderItem).min(1).max(500),
  })
  .meta({ id: 'SubmitOrder', example: hisExamples.submitOrder })

export const CancelOrder = z
  .object({ reason: z.string().max(64).optional() })
  .meta({ id: 'CancelOrder', example: hisExamples.cancelOrder })

/** C 二（一）3: the amounts really used, order by order; 0 releases the whole lock. */
export const FinishVisit = z
  .object({ orders: z.array(z.object({ orderNo: HisNumber, actualFen: Fen })).max(500) })
  .meta({ id: 'FinishVisit', example: hisExamples.finishVisit })

export const HisPayment = z
  .object({
    id: z.string(),
    revision: z.int(),
    state: PaymentState,
    doing: PaymentStep.nullable(),
    /** false while the bank's answer is missing. */
    certain: z.boolean(),
    amountFen: Fen,
    paidFen: Fen,
    reason: Reason.nullable(),
  })
  .meta({ id: 'HisPayment' })

export const HisOrder = z
  .object({
    orderNo: z.string(),
    title: z.string(),
    amountFen: Fen,
    paidFen: Fen,
    /** Of a vaccination: whether the patient may enter the room, because all of the order is surely locked (C 二（一）7). */
    mayEnter: z.boolean().nullable(),
    payments: z.array(HisPayment),
  })
  .meta({ id: 'HisOrder' })

export const HisOrderAnswer = z
  .object({
    order: HisOrder,
    /** For the doctor's screen (C 三（四）), followed by the amount; null while nothing of the visit is surely locked. */
    prompt: z.string().nullable(),
    /** What the quota surely covers of the whole visit. */
    totalFen: Fen,
  })
  .meta({ id: 'HisOrderAnswer' })

export const HisVisit = z
  .object({
    visitNo: z.string(),
    kind: VisitKind,
    state: z.enum(['open', 'finished']),
    credit: z.object({ inUse: z.boolean(), mark: Mark.nullable(), reason: Reason.nullable() }),
    prompt: z.string().nullable(),
    /** What the guide sheet (导诊单) prints: the mark, the sentence and the amount (C 三（四）); null without “信用就医”. */
    guideSheet: z.object({ mark: Mark, prompt: z.string(), totalFen: Fen }).nullable(),
    totals: z.object({ lockedFen: Fen, paidFen: Fen, releasedFen: Fen, pendingFen: Fen }),
    orders: z.array(HisOrder),
  })
  .meta({ id: 'HisVisit' })

/** A registration made online, as HIS reads it back: the choice that holds when the consultation starts (C 二（一）2). */
export const HisRegistration = z
  .object({
    registrationNo: z.string(),
    state: z.enum(['reserving', 'reserved', 'booked', 'settled', 'slotGone', 'cancelled', 'lapsed']),
    pays: z.enum(['credit', 'desk']),
    credit: z.object({ isChosen: z.boolean(), mark: Mark.nullable() }),
    amountFen: Fen,
    paidFen: Fen,
    /** false while an answer of the bank or of HIS itself is missing. */
    certain: z.boolean(),
    reason: Reason.nullable(),
  })
  .meta({ id: 'HisRegistration' })

export type HisRegistration = z.infer<typeof HisRegistration>
export type HisPatient = z.infer<typeof HisPatient>
export type AskCreditStatus = z.infer<typeof AskCreditStatus>
export type HisCreditStatus = z.infer<typeof HisCreditStatus>
export type StartVisit = z.infer<typeof StartVisit>
export type OrderItem = z.infer<typeof OrderItem>
export type SubmitOrder = z.infer<typeof SubmitOrder>
export type CancelOrder = z.infer<typeof CancelOrder>
export type FinishVisit = z.infer<typeof FinishVisit>
export type HisPayment = z.infer<typeof HisPayment>
export type HisOrder = z.infer<typeof HisOrder>
export type HisOrderAnswer = z.infer<typeof HisOrderAnswer>
export type HisVisit = z.infer<typeof HisVisit>
