import { describe, expect, test } from 'vitest'
import { RegistrationRow } from '../contract/registrations.ts'
import type { CreditRow } from './credit-states.ts'
import type { HoldTextFacts } from './hold-states.ts'
import type { RegistrationTextFacts } from './registration-states.ts'
import { renderState, type RenderedState } from './state-text.ts'
import { stateTexts } from './states.ts'

const holdRows = Object.keys(stateTexts.hold) as (keyof typeof stateTexts.hold)[]
const creditRows = Object.keys(stateTexts.credit) as CreditRow[]

const rich: HoldTextFacts = {
  amountFen: 12345678,
  captureFen: 12000000,
  paidFen: 12000000,
  releasedFen: 345678,
  deductBy: '今天 23:30',
  late: false,
  repayBy: '2026年12月25日',
  reason: '可用额度不足',
  family: false,
  registration: false,
  phone: '028-85551234',
}
const tardy: HoldTextFacts = { ...rich, late: true }
const bare: HoldTextFacts = { ...rich, deductBy: null, repayBy: null, reason: null, family: true, registration: true }

const registration: RegistrationTextFacts = {
  amountFen: 12345678,
  family: false,
  locked: true,
  keptUntil: '今天 10:15',
  arrive: '今天 13:30–14:00',
  reason: '可用额度不足',
  phone: rich.phone,
}
const early: RegistrationTextFacts = {
  ...registration,
  family: true,
  locked: false,
  keptUntil: null,
  arrive: null,
  reason: null,
}

const linesOf = (state: RenderedState): string[] => [
  state.brief,
  state.title,
  state.money,
  state.next,
  state.when,
  state.action.label,
  state.help,
]
const rendered = [
  ...holdRows.flatMap((row) =>
    [rich, tardy, bare].map((facts) => [`hold ${row}`, renderState(stateTexts.hold[row], facts)] as const),
  ),
  ...creditRows.map((row) => [`credit ${row}`, renderState(stateTexts.credit[row], { phone: rich.phone })] as const),
  ...RegistrationRow.options.flatMap((row) =>
    [registration, early].map(
      (facts) => [`registration ${row}`, renderState(stateTexts.registration[row], facts)] as const,
    ),
  ),
]

describe.each(rendered)('%s', (_name, state) => {
  const text = linesOf(state).join('\n')

  test('speaks Chinese only', () => {
    expect(text).not.toMatch(/[A-Za-z]/)
  })

  test('shows no machine format', () => {
    expect(text.split(rich.phone).join('')).not.toMatch(/\d{4}-\d{2}-\d{2}|\d{8,}|信用付/)
  })

  test('says what it is, what comes next and where help is', () => {
    for (const line of [state.brief, state.title, state.next, state.action.label]) expect(line).not.toBe('')
    expect(state.help).toContain(rich.phone)
  })
})

test('a row in doubt is 处理中 and never a failure', () => {
  for (const row of holdRows.filter((name) => name.endsWith('Doubt') || name === 'review')) {
    const text = linesOf(renderState(stateTexts.hold[row], rich)).join()
    expect(text).toContain('处理中')
    expect(text).not.toContain('失败')
  }
})

test('a registration in doubt is 处理中, is not repeated and has not failed', () => {
  for (const row of RegistrationRow.options.filter((name) => name.endsWith('Doubt') || name === 'review')) {
    const state = renderState(stateTexts.registration[row], registration)
    const text = linesOf(state).join()
    expect(state.title).toContain('处理中')
    expect(text).toMatch(/请不要重复/)
    expect(text).not.toContain('失败')
  }
})

test('only a registration that stands or is ended wears the tick', () => {
  const done = RegistrationRow.options.filter((row) => stateTexts.registration[row].face === 'done')
  expect(done).toEqual(['done', 'doneAtDesk', 'cancelled', 'cancelledPaid'])
})

test('a slot that is kept unpaid says until when', () => {
  for (const row of ['declined', 'payAtDesk'] as const) {
    expect(renderState(stateTexts.registration[row], registration).when).toContain('今天 10:15')
  }
})

test('only money that moved wears the tick, and nothing that is merely locked', () => {
  const done = holdRows.filter((row) => stateTexts.hold[row].face === 'done')
  expect(done).toEqual(['paid', 'partlyPaid', 'released'])
})

test('a sharer is not asked to repay', () => {
  expect(renderState(stateTexts.hold.paid, bare).next).toContain('不用还款')
})
