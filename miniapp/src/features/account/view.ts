import type { Consent } from '@paycare/shared/contract'
import { formatInstant } from '@paycare/shared/rules'
import { consentsTexts as texts, type Face } from '@paycare/shared/text'
import type { Row } from '../../ui/Rows'
import { patientLine } from '../cards/view'

export interface ConsentView {
  readonly id: string
  readonly title: string
  readonly status: { readonly face: Face; readonly text: string }
  readonly rows: readonly Row[]
  readonly canWithdraw: boolean
}

/** An agreement: for whom, who receives what for what, and since when. */
export function consentView({ id, card, purpose, agreedAtMs, withdrawnAtMs }: Consent, nowMs: number): ConsentView {
  const rows = [
    { label: texts.person, value: patientLine(card) },
    { label: texts.recipient, value: texts.recipients[purpose] },
    { label: texts.data, value: texts.kinds[purpose] },
    { label: texts.since, value: formatInstant(agreedAtMs, nowMs) },
  ]
  const isActive = withdrawnAtMs === null
  return {
    id,
    title: texts.purpose[purpose],
    status: isActive ? { face: 'done', text: texts.active } : { face: 'notPaid', text: texts.withdrawn },
    rows: isActive ? rows : [...rows, { label: texts.until, value: formatInstant(withdrawnAtMs, nowMs) }],
    canWithdraw: isActive,
  }
}
