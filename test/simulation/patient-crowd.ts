import type { Card, ClinicSession } from '@paycare/shared/contract'
import { seedPeople } from '../sandbox/index.ts'
import { PatientActor, type PatientParts } from './patient-actor.ts'
import type { Resident } from './people.ts'

/** An account holds so many cards. */
const cardsEach = 3
const betweenRegistrationsMs = 1_500
const betweenStrikesMs = 4_000
/** How often somebody opens the page, studies the timetable or signs in again before registering. */
const habits = { opens: 0.2, looks: 0.04, signsInAgain: 0.3 } as const

/** Patients with phones: a few accounts, each with a family of cards, registering all day. */
export class PatientCrowd {
  readonly #p: PatientParts
  readonly #actors: PatientActor[] = []
  #failed = 0
  constructor(parts: PatientParts) {
    this.#p = parts
  }

  /** Stories that are over. */
  get done(): number {
    return this.#actors.reduce((sum, actor) => sum + actor.done, this.#failed)
  }

  get unexpected(): string[] {
    return this.#actors.flatMap((actor) => actor.unexpected)
  }

  async come(residents: readonly Resident[], registrations: number): Promise<void> {
    if (registrations === 0) return
    const cards = await this.#families(residents)
    void this.#strike(registrations)
    const [first] = cards
    const sessions: readonly ClinicSession[] = first ? await first.actor.sessions(first.card) : []
    for (let at = 0; at < registrations; at++) {
      const one = cards[this.#p.random.within(0, cards.length - 1)]
      // A few doctors are wanted by everybody, so that slots run out and people meet.
      const far = this.#p.random.chance(0.4) ? 3 : sessions.length - 1
      const session = sessions[this.#p.random.within(0, far)]
      if (one && this.#p.random.chance(habits.opens)) await one.actor.departments(one.card)
      if (one && this.#p.random.chance(habits.looks)) await one.actor.sessions(one.card)
      if (one && this.#p.random.chance(habits.signsInAgain)) await one.actor.signInAgain()
      if (one && session) void one.actor.register(one.card, session)
      else this.#failed++
      await this.#p.timeline.sleep(this.#p.random.within(0, betweenRegistrationsMs))
    }
  }

  /** The hospital's clerk: now and then a doctor is ill, and a slot that was kept for somebody is taken back. */
  async #strike(registrations: number): Promise<void> {
    const { registrations: book } = this.#p.sandbox.hospital.at('jc-first')
    while (this.done < registrations) {
      await this.#p.timeline.sleep(this.#p.random.within(0, betweenStrikesMs))
      const kept = book.list().filter((one) => one.state === 'reserved')
      const one = kept[this.#p.random.within(0, kept.length * 3)]
      if (one) book.cancel(one.registrationNo)
    }
  }

  async #families(residents: readonly Resident[]): Promise<{ actor: PatientActor; card: Card }[]> {
    const cards: { actor: PatientActor; card: Card }[] = []
    for (const [at, { openid }] of seedPeople.slice(0, 12).entries()) {
      const family = residents.slice(at * cardsEach, (at + 1) * cardsEach)
      if (family.length === 0) break
      const actor = await PatientActor.signIn(this.#p, openid)
      this.#actors.push(actor)
      for (const resident of family) cards.push({ actor, card: await actor.bind(resident) })
    }
    return cards
  }
}
