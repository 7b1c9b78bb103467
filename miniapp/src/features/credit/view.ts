import type { CreditStatus } from '@paycare/shared/contract'
import { formatInstant } from '@paycare/shared/rules'
import { creditTexts, labels, renderState, type CreditRow } from '@paycare/shared/text'
import type { Bar } from '../../ui/Bars'

/** The row of a sign-up. A sharer learns only whether family pay works, never why the family's quota does not. */
export function creditRow({ state, quota, role }: CreditStatus): CreditRow {
  if (state !== 'signed') return state
  const usable = quota === null || quota === 'normal'
  if (role === 'family') return usable ? 'sharer' : 'sharerPaused'
  return usable ? 'signed' : quota
}

/** One line under the entry of the home page. */
export function creditLine(status: CreditStatus): string {
  return renderState('credit', creditRow(status), { phone: '' }).brief
}

/** What this hospital locked, deducted and released, as bars. */
export function usageBars({ usage }: CreditStatus): { rows: Bar[]; totalFen: number } {
  return {
    rows: [
      { key: 'locked', label: labels.locked, fen: usage.lockedFen, tone: 'warn' },
      { key: 'paid', label: labels.paid, fen: usage.paidFen, tone: 'brand' },
      { key: 'released', label: labels.released, fen: usage.releasedFen, tone: 'edge' },
    ],
    totalFen: usage.lockedFen + usage.paidFen + usage.releasedFen,
  }
}

/** Agreement, consent and time of the answer, as far as the patient may see them. */
export function agreementRows(status: CreditStatus, nowMs: number): { label: string; value: string }[] {
  const rows: { label: string; value: string }[] = []
  if (status.agreementTail !== null && status.role !== 'family')
    rows.push({ label: creditTexts.agreement, value: status.agreementTail })
  if (status.consentedAtMs !== null)
    rows.push({ label: creditTexts.consentedAt, value: formatInstant(status.consentedAtMs, nowMs) })
  if (status.askedAtMs !== null)
    rows.push({ label: creditTexts.askedAt, value: formatInstant(status.askedAtMs, nowMs) })
  return rows
}

/** Whether the answer can change without the patient. */
export const creditIsLive = (status: CreditStatus): boolean => status.state === 'signing'
