import type { World } from '../../world/world.ts'
import { seedRegistrations } from './seeded-registrations.ts'
import { seedSignUps } from './seeded-sign-ups.ts'
import { seedVisits } from './seeded-visits.ts'

/** What the addresses of places speak of: the number behind each name. */
export type Numbers = Readonly<Record<string, string>>

export interface Seeded {
  readonly numbers: Numbers
  /** Session cookies by the name of the person. */
  readonly cookies: ReadonlyMap<string, string>
}

/** Brings about every state that has a page, in the hospital's and the bank's own systems. Afterwards the clock stands still. */
export async function everyState(world: World): Promise<Seeded> {
  const registrations = await seedRegistrations(world)
  const visits = await seedVisits(world)
  const signUps = await seedSignUps(world)
  return {
    numbers: { ...registrations.numbers, ...visits.numbers, ...signUps.numbers },
    cookies: new Map([...registrations.cookies, ...visits.cookies, ...signUps.cookies]),
  }
}
