import type { HoldRow, RegistrationRow } from '@paycare/shared/contract'
import { stateTexts } from '@paycare/shared/text'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { traces } from '../scan.ts'
import { nameOf, places, type Place } from './places.ts'
import { Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open()
})
afterAll(() => stage.close())

it.each(places.map((place) => [nameOf(place), place] as const))(
  '%s speaks to a patient, and shows nothing of the machine',
  async (_, place) => {
    await stage.enter(place)
    expect(await traces(stage.phone)).toEqual([])
  },
)

/** The place of a payment or a registration whose answer carries another row. */
function placeOf(kind: 'payment' | 'registration', row: HoldRow | RegistrationRow, title: unknown): Place {
  const isPayment = kind === 'payment'
  return {
    page: isPayment ? 'packages/payments/status/index' : 'packages/registration/detail/index',
    state: row,
    who: isPayment ? '赵桂兰' : '张为民',
    query: isPayment ? 'paymentId={held}' : 'registrationId={payAtDesk}',
    settled: String(title),
    patch: { path: isPayment ? '/api/payments/' : '/api/registrations/', body: { row } },
  }
}

describe('in every row that an answer can carry', () => {
  const rows = [
    ...Object.entries(stateTexts.hold).map(([row, { title }]) => placeOf('payment', row as HoldRow, title)),
    ...Object.entries(stateTexts.registration).map(([row, { title }]) =>
      placeOf('registration', row as RegistrationRow, title),
    ),
  ]
  it.each(rows.map((place) => [nameOf(place), place] as const))('%s', async (_, place) => {
    await stage.enter(place)
    expect(await traces(stage.phone)).toEqual([])
  })
})

describe('the scan', () => {
  const slips = [
    'undefined',
    '¥null',
    'NaN 岁',
    '[object Object]',
    'Invalid Date',
    'lockDoubt',
    'CREDIT_SILENT',
    'WeChat',
    '2026-11-21',
    '2026-11-21T02:00:00.000Z',
    '10:00:00',
    '20261121',
    '信用付',
    '{name}',
    '消化内科 · ',
    '（）',
  ]
  const [place] = places.filter(({ state }) => state === 'nothing to do')
  const ways = {
    'in the text': (slip: string) =>
      `const box = document.createElement('p'); box.textContent = ${JSON.stringify(slip)}; main.append(box)`,
    'in a label': (slip: string) => `main.setAttribute('aria-label', ${JSON.stringify(slip)})`,
    'in a hint': (slip: string) =>
      `const box = document.createElement('input'); box.placeholder = ${JSON.stringify(slip)}; main.append(box)`,
    'in the title': (slip: string) => `document.title = ${JSON.stringify(slip)}`,
  }

  it.each(Object.entries(ways))('finds every kind of slip %s', async (_, plant) => {
    if (!place) throw new Error('no such place')
    await stage.enter(place)
    expect(await traces(stage.phone)).toEqual([])
    const found: string[] = []
    for (const slip of slips) {
      await stage.phone.page.evaluate(`{ const main = document.querySelector('main'); ${plant(slip)} }`)
      if ((await traces(stage.phone)).some((line) => line.includes(slip.trim()))) found.push(slip)
    }
    expect(found).toEqual(slips)
  })
})
