import type { Checkout, Departments, Schedule } from '@paycare/shared/contract'
import type { AppContext } from '../../context.ts'
import type { HospitalAnswer } from '../../gateways/hospital/client.ts'
import type { SlotAnswer } from '../../gateways/hospital/messages.ts'
import { Refusal, type ErrorCode } from '../../http/refusal.ts'
import { readCard } from '../account/index.ts'
import { appointmentOf, recentDepartments } from './read.ts'

/** Departments of the card's hospital as it offers them now; where this person was before comes first. */
export async function listDepartments(x: AppContext, accountId: string, cardId: string): Promise<Departments> {
  const card = await readCard(x, accountId, cardId)
  const { departments } = heard(await x.hospital.departments(card.institution), 'DEPARTMENT_NOT_FOUND')
  const recent = await recentDepartments(x, card.institution, card.personId)
  const marked = departments.map((one) => ({ ...one, isRecent: recent.has(one.departmentNo) }))
  return { card: card.view, departments: [...marked].sort((a, b) => Number(b.isRecent) - Number(a.isRecent)) }
}

/** Doctors, half days and slots of a department in the days that can be booked. */
export async function readSchedule(
  x: AppContext,
  accountId: string,
  cardId: string,
  departmentNo: string,
): Promise<Schedule> {
  const card = await readCard(x, accountId, cardId)
  return {
    card: card.view,
    ...heard(await x.hospital.schedule(card.institution, departmentNo), 'DEPARTMENT_NOT_FOUND'),
  }
}

/** What the checkout page shows: the slot as the hospital has it at this moment. */
export async function readCheckout(
  x: AppContext,
  accountId: string,
  cardId: string,
  slotNo: string,
): Promise<Checkout> {
  const card = await readCard(x, accountId, cardId)
  const slot = await askSlot(x, card.institution, slotNo)
  const nowMs = x.clock.now()
  return {
    card: card.view,
    departmentNo: slot.departmentNo,
    appointment: appointmentOf({ ...slot, amountFen: slot.priceFen }),
    isFree: slot.isFree && slot.startsAt > nowMs,
    nowMs,
  }
}

export async function askSlot(x: AppContext, institution: string, slotNo: string): Promise<SlotAnswer> {
  return heard(await x.hospital.slot(institution, slotNo), 'SLOT_NOT_FOUND')
}

/** An answer, or the refusal that its absence means. */
function heard<T>(answer: HospitalAnswer<T>, whenAbsent: ErrorCode): T {
  if (answer.is === 'answered') return answer.body
  if (answer.is === 'absent') throw new Refusal(404, whenAbsent)
  throw new Refusal(503, 'HOSPITAL_SILENT', answer.why)
}
