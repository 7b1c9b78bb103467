import { afterAll, beforeAll, expect, it } from 'vitest'
import { places } from './matrix/places.ts'
import { Stage } from './matrix/stage.ts'

/** What iOS 13 and the Android WebView of 2019 do not have, beside what a build can check (`test/build/old-phones.test.ts`). */
const forget = `for (const [owner, names] of [
  [String.prototype, ['at', 'replaceAll']],
  [Array.prototype, ['at', 'findLast', 'findLastIndex', 'toReversed', 'toSorted', 'toSpliced', 'with']],
  [Object, ['groupBy', 'hasOwn']],
  [Promise, ['any', 'withResolvers']],
  [globalThis, ['AggregateError', 'structuredClone', 'WeakRef']],
]) for (const name of names) delete owner[name]`

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open()
  await stage.phone.page.addInitScript({ content: forget })
})
afterAll(() => stage.close())

const onePerPage = [...new Map(places.map((place) => [place.page, place] as const)).values()]

it.each(onePerPage.map((place) => [place.page, place] as const))('%s works on a phone of 2020', async (_, place) => {
  const { page, complaints } = stage.phone
  await stage.enter(place)
  await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
  expect(await page.evaluate("'replaceAll' in ''.constructor.prototype")).toBe(false)
  expect(complaints()).toEqual([])
})
