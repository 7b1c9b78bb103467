import { z } from 'zod'
import { Card } from './cards.ts'
import { PaymentBrief } from './payments.ts'
import { Fen, FenPositive, HisNumber, Id, Instant, PayerRole, Reason } from './primitives.ts'

/** A day in Asia/Shanghai as `yyyyMMdd`. */
export const DayText = z.string().regex(/^\d{8}$/)

/** A department with the words by which patients look for it: parts of the body, complaints. */
export const Department = z
  .object({
    departmentNo: HisNumber,
    name: z.string(),
    place: z.string(),
    words: z.array(z.string()),
    /** Free slots in the days that can be booked. */
    leftCount: z.int().nonnegative(),
    /** This patient registered here before. */
    isRecent: z.boolean(),
  })
  .meta({ id: 'Department' })
export const Departments = z.object({ card: Card, departments: z.array(Department) }).meta({ id: 'Departments' })

export const ScheduleSlot = z.object({ slotNo: HisNumber, startsAtMs: Instant, endsAtMs: Instant, isFree: z.boolean() })
/** One doctor on one half day (号源). */
export const ClinicSession = z
  .object({
    sessionNo: HisNumber,
    day: DayText,
    period: z.enum(['am', 'pm']),
    priceFen: FenPositive,
    leftCount: z.int().nonnegative(),
    slots: z.array(ScheduleSlot),
  })
  .meta({ id: 'ClinicSession' })
export const ScheduledDoctor = z
  .object({
    doctorNo: HisNumber,
    name: z.string(),
    title: z.string(),
    skills: z.string(),
    sessions: z.array(ClinicSession),
  })
  .meta({ id: 'ScheduledDoctor' })
export const Schedule = z
  .object({
    card: Card,
    department: Department.omit({ isRecent: true }),
    days: z.array(z.object({ day: DayText, leftCount: z.int().nonnegative() })),
    doctors: z.array(ScheduledDoctor),
  })
  .meta({ id: 'Schedule' })

/** What is being registered for; the same on the checkout sheet, the status page and the guide sheet. */
export const Appointment = z
  .object({
    slotNo: HisNumber,
    department: z.string(),
    doctor: z.string(),
    doctorTitle: z.string(),
    place: z.string(),
    startsAtMs: Instant,
    endsAtMs: Instant,
    amountFen: FenPositive,
    /** The last instant at which it can be cancelled in the app. */
    cancelUntilMs: Instant,
  })
  .meta({ id: 'Appointment' })

/** The checkout page: the slot as it is now. The sign-up is asked beside it by `readCreditStatus`. */
export const Checkout = z
  .object({ card: Card, departmentNo: HisNumber, appointment: Appointment, isFree: z.boolean(), nowMs: Instant })
  .meta({ id: 'Checkout' })

/** How the registration fee is paid: from the quota, or ordinarily at the hospital's cash desk page. */
export const RegistrationChannel = z.enum(['credit', 'desk'])

/**
 * The patient's answer to the dialog (C 三（二）): `credit` confirms “信用就医” for this registration and the costs that follow; `desk`
 * declines it, or was never asked.
 */
export const OpenRegistration = z
  .object({ cardId: Id, slotNo: HisNumber, pays: RegistrationChannel, amountFen: FenPositive })
  .meta({ id: 'OpenRegistration' })

/** The row of `shared/text/states.ts` that the page of a registration shows; chosen in `rules/registration-row.ts`. */
export const RegistrationRow = z.enum([
  'reserving',
  'reserveDoubt',
  'locking',
  'lockDoubt',
  'booking',
  'bookDoubt',
  'confirming',
  'confirmDoubt',
  'posting',
  'done',
  'declined',
  'payAtDesk',
  'doneAtDesk',
  'slotGone',
  'slotGoneReleasing',
  'cancelling',
  'cancelled',
  /** The fee was deducted; the hospital lets it go back. */
  'cancellingPaid',
  'cancelledPaid',
  'lapsed',
  'review',
])

export const RegistrationBrief = z
  .object({
    id: Id,
    row: RegistrationRow,
    appointment: Appointment,
    pays: RegistrationChannel,
    /** Mark: own quota or 亲情付; null without “信用就医”. */
    role: PayerRole.nullable(),
    openedAtMs: Instant,
    /** Until when the patient can still pay the ordinary way; null when there is nothing for the patient to pay. */
    payUntilMs: Instant.nullable(),
    /** The visit that it led to; the choice of “信用就医” is final from then on. */
    visitId: Id.nullable(),
  })
  .meta({ id: 'RegistrationBrief' })
export const Registrations = z
  .object({ card: Card, registrations: z.array(RegistrationBrief), nowMs: Instant })
  .meta({ id: 'Registrations' })

/** 导诊单: where to go, when, and which number. */
export const GuideSheet = z
  .object({
    bookingNo: z.string(),
    queueNo: z.string(),
    place: z.string(),
    arriveFromMs: Instant,
    arriveUntilMs: Instant,
    notes: z.array(z.string()),
  })
  .meta({ id: 'GuideSheet' })

export const RegistrationEvent = z.object({
  atMs: Instant,
  event: z.enum([
    'opened',
    'reserved',
    'locked',
    'declined',
    'booked',
    'confirmed',
    'posted',
    'paidAtDesk',
    'slotGone',
    'released',
    'cancelAsked',
    'cancelled',
    'lapsed',
    'optedIn',
    'optedOut',
    'doubt',
  ]),
  amountFen: Fen.nullable(),
})

export const Registration = RegistrationBrief.extend({
  card: Card,
  departmentNo: HisNumber,
  /** The payment from the quota, the latest if there were several; null when there was none. */
  payment: PaymentBrief.nullable(),
  /** Why the bank or the hospital refused. */
  reason: Reason.nullable(),
  /** Until when the hospital keeps the slot without payment; null once booked or over. */
  reservedUntilMs: Instant.nullable(),
  /** The hospital's ordinary payment page, while it is open. */
  desk: z.object({ url: z.string(), untilMs: Instant }).nullable(),
  /** Whether “信用就医” is chosen for the visit, and whether that may still be changed (until the doctor starts). */
  credit: z.object({ isChosen: z.boolean(), canChange: z.boolean() }),
  canCancel: z.boolean(),
  /** Why it cannot be cancelled here, with the way that remains. */
  cancelBlock: Reason.nullable(),
  guide: GuideSheet.nullable(),
  /** Last four characters of the bank serial. */
  serialTail: z.string().nullable(),
  events: z.array(RegistrationEvent),
  nowMs: Instant,
}).meta({ id: 'Registration' })

/** The patient chooses “信用就医” again, or gives it up, before the consultation (C 二（一）2). */
export const ChooseCredit = z.object({ useCredit: z.boolean() }).meta({ id: 'ChooseCredit' })

/** What became of a request whose answer the app never saw. */
export const OperationAnswer = z
  .object({ found: z.boolean(), registrationId: Id.nullable(), refundId: Id.nullable() })
  .meta({ id: 'OperationAnswer' })

export type Department = z.infer<typeof Department>
export type Departments = z.infer<typeof Departments>
export type ScheduleSlot = z.infer<typeof ScheduleSlot>
export type ClinicSession = z.infer<typeof ClinicSession>
export type ScheduledDoctor = z.infer<typeof ScheduledDoctor>
export type Schedule = z.infer<typeof Schedule>
export type Appointment = z.infer<typeof Appointment>
export type Checkout = z.infer<typeof Checkout>
export type RegistrationChannel = z.infer<typeof RegistrationChannel>
export type OpenRegistration = z.infer<typeof OpenRegistration>
export type RegistrationRow = z.infer<typeof RegistrationRow>
export type RegistrationBrief = z.infer<typeof RegistrationBrief>
export type Registrations = z.infer<typeof Registrations>
export type GuideSheet = z.infer<typeof GuideSheet>
export type RegistrationEvent = z.infer<typeof RegistrationEvent>
export type Registration = z.infer<typeof Registration>
export type ChooseCredit = z.infer<typeof ChooseCredit>
export type OperationAnswer = z.infer<typeof OperationAnswer>
