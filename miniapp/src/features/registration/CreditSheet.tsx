import type { Appointment, Card, PayerRole } from '@paycare/shared/contract'
import { formatSpan } from '@paycare/shared/rules'
import { checkoutTexts, creditPrompts, creditSheetTexts, labels } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import { Amount } from '../../ui/Amount'
import { Box } from '../../ui/elements'
import { Parties } from '../../ui/Parties'
import { Press } from '../../ui/Press'
import { Rows } from '../../ui/Rows'
import { Sheet } from '../../ui/Sheet'
import { patientLine } from '../cards/view'
import { payLabel } from './checkout'
import './CreditSheet.scss'
import type { Doing } from './use-operation'

interface CreditSheetProps {
  readonly open: boolean
  readonly card: Card
  readonly appointment: Appointment
  readonly role: PayerRole
  /** The fee was paid another way already: only what follows is asked about. */
  readonly feeIsPaid: boolean
  readonly nowMs: number
  readonly doing: Doing
  readonly onConfirm: () => void
  readonly onDecline: () => void
  readonly onClose: () => void
}

/** The dialog of C 三（二） with its sentence to the letter, and below it who, what, how much, from which quota, and what follows. */
export function CreditSheet(props: CreditSheetProps): ReactNode {
  const { open, card, appointment, role, feeIsPaid, nowMs, doing, onConfirm, onDecline, onClose } = props
  const texts = creditSheetTexts
  const fee = <Amount fen={appointment.amountFen} size={feeIsPaid ? 'body' : 'title'} />
  const confirm = feeIsPaid ? texts.confirm : texts.confirmPay(payLabel(card, appointment.amountFen))
  return (
    <Sheet
      title={card.relation === 'self' ? texts.title : texts.titleFor(card.name)}
      open={open}
      onClose={onClose}
      footer={
        <>
          <Box announced className="CreditSheet__notice">
            {doing.notice}
          </Box>
          <Press kind="primary" label={doing.busy ? texts.confirming : confirm} busy={doing.busy} onPress={onConfirm} />
          <Press kind="plain" label={feeIsPaid ? texts.keep : texts.decline} busy={doing.busy} onPress={onDecline} />
        </>
      }
    >
      <Box className="CreditSheet__prompt">{creditPrompts.registration}</Box>
      <Box>
        <Parties patient={patientLine(card)} payer={texts.quota[role]} />
        <Rows
          items={[
            { label: texts.what, value: labels.whereAndWho(appointment.department, appointment.doctor) },
            { label: checkoutTexts.time, value: formatSpan(appointment.startsAtMs, appointment.endsAtMs, nowMs) },
            { label: feeIsPaid ? checkoutTexts.feePaid : checkoutTexts.fee, value: fee },
          ]}
        />
      </Box>
      <Box className="CreditSheet__next">{feeIsPaid ? texts.laterOnly : texts.nowAndLater}</Box>
    </Sheet>
  )
}
