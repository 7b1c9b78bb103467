import { and, desc, eq } from 'drizzle-orm'
import {
  GuideSheet,
  type Appointment,
  type Registration as RegistrationView,
  type RegistrationBrief,
  type RegistrationRow,
  type Registrations,
} from '@paycare/shared/contract'
import { isRegistrationOver, registrationRow, tail } from '@paycare/shared/rules'
import type { AppContext } from '../../context.ts'
import { Refusal } from '../../http/refusal.ts'
import { cardOfPerson, readCard, type BoundCard } from '../account/index.ts'
import { lastSerial, paymentViewsById, reasonOf, type PaymentView } from '../bills/index.ts'
import { cancelBlock } from './cancel-block.ts'
import { historyOf } from './history.ts'
import { registration } from './schema.ts'

export type RegistrationRecord = typeof registration.$inferSelect

const listed = 50

export interface OwnRegistration {
  readonly row: RegistrationRecord
  readonly card: BoundCard
}

/** A registration whose patient's card the account holds. Anybody else's looks absent. */
export async function ownRegistration(x: AppContext, accountId: string, id: string): Promise<OwnRegistration> {
  const row = await registrationById(x, id)
  const card = row && (await cardOfPerson(x, accountId, row.institution, row.personId))
  if (!row || !card) throw new Refusal(404, 'REGISTRATION_NOT_FOUND')
  return { row, card }
}

export async function registrationById(x: AppContext, id: string): Promise<RegistrationRecord | undefined> {
  const [row] = await x.reader.select().from(registration).where(eq(registration.id, id))
  return row
}

/** The page of every registration state, with the guide sheet once there is one. */
export async function readRegistration(x: AppContext, accountId: string, id: string): Promise<RegistrationView> {
  return pageOf(x, await ownRegistration(x, accountId, id))
}

/** The same, of a registration that was found to be the account's own. */
export async function pageOf(x: AppContext, { row, card }: OwnRegistration): Promise<RegistrationView> {
  const [payment] = await paymentViewsById(x, row.paymentId === null ? [] : [row.paymentId])
  const nowMs = x.clock.now()
  const block = cancelBlock(row, payment && { state: payment.brief.state, goal: payment.goal })
  const isOver = isRegistrationOver(row.state) || row.goal === 'gone'
  const serial = payment && (await lastSerial(x, payment.brief.id))
  return {
    ...briefOf(row, payment),
    card: card.view,
    departmentNo: row.departmentNo,
    payment: payment?.brief ?? null,
    reason: row.reasonCode === null ? null : reasonOf(row.reasonCode),
    reservedUntilMs: row.reservedUntil,
    desk: deskOf(row),
    credit: { isChosen: row.isChosen === 1, canChange: !isOver && row.visitId === null && !isPaying(row, payment) },
    canCancel: !isOver && block === undefined,
    cancelBlock: isOver || block === undefined ? null : reasonOf(block),
    guide: guideOf(row),
    serialTail: serial === undefined ? null : tail(serial),
    events: await x.store.read(() => historyOf(row)),
    nowMs,
  }
}

/** The registrations of a person at an institution, the latest appointment first. */
export async function listRegistrations(x: AppContext, accountId: string, cardId: string): Promise<Registrations> {
  const card = await readCard(x, accountId, cardId)
  const registrations = await registrationsOfPerson(x, card.institution, card.personId)
  return { card: card.view, registrations, nowMs: x.clock.now() }
}

export async function registrationsOfPerson(
  x: AppContext,
  institution: string,
  personId: string,
): Promise<RegistrationBrief[]> {
  const rows = await x.reader
    .select()
    .from(registration)
    .where(and(eq(registration.personId, personId), eq(registration.institution, institution)))
    .orderBy(desc(registration.startsAt), desc(registration.openedAt))
    .limit(listed)
  const payments = await paymentViewsById(
    x,
    rows.flatMap((row) => row.paymentId ?? []),
  )
  const byId = new Map(payments.map((view) => [view.brief.id, view]))
  return rows.map((row) => briefOf(row, row.paymentId === null ? undefined : byId.get(row.paymentId)))
}

/** Departments where this person registered before. */
export async function recentDepartments(x: AppContext, institution: string, personId: string): Promise<Set<string>> {
  const rows = await x.reader
    .selectDistinct({ departmentNo: registration.departmentNo })
    .from(registration)
    .where(and(eq(registration.personId, personId), eq(registration.institution, institution)))
  return new Set(rows.map((row) => row.departmentNo))
}

function briefOf(row: RegistrationRecord, payment: PaymentView | undefined): RegistrationBrief {
  return {
    id: row.id,
    row: rowOf(row, payment),
    appointment: appointmentOf(row),
    pays: row.pays,
    role: row.isChosen === 1 || row.pays === 'credit' ? row.role : null,
    openedAtMs: row.openedAt,
    payUntilMs: deskOf(row)?.untilMs ?? null,
    visitId: row.visitId,
  }
}

function rowOf(row: RegistrationRecord, payment: PaymentView | undefined): RegistrationRow {
  return registrationRow({
    state: row.state,
    goal: row.goal,
    pays: row.pays,
    payment: payment?.brief.row,
    isDeclined: row.reasonCode !== null,
    isHospitalSilent: row.tries > 0,
  })
}

/** What is being registered for, as every sheet shows it. */
export function appointmentOf(
  row: Pick<
    RegistrationRecord,
    'slotNo' | 'department' | 'doctor' | 'doctorTitle' | 'place' | 'startsAt' | 'endsAt' | 'amountFen' | 'cancelUntil'
  >,
): Appointment {
  const { slotNo, department, doctor, doctorTitle, place, startsAt, endsAt, amountFen, cancelUntil } = row
  return {
    slotNo,
    department,
    doctor,
    doctorTitle,
    place,
    amountFen,
    startsAtMs: startsAt,
    endsAtMs: endsAt,
    cancelUntilMs: cancelUntil,
  }
}

function deskOf(row: RegistrationRecord): RegistrationView['desk'] {
  const isOpen = (row.state === 'reserved' || row.state === 'booked') && row.pays === 'desk' && row.goal === 'booked'
  return isOpen && row.deskUrl !== null && row.deskUntil !== null ? { url: row.deskUrl, untilMs: row.deskUntil } : null
}

function guideOf(row: RegistrationRecord): GuideSheet | null {
  return row.guideJson === null || isRegistrationOver(row.state) ? null : GuideSheet.parse(JSON.parse(row.guideJson))
}

function isPaying(row: RegistrationRecord, payment: PaymentView | undefined): boolean {
  return row.state !== 'settled' && (payment?.brief.state === 'opening' || payment?.brief.state === 'held')
}
