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
  const toVisit = (): void => open('visit', { visitId: payment.visitId })
  const ask = { label: read.asking ? labels.asking : labels.askAgain, onPress: read.retry }
  return text.action.does === 'askAgain' ? (
    <StateView
      {...text}
      amountFen={amountFen}
      waiting={waiting}
      action={ask}
      second={{ label: labels.openVisit, onPress: toVisit }}
    />
  ) : (
    <StateView
      {...text}
      amountFen={amountFen}
      waiting={waiting}
      action={{ label: text.action.label, onPress: toVisit }}
      second={ask}
    />
  )
}
