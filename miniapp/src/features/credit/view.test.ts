import type { CreditStatus } from '@paycare/shared/contract'
import { expect, test } from 'vitest'
import { creditRow } from './row'
import { agreementRows, available, bankActions, placeAfter, purposeOf, usageParts } from './view'

const status: CreditStatus = {
  cardId: 'c1',
  state: 'signed',
  quota: 'normal',
  role: 'own',
  agreementTail: '6021',
  askedAtMs: 0,
  consentVersion: '1',
  consentedAtMs: 0,
  usage: { lockedFen: 100, paidFen: 200, releasedFen: 0, refundedFen: 0 },
  availableFen: null,
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

test('what was given back is no longer deducted', () => {
  const usage = { lockedFen: 100, paidFen: 200, releasedFen: 7, refundedFen: 50 }
  expect(usageParts({ ...status, usage })).toEqual({ lockedFen: 100, paidFen: 150, refundedFen: 50 })
})

test('the bank’s own figure is shown with its time, and never to a sharer', () => {
  expect(available(status, 0)).toBeUndefined()
  expect(available({ ...status, availableFen: 500 }, 0)).toEqual({ label: '银行可用额度（今天 08:00）', fen: 500 })
  expect(available({ ...status, availableFen: 500, role: 'family' }, 0)).toBeUndefined()
})

test.each([
  ['signed', ['detail', 'repay', 'family', 'terminate']],
  ['overdue', ['detail']],
  ['notSigned', []],
  ['terminated', ['repay']],
  ['sharer', ['family']],
  ['silent', []],
] as const)('%s offers beside its own button: %s', (row, purposes) => {
  expect(bankActions(row).map(({ purpose }) => purpose)).toEqual(purposes)
})

test('a sharer is told that it can leave, not that it can share', () => {
  expect(bankActions('sharer')[0]?.note).toContain('退出')
})

test('an address with another purpose only looks', () => {
  expect([purposeOf('repay'), purposeOf('steal'), purposeOf(undefined)]).toEqual(['repay', 'detail', 'detail'])
})

test('after the bank the patient goes on with what was interrupted', () => {
  expect(placeAfter({ slotNo: 's1' })).toEqual({ route: 'checkout', params: { slotNo: 's1' } })
  expect(placeAfter({ registrationId: 'r1' })).toEqual({ route: 'registration', params: { registrationId: 'r1' } })
  expect(placeAfter({}).route).toBe('creditStatus')
})
