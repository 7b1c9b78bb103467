import { paymentTexts } from '@paycare/shared/text'
import { useRouter } from '@tarojs/taro'
import type { ReactNode } from 'react'
import { useNow } from '../../../features/cards/queries'
import { patientLine } from '../../../features/cards/view'
import { useFront } from '../../../features/live/use-front'
import { PaymentState } from '../../../features/payments/PaymentState'
import { usePayment } from '../../../features/payments/queries'
import {
  payerLine,
  paymentAmounts,
  paymentNumbers,
  paymentSteps,
  paymentSubject,
} from '../../../features/payments/view'
import { AppPage } from '../../../features/shell/AppPage'
import { Amount } from '../../../ui/Amount'
import { Card } from '../../../ui/Card'
import { Parties } from '../../../ui/Parties'
import { Rows } from '../../../ui/Rows'
import { Slot } from '../../../ui/Slot'
import { Timeline } from '../../../ui/Timeline'

/** The page of every state that a payment can be in. */
export default function PaymentStatusPage(): ReactNode {
  const front = useFront()
  const paymentId = useRouter().params['paymentId'] ?? ''
  const read = usePayment(paymentId, front)
  const nowMs = useNow(read)
  return (
    <AppPage title={paymentTexts.title} front={front} card={read.data?.card ?? (read.failure ? null : undefined)}>
      <Slot query={read} height={560}>
        {(payment) => (
          <>
            <PaymentState payment={payment} read={read} nowMs={nowMs} inFront={front.inFront} />
            <Card>
              <Parties patient={patientLine(payment.card)} payer={payerLine(payment)} />
              <Rows items={paymentSubject(payment)} />
            </Card>
            <Card title={paymentTexts.amountsHeading}>
              <Rows
                items={paymentAmounts(payment).map(({ label, value }) => ({ label, value: <Amount fen={value} /> }))}
              />
            </Card>
            <Card title={paymentTexts.historyHeading}>
              <Timeline
                steps={paymentSteps(payment, nowMs).map(({ fen, ...step }) =>
                  fen === null ? step : { ...step, note: <Amount fen={fen} /> },
                )}
              />
            </Card>
            <Card title={paymentTexts.numbersHeading}>
              <Rows items={paymentNumbers(payment)} />
            </Card>
          </>
        )}
      </Slot>
    </AppPage>
  )
}
