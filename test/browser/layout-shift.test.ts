import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { nameOf, places, type Place } from './matrix/places.ts'
import { Stage } from './matrix/stage.ts'
import { expectStill } from './measures.ts'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open()
})
afterAll(() => stage.close())

/** How late each answer comes, in seconds, with the sign-up after or before the page's own. */
const lateness = {
  last: { session: 1, own: 2, credit: 3 },
  first: { session: 1, own: 3, credit: 1.2 },
} as const
type Lateness = (typeof lateness)[keyof typeof lateness]

const slowed =
  ({ session, own, credit }: Lateness) =>
  async (page: Page): Promise<void> => {
    await page.route('**/api/**', async (route) => {
      const { pathname } = new URL(route.request().url())
      const lateS = pathname.endsWith('/session') ? session : pathname.includes('/credit/') ? credit : own
      await new Promise((resolve) => setTimeout(resolve, lateS * 1000))
      await route.fallback()
    })
  }

const seen = (page: string, state: string): Place => {
  const place = places.find((one) => one.page === page && one.state === state)
  if (!place) throw new Error(`no place ${page}: ${state}`)
  return place
}
/** Whose content hangs on the sign-up as well. */
const withSignUp = [
  seen('pages/home/index', 'a lock in doubt, one refused, one for tonight'),
  seen('packages/registration/checkout/index', 'signed'),
  seen('packages/registration/checkout/index', 'not signed'),
  seen('packages/registration/checkout/index', 'overdue'),
  seen('packages/registration/detail/index', 'done without the quota for later'),
]
const others = [
  seen('pages/home/index', 'nothing to do'),
  seen('pages/records/index', 'registrations'),
  seen('packages/registration/departments/index', 'all'),
  seen('packages/registration/doctor/index', 'free times'),
  seen('packages/registration/detail/index', 'done'),
  seen('packages/credit/status/index', 'signed'),
  seen('packages/credit/status/index', 'consent needed'),
]

async function standsStill(place: Place, late: Lateness): Promise<void> {
  await stage.enter(place, { before: slowed(late) })
  await expectStill(stage.phone)
}
const rows = (some: readonly Place[]) => some.map((place) => [nameOf(place), place] as const)

describe('when every answer is late and the sign-up comes last', () => {
  it.each(rows([...withSignUp, ...others]))('%s stands still', (_, place) => standsStill(place, lateness.last))
})

describe('when every answer is late and the sign-up comes first', () => {
  it.each(rows(withSignUp))('%s stands still', (_, place) => standsStill(place, lateness.first))
})
