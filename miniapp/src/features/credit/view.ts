import type { CreditStatus, JumpPurpose } from '@paycare/shared/contract'
import { formatInstant } from '@paycare/shared/rules'
import { creditStates, creditTexts, jumpPurposes, jumpTexts, type CreditRow } from '@paycare/shared/text'
import type { Place } from '../../routes'

/** What this hospital did with the quota, each fen in one part only: what was given back is no longer deducted. */
export function usageParts({ usage }: CreditStatus): { lockedFen: number; paidFen: number; refundedFen: number } {
  const { lockedFen, paidFen, refundedFen } = usage
  return { lockedFen, paidFen: Math.max(0, paidFen - refundedFen), refundedFen }
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

/** The bank's own figure with the moment at which it was true; none for a sharer, whom the family's finances do not concern. */
export function available(status: CreditStatus, nowMs: number): { label: string; fen: number } | undefined {
  const { availableFen, askedAtMs, role } = status
  if (availableFen === null || askedAtMs === null || role === 'family') return undefined
  return { label: creditTexts.available(formatInstant(askedAtMs, nowMs)), fen: availableFen }
}

/** What can be done at the bank in each row, the most likely first. */
const atTheBank: Partial<Record<CreditRow, readonly JumpPurpose[]>> = {
  signed: ['detail', 'repay', 'family', 'terminate'],
  overdue: ['repay', 'detail'],
  frozen: ['detail', 'repay'],
  expired: ['detail', 'repay'],
  notSigned: ['sign'],
  terminated: ['sign', 'repay'],
  sharer: ['family'],
  sharerPaused: ['family'],
}

export interface BankAction {
  readonly purpose: JumpPurpose
  readonly label: string
  readonly note: string
}

/** The ways to the bank beside the state's own button. */
export function bankActions(row: CreditRow): BankAction[] {
  const own = creditStates[row].action.does
  const isSharer = row === 'sharer' || row === 'sharerPaused'
  return (atTheBank[row] ?? [])
    .filter((purpose) => purpose !== own)
    .map((purpose) => {
      const { label, note } = jumpPurposes[purpose]
      return { purpose, label, note: isSharer ? jumpTexts.sharerFamily : note }
    })
}

/** Reads a purpose from an address; anything else is the sign-up page's own question. */
export function purposeOf(text: string | undefined): JumpPurpose {
  return purposes.find((purpose) => purpose === text) ?? 'detail'
}
const purposes: readonly JumpPurpose[] = ['sign', 'detail', 'repay', 'terminate', 'family']

/** Where the patient goes on after the bank: to what was interrupted, else to the sign-up. */
export function placeAfter({ slotNo, registrationId }: Readonly<Partial<Record<string, string>>>): Place {
  if (slotNo !== undefined) return { route: 'checkout', params: { slotNo } }
  if (registrationId !== undefined) return { route: 'registration', params: { registrationId } }
  return { route: 'creditStatus', params: {} }
}

/** Whether the answer can change without the patient. */
export const creditIsLive = (status: CreditStatus): boolean => status.state === 'signing'
