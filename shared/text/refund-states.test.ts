import { describe, expect, test } from 'vitest'
import { RefundRow } from '../contract/refunds.ts'
import { refundStates, type RefundTextFacts } from './refund-states.ts'
import { refundFailedNotice } from './refund.ts'
import type { Line } from './state-text.ts'

const rich: RefundTextFacts = {
  askedFen: 12_345_678,
  acceptedFen: 12_000_000,
  backFen: 12_000_000,
  family: false,
  onlyLocked: false,
  decideBy: '11月23日 10:15',
  decision: '胶片已经取走，不能退',
  phone: '028-85551234',
}
const bare: RefundTextFacts = { ...rich, acceptedFen: null, backFen: 0, family: true, onlyLocked: true, decision: null }

const fill = (line: Line<RefundTextFacts>, facts: RefundTextFacts): string =>
  typeof line === 'string' ? line : line(facts)

function linesOf(row: RefundRow, facts: RefundTextFacts): Record<'title' | 'money' | 'next' | 'when' | 'help', string> {
  const { title, money, next, when, help } = refundStates[row]
  return {
    title: fill(title, facts),
    money: fill(money, facts),
    next: fill(next, facts),
    when: fill(when, facts),
    help: fill(help, facts),
  }
}

describe.each(RefundRow.options.flatMap((row) => [rich, bare].map((facts) => [row, facts] as const)))(
  '%s',
  (row, facts) => {
    const lines = linesOf(row, facts)
    const text = [...Object.values(lines), refundStates[row].brief, refundStates[row].action.label].join('\n')

    test('speaks Chinese only and shows no machine format', () => {
      expect(text).not.toMatch(/[A-Za-z]/)
      expect(text.replaceAll(rich.phone, '')).not.toMatch(/\d{8,}|信用付/)
    })

    test('says what it is, what became of the money, what comes next and where help is', () => {
      for (const line of [lines.title, lines.money, lines.next]) expect(line).not.toBe('')
      expect(lines.help).toContain(rich.phone)
    })
  },
)

test('a row in doubt is 处理中, is not asked for again, and has not failed', () => {
  for (const row of ['askDoubt', 'runningDoubt', 'review'] as const) {
    const text = Object.values(linesOf(row, rich)).join()
    expect(text).toContain('处理中')
    expect(text).toMatch(/请不要重复申请/)
    expect(text).not.toContain('失败')
  }
})

test('only money that came back, or a request that is off, wears the tick', () => {
  const done = RefundRow.options.filter((row) => refundStates[row].face === 'done')
  expect(done).toEqual(['withdrawn', 'done'])
})

test('less than was asked for is told with both amounts', () => {
  expect(linesOf('done', rich).money).toBe(
    '申请 ¥123,456.78，医院同意 ¥120,000.00。¥120,000.00 已退回本人“信用就医”额度',
  )
})

test('the department is told of each try with its number and since when', () => {
  const nowMs = Date.UTC(2026, 10, 22, 8)
  expect(refundFailedNotice({ tries: 3, sinceMs: Date.UTC(2026, 10, 21, 8), nowMs })).toBe(
    '该居民退款失败（第 3 次，自11月21日 16:00起）',
  )
})
