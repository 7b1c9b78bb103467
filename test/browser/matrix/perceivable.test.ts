import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectLegible, expectNoOverflow, expectOneTopHeading, expectTargets } from '../measures.ts'
import { violations } from '../scan.ts'
import { nameOf, places } from './places.ts'
import { Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open()
})
afterAll(() => stage.close())

describe.each([
  { size: 'normal', elder: false, targetPx: 44, textPx: 14 },
  { size: '长辈版', elder: true, targetPx: 60, textPx: 18 },
])('in $size size', ({ elder, targetPx, textPx }) => {
  it.each(places.map((place) => [nameOf(place), place] as const))(
    '%s can be perceived, read and pressed in both themes',
    async (_, place) => {
      const { phone } = stage
      await stage.enter(place, { elder })
      for (const colorScheme of ['light', 'dark'] as const) {
        await phone.page.emulateMedia({ colorScheme })
        expect(await violations(phone), colorScheme).toEqual([])
      }
      await expectOneTopHeading(phone)
      await expectNoOverflow(phone)
      await expectTargets(phone, targetPx)
      await expectLegible(phone, textPx)
    },
  )
})

it('nothing went wrong unnoticed on the way', () => {
  expect(stage.phone.complaints()).toEqual([])
})
