import { randomUUID } from 'node:crypto'
import type { Card, OpenRegistration, Registration } from '@paycare/shared/contract'
import { creditConsentVersion } from '@paycare/shared/text'
import type { AppClient } from '../world/app-client.ts'

/** A patient at the registration pages, without the pages. */
export class RegistrationDesk {
  readonly #app: AppClient
  readonly card: Card
  private constructor(app: AppClient, card: Card) {
    this.#app = app
    this.card = card
  }

  /** Comes with the first card of the account, after agreeing that the bank may be asked. */
  static async come(app: AppClient, institution = 'jc-first'): Promise<RegistrationDesk> {
    const card = (await app.call('listCards')).cards.find((one) => one.institution.id === institution)
    if (!card) throw new Error(`no card at ${institution}`)
    await app.call('agreeToCredit', { body: { cardId: card.id, version: creditConsentVersion, agree: true } })
    return new RegistrationDesk(app, card)
  }

  /** The first free slot of tomorrow or later, `skip` doctors' half days further on. */
  async freeSlot(skip = 0): Promise<{ slotNo: string; amountFen: number; sessionNo: string }> {
    const query = { cardId: this.card.id }
    let left = skip
    for (const { departmentNo } of (await this.#app.call('listDepartments', { query })).departments) {
      const { days, doctors } = await this.#app.call('readSchedule', { params: { departmentNo }, query })
      const sessions = doctors.flatMap((doctor) => doctor.sessions).filter((one) => one.day !== days[0]?.day)
      for (const { sessionNo, priceFen, slots } of sessions) {
        const slot = slots.find((one) => one.isFree)
        if (slot && left-- === 0) return { slotNo: slot.slotNo, amountFen: priceFen, sessionNo }
      }
    }
    throw new Error('nothing is free')
  }

  async body(more: Partial<OpenRegistration> = {}, skip = 0): Promise<OpenRegistration> {
    const { slotNo, amountFen } = await this.freeSlot(skip)
    return { cardId: this.card.id, slotNo, amountFen, pays: 'credit', ...more }
  }

  /** Answers the dialog. */
  async register(more: Partial<OpenRegistration> = {}, skip = 0): Promise<Registration> {
    return this.#app.call('openRegistration', { body: await this.body(more, skip), key: randomUUID() })
  }

  read(registrationId: string): Promise<Registration> {
    return this.#app.call('readRegistration', { params: { registrationId } })
  }

  cancel(registrationId: string): Promise<Registration> {
    return this.#app.call('cancelRegistration', { params: { registrationId }, key: randomUUID() })
  }

  choose(registrationId: string, useCredit: boolean): Promise<Registration> {
    return this.#app.call('chooseCredit', { params: { registrationId }, body: { useCredit }, key: randomUUID() })
  }
}
