import type { Card, ClinicSession, Registration } from '@paycare/shared/contract'
import type { OperationName } from '@paycare/shared/paths'
import { keyHeader, paths } from '@paycare/shared/paths'
import { creditConsentVersion } from '@paycare/shared/text'
import type { Sandbox } from '../sandbox/index.ts'
import type { Reach } from './his-actor.ts'
import type { Resident } from './people.ts'
import type { Seeded } from './seeded.ts'
import type { Timeline } from './timeline.ts'

const answerWithinMs = 15_000
const retryAfterMs = 2_000
/** Rows in which nothing is left to happen. */
const ends = new Set(['done', 'doneAtDesk', 'slotGone', 'cancelled', 'lapsed'])

export interface PatientParts {
  readonly timeline: Timeline
  readonly random: Seeded
  readonly sandbox: Sandbox
  readonly reach: Reach
}

interface Input {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly key?: string
}

/** How often patients do what. */
const habits = { doubleTap: 0.3, desk: 0.25, cancels: 0.2, rechooses: 0.2, pays: 0.7 } as const

/**
 * A patient with a phone: registers, taps twice, loses patience, changes the mind, pays at the hospital's page or does not. What became of a
 * tap is asked until there is an answer.
 */
export class PatientActor {
  /** Stories that are over. */
  done = 0
  readonly unexpected: string[] = []
  readonly #p: PatientParts
  readonly #openid: string
  #token = ''
  #keys = 0
  private constructor(parts: PatientParts, openid: string) {
    this.#p = parts
    this.#openid = openid
  }

  /** Signs in by `wx.login`. */
  static async signIn(parts: PatientParts, openid: string): Promise<PatientActor> {
    const actor = new PatientActor(parts, openid)
    await actor.signInAgain()
    return actor
  }

  /** Opens another session; requests under way keep theirs. */
  async signInAgain(): Promise<void> {
    const { sandbox, timeline } = this.#p
    const body = JSON.stringify({ openid: this.#openid })
    const headers = { 'content-type': 'application/json' }
    const codeOf = async () => {
      const asked = new Request('http://wechat/_sandbox/login-code', { method: 'POST', headers, body })
      const { code } = (await (await sandbox.wechat.fetch(asked)).json()) as { code: string }
      return code
    }
    for (;;) {
      const code = await timeline.native(codeOf())
      const opened = await this.#once('openSession', { body: { code } })
      if (opened?.status === 200) {
        this.#token = (opened.body as { token: string }).token
        return
      }
      await timeline.sleep(retryAfterMs)
    }
  }

  /** Binds a resident as a card of this account and agrees to “信用就医”. */
  async bind(resident: Resident): Promise<Card> {
    const { name, idNumber } = resident
    const bound = await this.#until('bindCard', {
      body: { institution: 'jc-first', name, idNumber, relation: 'family' },
    })
    const card = bound.body as Card
    await this.#until('agreeToCredit', { body: { cardId: card.id, version: creditConsentVersion, agree: true } })
    return card
  }

  async departments(card: Card): Promise<readonly { readonly departmentNo: string }[]> {
    const { body } = await this.#until('listDepartments', { query: { cardId: card.id } })
    return (body as { departments: { departmentNo: string }[] }).departments
  }

  /** All half days that can be booked. */
  async sessions(card: Card): Promise<ClinicSession[]> {
    const query = { cardId: card.id }
    const found: ClinicSession[] = []
    for (const { departmentNo } of await this.departments(card)) {
      const { body } = await this.#until('readSchedule', { params: { departmentNo }, query })
      found.push(...(body as { doctors: { sessions: ClinicSession[] }[] }).doctors.flatMap((one) => one.sessions))
    }
    return found.filter((session) => session.slots.some((slot) => slot.isFree))
  }

  /** One registration from the tap to the end. */
  async register(card: Card, session: ClinicSession): Promise<void> {
    const { random, timeline } = this.#p
    const slot = session.slots[random.within(0, session.slots.length - 1)]
    const pays = random.chance(habits.desk) ? 'desk' : 'credit'
    const body = { cardId: card.id, slotNo: slot?.slotNo, pays, amountFen: session.priceFen }
    const key = this.#newKey()
    const first = this.#until('openRegistration', { body, key })
    if (random.chance(habits.doubleTap)) void this.#until('openRegistration', { body, key: this.#newKey() })
    const opened = await first
    if (opened.status === 200) await this.#live((opened.body as Registration).id)
    else this.#expect(opened, ['SLOT_TAKEN', 'REGISTRATION_DUPLICATE', 'CREDIT_NOT_SIGNED'])
    await timeline.sleep(0)
    this.done++
  }

  /** Looks at the page and acts on it until nothing is left to happen. */
  async #live(registrationId: string): Promise<void> {
    const { random, timeline } = this.#p
    let changes = 2
    for (;;) {
      const read = await this.#until('readRegistration', { params: { registrationId } })
      if (read.status !== 200) return this.#expect(read, [])
      const r = read.body as Registration
      if (ends.has(r.row)) return
      if (changes > 0 && r.canCancel && random.chance(habits.cancels)) {
        changes--
        const answer = await this.#until('cancelRegistration', { params: { registrationId }, key: this.#newKey() })
        this.#expect(answer, ['REGISTRATION_PAYING', 'REGISTRATION_PAID', 'REGISTRATION_PAID_AT_DESK'])
      } else if (changes > 0 && r.credit.canChange && random.chance(habits.rechooses)) {
        changes--
        const body = { useCredit: !r.credit.isChosen }
        const answer = await this.#until('chooseCredit', { params: { registrationId }, body, key: this.#newKey() })
        this.#expect(answer, ['REGISTRATION_PAYING', 'REGISTRATION_OVER', 'CREDIT_NOT_SIGNED'])
      } else if (r.desk && random.chance(habits.pays)) {
        const token = r.desk.url.split('/').at(-1) ?? ''
        this.#p.sandbox.hospital.at('jc-first').registrations.payAtDesk(token)
      }
      await timeline.sleep(random.within(200, 60_000))
    }
  }

  #expect(answer: { status: number; body: unknown }, refusals: readonly string[]): void {
    const { code = '' } = answer.body as { code?: string }
    if (answer.status !== 200 && !refusals.includes(code)) this.unexpected.push(`patient: ${answer.status} ${code}`)
  }

  /** Repeats the same request with the same key until something answers for good. */
  async #until(name: OperationName, input: Input): Promise<{ status: number; body: unknown }> {
    for (;;) {
      const answer = await this.#once(name, input)
      if (answer && answer.status < 500) return answer
      await this.#p.timeline.sleep(retryAfterMs)
    }
  }

  async #once(name: OperationName, input: Input): Promise<{ status: number; body: unknown } | undefined> {
    const [method, template] = paths[name]
    const path = template.replace(/\{(\w+)\}/g, (_, key: string) => input.params?.[key] ?? '')
    const query = input.query ? `?${new URLSearchParams(input.query)}` : ''
    const headers: Record<string, string> = { authorization: `Bearer ${this.#token}` }
    if (input.body !== undefined) headers['content-type'] = 'application/json'
    if (input.key !== undefined) headers[keyHeader] = input.key
    const init: RequestInit = {
      method,
      headers,
      ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
    }
    const response = await this.#patiently(this.#p.reach(new Request(`http://bff${path}${query}`, init)))
    if (!response) return undefined
    const body: unknown = await response.json()
    this.#p.timeline.trace(`patient ${name} ${response.status} ${(body as { row?: string }).row ?? ''}`)
    return { status: response.status, body }
  }

  #patiently(response: Promise<Response> | undefined): Promise<Response | undefined> {
    const silence = this.#p.timeline.sleep(answerWithinMs).then(() => undefined)
    return Promise.race([response ?? silence, silence])
  }

  #newKey(): string {
    return `${this.#token.slice(-12)}-${this.#keys++}-${this.#p.random.bytes(6).toString('hex')}`
  }
}
