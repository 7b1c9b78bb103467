import type { RefundCall, RegistrationCall } from '@paycare/shared/rules'
import type { z } from 'zod'
import type { Wire } from '../../ports/wire.ts'
import { readJson } from '../json.ts'
import {
  AmountsAnswer,
  DepartmentsAnswer,
  MatchAnswer,
  RefundAnswer,
  RegistrationAnswer,
  ScheduleAnswer,
  SlotAnswer,
} from './messages.ts'

const deadlineMs = 5_000

/** What a question to the hospital's system brought. `silent`: no trustworthy answer, nothing is known. */
export type HospitalAnswer<T> =
  | { readonly is: 'answered'; readonly body: T }
  | { readonly is: 'absent' }
  | { readonly is: 'silent'; readonly why: string }

/** Whether a person has a record at a hospital. */
export type PatientMatch = HospitalAnswer<{ readonly patientNo: string }>

/** The hospital's own system, asked by us. It never repeats anything. */
export class HospitalClient {
  readonly #urlOf: (institution: string) => string
  readonly #tokens: Readonly<Record<string, string>>
  readonly #wire: Wire
  constructor(urlOf: (institution: string) => string, tokens: Readonly<Record<string, string>>, wire: Wire) {
    this.#urlOf = urlOf
    this.#tokens = tokens
    this.#wire = wire
  }

  /** Looks a patient up by name and ID number. */
  async matchPatient(institution: string, identity: { name: string; idNumber: string }): Promise<PatientMatch> {
    const answer = await this.#ask(institution, 'POST', '/patients/match', identity, MatchAnswer)
    if (answer.is !== 'answered') return answer
    const { found, patientNo } = answer.body
    return found && patientNo ? { is: 'answered', body: { patientNo } } : { is: 'absent' }
  }

  departments(institution: string): Promise<HospitalAnswer<DepartmentsAnswer>> {
    return this.#ask(institution, 'GET', '/departments', undefined, DepartmentsAnswer)
  }

  schedule(institution: string, departmentNo: string): Promise<HospitalAnswer<ScheduleAnswer>> {
    const path = `/departments/${encodeURIComponent(departmentNo)}/schedule`
    return this.#ask(institution, 'GET', path, undefined, ScheduleAnswer)
  }

  slot(institution: string, slotNo: string): Promise<HospitalAnswer<SlotAnswer>> {
    return this.#ask(institution, 'GET', `/slots/${encodeURIComponent(slotNo)}`, undefined, SlotAnswer)
  }

  /** The real amounts of a visit, asked for in the evening. */
  amounts(institution: string, visitNo: string): Promise<HospitalAnswer<AmountsAnswer>> {
    return this.#ask(institution, 'GET', `/visits/${encodeURIComponent(visitNo)}/amounts`, undefined, AmountsAnswer)
  }

  /** One message about a registration, under our own number: the hospital answers how it stands, however often it is told the same. */
  registration(
    institution: string,
    registrationNo: string,
    call: RegistrationCall,
    body: object,
  ): Promise<HospitalAnswer<RegistrationAnswer>> {
    const path = `/registrations/${encodeURIComponent(registrationNo)}`
    return call === 'look'
      ? this.#ask(institution, 'GET', path, undefined, RegistrationAnswer)
      : this.#ask(institution, 'POST', `${path}/${call}`, body, RegistrationAnswer)
  }

  /** One message about a refund request, under its number: the hospital answers how it stands, however often it is told the same. */
  refund(
    institution: string,
    requestNo: string,
    call: RefundCall,
    body: object,
  ): Promise<HospitalAnswer<RefundAnswer>> {
    const path = `/refunds/${encodeURIComponent(requestNo)}`
    return call === 'look'
      ? this.#ask(institution, 'GET', path, undefined, RefundAnswer)
      : this.#ask(institution, 'POST', `${path}/${call}`, body, RefundAnswer)
  }

  async #ask<T>(
    institution: string,
    method: 'GET' | 'POST',
    path: string,
    body: object | undefined,
    schema: z.ZodType<T>,
  ): Promise<HospitalAnswer<T>> {
    const answer = await this.#wire({
      method,
      url: `${this.#urlOf(institution)}/his/api${path}`,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        authorization: `Bearer ${this.#tokens[institution] ?? ''}`,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      deadlineMs,
    })
    if (answer.is !== 'answered') return { is: 'silent', why: answer.why }
    if (answer.status === 404) return { is: 'absent' }
    if (answer.status !== 200) return { is: 'silent', why: String(answer.status) }
    const read = readJson(answer.body, schema)
    return read === undefined ? { is: 'silent', why: 'unreadable answer' } : { is: 'answered', body: read }
  }
}
