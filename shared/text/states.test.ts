import { describe, expect, test } from 'vitest'
import { renderState, stateTexts, type CreditRow, type HoldTextFacts, type RenderedState } from './states.ts'

const holdRows = Object.keys(stateTexts.hold) as (keyof typeof stateTexts.hold)[]
const creditRows = Object.keys(stateTexts.credit) as CreditRow[]

const rich: HoldTextFacts = {
  amountFen: 12345678,
  captureFen: 12000000,
  paidFen: 12000000,
  releasedFen: 345678,
  deductBy: '今天 23:30',
  repayBy: '2026年12月25日',
  reason: '可用额度不足',
  family: false,
  phone: '028-85551234',
}
const bare: HoldTextFacts = { ...rich, deductBy: null, repayBy: null, reason: null, family: true }

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
  ...holdRows.flatMap((row) => [rich, bare].map((facts) => [`hold ${row}`, renderState('hold', row, facts)] as const)),
  ...creditRows.map((row) => [`credit ${row}`, renderState('credit', row, { phone: rich.phone })] as const),
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
    const text = linesOf(renderState('hold', row, rich)).join()
    expect(text).toContain('处理中')
    expect(text).not.toContain('失败')
  }
})

test('only money that moved wears the tick, and nothing that is merely locked', () => {
  const done = holdRows.filter((row) => stateTexts.hold[row].face === 'done')
  expect(done).toEqual(['paid', 'partlyPaid', 'released'])
})

test('a sharer is not asked to repay', () => {
  expect(renderState('hold', 'paid', bare).next).toContain('不用还款')
})
