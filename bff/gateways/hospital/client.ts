import { z } from 'zod'
import type { Wire } from '../../ports/wire.ts'

const Match = z.looseObject({ found: z.boolean(), patientNo: z.string().nullish() })
const deadlineMs = 5_000

/** Whether a person has a record at a hospital. `silent`: its system did not answer. */
export type PatientMatch =
  | { readonly is: 'found'; readonly patientNo: string }
  | { readonly is: 'notFound' }
  | { readonly is: 'silent'; readonly why: string }

/** The hospital's own system, asked by us. */
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
    const answer = await this.#wire({
      method: 'POST',
      url: `${this.#urlOf(institution)}/his/api/patients/match`,
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${this.#tokens[institution] ?? ''}`,
      },
      body: JSON.stringify(identity),
      deadlineMs,
    })
    if (answer.is !== 'answered') return { is: 'silent', why: answer.why }
    if (answer.status !== 200) return { is: 'silent', why: String(answer.status) }
    const match = Match.safeParse(parsed(answer.body))
    if (!match.success) return { is: 'silent', why: 'unreadable answer' }
    const { found, patientNo } = match.data
    return found && patientNo ? { is: 'found', patientNo } : { is: 'notFound' }
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
