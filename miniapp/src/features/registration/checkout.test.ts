import type { Appointment, CreditStatus } from '@paycare/shared/contract'
import { expect, test } from 'vitest'
import { appointmentRows, creditOffer, offeredPayer, payLabel } from './checkout'

// 2026-11-21 10:00 in Shanghai.
const nowMs = Date.UTC(2026, 10, 21, 2)
const hour = 3_600_000
const signed: CreditStatus = {
  cardId: 'c1',
  state: 'signed',
  quota: 'normal',
  role: 'own',
  agreementTail: '6021',
  askedAtMs: nowMs,
  consentVersion: '1',
  consentedAtMs: nowMs,
  usage: { lockedFen: 0, paidFen: 0, releasedFen: 0, refundedFen: 0 },
  availableFen: null,
}

test.each([
  [{}, 'use'],
  [{ role: 'family' }, 'use'],
  [{ state: 'consentNeeded', quota: null, role: null }, 'consent'],
  [{ state: 'notSigned', quota: null, role: null }, 'invite'],
  [{ state: 'terminated', quota: null, role: null }, 'invite'],
  [{ state: 'signing', quota: null, role: null }, 'off'],
  [{ state: 'silent', quota: null, role: null }, 'off'],
  [{ quota: 'frozen' }, 'off'],
  [{ quota: 'overdue' }, 'off'],
  [{ quota: 'expired' }, 'off'],
  [{ role: 'family', quota: 'overdue' }, 'off'],
] as const)('a sign-up with %o is offered as %s', (part, expected) => {
  expect(creditOffer({ ...signed, ...part }, false).is).toBe(expected)
})

test('an overdue quota of one’s own can be repaid; a sharer learns nothing of the family’s', () => {
  expect(creditOffer({ ...signed, quota: 'overdue' }, false)).toMatchObject({ canRepay: true })
  const sharer = creditOffer({ ...signed, role: 'family', quota: 'overdue' }, false)
  expect(sharer).toMatchObject({ canRepay: false })
  expect(JSON.stringify(sharer)).not.toContain('逾期')
})

test('while the bank is asked nothing is offered, and a question that failed can be asked again', () => {
  expect(creditOffer(undefined, false)).toEqual({ is: 'unknown' })
  expect(creditOffer(undefined, true)).toMatchObject({ is: 'off', canAsk: true })
})

test('the payer follows the offer and the patient’s no', () => {
  const use = creditOffer(signed, false)
  expect(offeredPayer(use, false)).toBe('本人“信用就医”额度')
  expect(offeredPayer(use, true)).toBe('其他支付方式')
  expect(offeredPayer(creditOffer({ ...signed, role: 'family' }, false), false)).toBe('亲情付')
  expect(offeredPayer(creditOffer({ ...signed, quota: 'frozen' }, false), false)).toBe('其他支付方式')
})

test('the button names the patient when somebody else presses it', () => {
  expect(payLabel({ name: '林*兰', relation: 'self' }, 2200)).toBe('支付 ¥22.00')
  expect(payLabel({ name: '林*兰', relation: 'family' }, 2200)).toBe('为林*兰支付 ¥22.00')
})

test('what is registered for, with the time as people say it', () => {
  const appointment: Appointment = {
    slotNo: 's1',
    department: '骨科',
    doctor: '梁国安',
    doctorTitle: '医师',
    place: '门诊楼二层',
    startsAtMs: nowMs + 28 * hour,
    endsAtMs: nowMs + 28.5 * hour,
    amountFen: 2200,
    cancelUntilMs: nowMs + 10 * hour,
  }
  expect(appointmentRows(appointment, nowMs).map(({ value }) => value)).toEqual([
    '骨科',
    '梁国安 医师',
    '明天 11月22日 14:00–14:30',
    '门诊楼二层',
    '今天 20:00 前',
  ])
  const late = { ...appointment, cancelUntilMs: nowMs }
  expect(appointmentRows(late, nowMs).at(-1)?.value).toBe('已过可退时间')
})
