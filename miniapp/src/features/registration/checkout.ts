import type { Appointment, Card, CreditStatus, PayerRole } from '@paycare/shared/contract'
import { formatFen, formatInstant, formatSpan } from '@paycare/shared/rules'
import { checkoutTexts, creditStates, doctorTexts, labels, payerTexts } from '@paycare/shared/text'
import { creditRow } from '../credit/row'

/**
 * What the checkout offers beside ordinary payment. `unknown`: the sign-up is being asked for. `invite`: not signed. `off`: signed or
 * signing, but of no use now; `canRepay` when repaying is what helps.
 */
export type CreditOffer =
  | { readonly is: 'unknown' }
  | { readonly is: 'consent' }
  | { readonly is: 'use'; readonly role: PayerRole }
  | { readonly is: 'invite' }
  | { readonly is: 'off'; readonly why: string; readonly canRepay: boolean; readonly canAsk: boolean }

/** The offer of a sign-up; a question that failed is a bank that does not answer. */
export function creditOffer(status: CreditStatus | undefined, failed: boolean): CreditOffer {
  if (!status) return failed ? off('silent') : { is: 'unknown' }
  const row = creditRow(status)
  switch (row) {
    case 'consentNeeded':
      return { is: 'consent' }
    case 'signed':
    case 'sharer':
      return { is: 'use', role: status.role ?? 'own' }
    case 'notSigned':
    case 'terminated':
      return { is: 'invite' }
    default:
      return off(row)
  }
}

function off(row: 'silent' | ReturnType<typeof creditRow>): CreditOffer {
  const { brief } = creditStates[row]
  return {
    is: 'off',
    why: checkoutTexts.unusable(brief),
    canRepay: row === 'overdue',
    canAsk: row === 'silent' || row === 'signing',
  }
}

/** Who pays, in the second row of the sheet and of the page. */
export function offeredPayer(offer: CreditOffer, declined: boolean): string {
  if (offer.is === 'unknown') return checkoutTexts.payerAsking
  return offer.is === 'use' && !declined ? payerTexts[offer.role] : payerTexts.other
}

/** “支付 ¥22.00”, or “为林*兰支付 ¥22.00” when the one who presses is not the patient. */
export function payLabel(card: Pick<Card, 'name' | 'relation'>, amountFen: number): string {
  const amount = formatFen(amountFen)
  return card.relation === 'self' ? checkoutTexts.pay(amount) : checkoutTexts.payFor(card.name, amount)
}

interface TextRow {
  readonly label: string
  readonly value: string
}

/** What is registered for, as label and value. */
export function appointmentRows(appointment: Appointment, nowMs: number): TextRow[] {
  return [
    { label: labels.department, value: appointment.department },
    { label: checkoutTexts.doctor, value: doctorTexts.doctorLine(appointment.doctor, appointment.doctorTitle) },
    { label: checkoutTexts.time, value: formatSpan(appointment.startsAtMs, appointment.endsAtMs, nowMs) },
    { label: checkoutTexts.place, value: appointment.place },
    { label: checkoutTexts.cancelUntil, value: cancelUntil(appointment, nowMs) },
  ]
}

function cancelUntil({ cancelUntilMs }: Appointment, nowMs: number): string {
  if (cancelUntilMs <= nowMs) return checkoutTexts.cancelPassed
  return checkoutTexts.cancelBefore(formatInstant(cancelUntilMs, nowMs))
}
