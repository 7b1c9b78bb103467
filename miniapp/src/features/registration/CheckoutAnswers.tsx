import type { Appointment, Card as PatientCard } from '@paycare/shared/contract'
import { checkoutTexts, labels } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import { Amount } from '../../ui/Amount'
import { Card } from '../../ui/Card'
import { Parties } from '../../ui/Parties'
import { Rows } from '../../ui/Rows'
import { patientLine } from '../cards/view'
import { appointmentRows } from './checkout'

interface CheckoutAnswersProps {
  readonly card: PatientCard
  readonly appointment: Appointment
  readonly payer: string
  readonly nowMs: number
}

/** Everything that the patient is about to agree to. */
export function CheckoutAnswers({ card, appointment, payer, nowMs }: CheckoutAnswersProps): ReactNode {
  const hospital = { label: labels.hospital, value: card.institution.name }
  const fee = { label: checkoutTexts.fee, value: <Amount fen={appointment.amountFen} size="title" /> }
  return (
    <Card title={checkoutTexts.answers}>
      <Parties patient={patientLine(card)} payer={payer} />
      <Rows items={[hospital, ...appointmentRows(appointment, nowMs), fee]} />
    </Card>
  )
}
