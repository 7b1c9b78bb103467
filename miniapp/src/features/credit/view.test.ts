import type { CreditStatus } from '@paycare/shared/contract'
import { expect, test } from 'vitest'
import { agreementRows, creditRow, usageBars } from './view'

const status: CreditStatus = {
  cardId: 'c1',
  state: 'signed',
  quota: 'normal',
  role: 'own',
  agreementTail: '6021',
  askedAtMs: 0,
  consentVersion: '1',
  consentedAtMs: 0,
  usage: { lockedFen: 100, paidFen: 200, releasedFen: 0 },
}

test.each([
  [{}, 'signed'],
  [{ quota: null }, 'signed'],
  [{ quota: 'overdue' }, 'overdue'],
  [{ role: 'family' }, 'sharer'],
  [{ role: 'family', quota: 'overdue' }, 'sharerPaused'],
  [{ state: 'silent', quota: null, role: null }, 'silent'],
  [{ state: 'consentNeeded' }, 'consentNeeded'],
] as const)('%o is row %s', (part, row) => {
  expect(creditRow({ ...status, ...part })).toBe(row)
})

test('a sharer does not see the agreement, which is the family’s', () => {
  const values = (s: CreditStatus): string[] => agreementRows(s, 0).map((row) => row.value)
  expect(values(status)).toContain('6021')
  expect(values({ ...status, role: 'family' })).not.toContain('6021')
})

test('usage adds up', () => {
  const { rows, totalFen } = usageBars(status)
  expect(rows.map((row) => row.fen)).toEqual([100, 200, 0])
  expect(totalFen).toBe(300)
})
