import { afterAll, beforeAll, it } from 'vitest'
import { expectNoOverflow } from '../measures.ts'
import { nameOf, places } from './places.ts'
import { Stage } from './stage.ts'

/** The largest type there is, as WeChat's own setting would bring it (`app-design.md §6`). */
const largest = "for (const page of document.querySelectorAll('.Page')) page.style.setProperty('--k', '1.5')"

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open()
  await stage.phone.page.setViewportSize({ width: 320, height: 640 })
})
afterAll(() => stage.close())

it.each(places.map((place) => [nameOf(place), place] as const))(
  '%s fits the smallest phone in the largest type',
  async (_, place) => {
    await stage.enter(place, { elder: true })
    await stage.phone.page.evaluate(largest)
    await expectNoOverflow(stage.phone)
  },
)
