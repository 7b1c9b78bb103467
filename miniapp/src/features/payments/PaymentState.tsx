import type { PaymentDetail } from '@paycare/shared/contract'
import { labels, waitingTexts } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import type { Read } from '../../api/use-read'
import { open } from '../../routes'
import { StateView } from '../../ui/StateView'
import { useAfter } from '../../ui/use-after'
import { paymentIsLive, paymentState, shownFen } from './view'

interface PaymentStateProps {
  readonly payment: PaymentDetail
  readonly read: Read<PaymentDetail>
  readonly nowMs: number
  readonly inFront: boolean
}

/** The state of a payment; while the bank's answer is missing, its words change at 3 and at 10 seconds. */
export function PaymentState({ payment, read, nowMs, inFront }: PaymentStateProps): ReactNode {
  const text = paymentState(payment, nowMs)
  const live = paymentIsLive(payment)
  const passed = useAfter(live && inFront, [3000, 10_000])
  const waiting = !live || passed === 0 ? '' : passed === 1 ? waitingTexts.slow : waitingTexts.leave
  const amountFen = shownFen(payment)
  const subject = toSubject(payment)
  const ask = { label: read.asking ? labels.asking : labels.askAgain, onPress: read.retry }
  const [action, second] = text.action.does === 'askAgain' ? [ask, subject] : [subject, ask]
  return <StateView {...text} amountFen={amountFen} waiting={waiting} action={action} second={second} />
}

/** The page that the payment belongs to: the visit, or the registration before it. */
function toSubject({ visitId, registrationId }: PaymentDetail): { label: string; onPress: () => void } | undefined {
  if (visitId !== null) return { label: labels.openVisit, onPress: () => open('visit', { visitId }) }
  if (registrationId === null) return undefined
  return { label: labels.openRegistration, onPress: () => open('registration', { registrationId }) }
}
