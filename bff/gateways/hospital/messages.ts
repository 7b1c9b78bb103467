import { RefundItem } from '@paycare/shared/contract'
import { z } from 'zod'

/** What the hospital's own system answers (docs/integration.md). Read leniently: unknown fields are left out. */
const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))
const text = z.string()
const count = z.int().nonnegative()
const fen = z.int().positive()

export const MatchAnswer = z.looseObject({ found: z.boolean(), patientNo: z.string().nullish() })

const Department = z.object({
  departmentNo: text,
  name: text,
  place: text,
  words: z.array(text).catch([]),
  leftCount: count,
})
export const DepartmentsAnswer = z.object({ departments: z.array(Department) })

const Slot = z
  .object({ slotNo: text, startsAt: instant, endsAt: instant, isFree: z.boolean() })
  .transform(({ slotNo, startsAt, endsAt, isFree }) => ({ slotNo, startsAtMs: startsAt, endsAtMs: endsAt, isFree }))
export const ScheduleAnswer = z.object({
  department: Department,
  days: z.array(z.object({ day: z.string().regex(/^\d{8}$/), leftCount: count })),
  doctors: z.array(
    z.object({
      doctorNo: text,
      name: text,
      title: text,
      skills: text.catch(''),
      sessions: z.array(
        z.object({
          sessionNo: text,
          day: z.string().regex(/^\d{8}$/),
          period: z.enum(['am', 'pm']),
          priceFen: fen,
          leftCount: count,
          slots: z.array(Slot),
        }),
      ),
    }),
  ),
})

export const SlotAnswer = z.object({
  slotNo: text,
  sessionNo: text,
  departmentNo: text,
  department: text,
  place: text,
  doctorNo: text,
  doctor: text,
  doctorTitle: text,
  startsAt: instant,
  endsAt: instant,
  cancelUntil: instant,
  priceFen: fen,
  isFree: z.boolean(),
})

const Guide = z.object({
  bookingNo: text,
  queueNo: text,
  place: text,
  arriveFrom: instant,
  arriveUntil: instant,
  notes: z.array(text).catch([]),
})

/** A registration as the hospital has it: the answer to every message about one. */
export const RegistrationAnswer = z.object({
  state: z.enum(['reserved', 'booked', 'cancelled', 'lapsed', 'refused']),
  reason: z.enum(['SLOT_TAKEN', 'SLOT_UNKNOWN', 'PATIENT_UNKNOWN', 'DUPLICATE', 'STARTED', 'PAID_AT_DESK']).nullish(),
  reservedUntil: instant.nullish(),
  payment: z.enum(['none', 'credit', 'creditPaid', 'desk']),
  payUrl: z.url({ protocol: /^https?$/ }).nullish(),
  payUntil: instant.nullish(),
  guide: Guide.nullish(),
})

/** What was really used of each order of a visit: the same amounts with which the visit ends. */
export const AmountsAnswer = z.object({
  state: z.enum(['open', 'finished']),
  orders: z.array(z.object({ orderNo: text, actualFen: count })),
})

/** A refund request as the hospital has it: the answer to every message about one, however often it is told. */
export const RefundAnswer = z.object({
  state: z.enum(['pending', 'accepted', 'declined', 'withdrawn']),
  /** What is accepted; left out: all that was asked for. */
  items: z.array(RefundItem).nullish(),
  text: text.max(100).nullish(),
  decidedBy: text.max(32).nullish(),
})

export type AmountsAnswer = z.infer<typeof AmountsAnswer>
export type DepartmentsAnswer = z.infer<typeof DepartmentsAnswer>
export type ScheduleAnswer = z.infer<typeof ScheduleAnswer>
export type SlotAnswer = z.infer<typeof SlotAnswer>
export type RegistrationAnswer = z.infer<typeof RegistrationAnswer>
export type RefundAnswer = z.infer<typeof RefundAnswer>
