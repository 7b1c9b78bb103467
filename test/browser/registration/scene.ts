import type { AppClient } from '../../world/app-client.ts'
import type { World } from '../../world/world.ts'
import { RegistrationDesk } from '../../journeys/registration-desk.ts'
import { accountOf } from '../clinic.ts'
import { openAs } from '../phone.ts'
import { inBrowser, type Scene } from '../session.ts'

export interface AtHome extends Scene {
  /** The same account on another device. */
  readonly app: AppClient
}

/** Where the patient goes besides the app: the bank's pages, and the hospital's payment page. */
export const outside = (world: World): string[] => [
  world.x.config.bank.pagesUrl,
  new URL(world.x.institution('jc-first').hospitalUrl).origin,
]

/** A browser at the home page of somebody who has a card and has agreed that the bank may be asked. */
export function atHome(name: string, play: (scene: AtHome) => Promise<void>): Promise<void> {
  return inBrowser({ alsoAt: outside }, async ({ world, phone }) => {
    const app = await accountOf(world, name)
    await RegistrationDesk.come(app)
    await openAs(phone, name)
    await play({ world, phone, app })
  })
}

/** The first hospital's own system. */
export const hospitalOf = (world: World) => world.sandbox.hospital.at('jc-first')

interface Books {
  /** Of the bank: what became of every lock. */
  readonly locks: readonly string[]
  /** Of the hospital: how every registration stands, and how it was paid. */
  readonly registrations: readonly string[]
}

/** What the bank and the hospital have written down about registrations. */
export function booksOf(world: World): Books {
  return {
    locks: world.sandbox.bank.locks().map(({ bizScene, state }) => `${bizScene} ${state}`),
    registrations: hospitalOf(world)
      .registrations.list()
      .map(({ state, payment, mark }) => [state, payment, mark ?? ''].join(' ').trim()),
  }
}

/** One registration, paid once from the patient's own quota. */
export const paidOnce: Books = { locks: ['OUTP_REG CONFIRMED'], registrations: ['booked creditPaid 信用就医'] }
