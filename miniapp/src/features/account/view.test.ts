import type { Consent } from '@paycare/shared/contract'
import { expect, test } from 'vitest'
import { consentView } from './view'

// 2026-11-21 20:00 in Shanghai.
const nowMs = Date.UTC(2026, 10, 21, 12)
const consent: Consent = {
  id: 'con1',
  card: {
    id: 'c1',
    name: '林*',
    age: 68,
    relation: 'self',
    patientNoTail: '1234',
    institution: { id: 'h1', name: '成都市第一人民医院', phone: '028-85551234', hours: '' },
  },
  purpose: 'credit',
  version: '1',
  agreedAtMs: nowMs,
  withdrawnAtMs: null,
}

test('says for whom, who receives what, and since when', () => {
  const { rows, canWithdraw, status } = consentView(consent, nowMs)
  expect(rows.map((row) => row.value)).toEqual(['林*（本人）尾号 1234', '交通银行', '姓名、身份证号', '今天 20:00'])
  expect([canWithdraw, status.text]).toEqual([true, '有效'])
})

test('a withdrawn one stays readable and cannot be withdrawn twice', () => {
  const { rows, canWithdraw, status } = consentView({ ...consent, withdrawnAtMs: nowMs }, nowMs)
  expect(rows.at(-1)).toEqual({ label: '撤回时间', value: '今天 20:00' })
  expect([canWithdraw, status.text]).toEqual([false, '已撤回'])
})
