import { visitsTexts } from '@paycare/shared/text'
import { useRouter } from '@tarojs/taro'
import type { ReactNode } from 'react'
import { useNow } from '../../../features/cards/queries'
import { useFront } from '../../../features/live/use-front'
import { AppPage } from '../../../features/shell/AppPage'
import { PaymentLines } from '../../../features/visits/PaymentLines'
import { useVisit } from '../../../features/visits/queries'
import { Tonight } from '../../../features/visits/Tonight'
import { VisitHead } from '../../../features/visits/VisitHead'
import { longest, noOrders, paymentLines, totalBars } from '../../../features/visits/view'
import { open } from '../../../routes'
import { Bars } from '../../../ui/Bars'
import { Card } from '../../../ui/Card'
import { Box } from '../../../ui/elements'
import { Press } from '../../../ui/Press'
import { Slot } from '../../../ui/Slot'

/** One visit: its mark, what is deducted tonight, every order with its lock, and the totals. */
export default function VisitDetailPage(): ReactNode {
  const front = useFront()
  const visitId = useRouter().params['visitId'] ?? ''
  const read = useVisit(visitId, front)
  const nowMs = useNow(read)
  return (
    <AppPage title={visitsTexts.detailTitle} front={front} card={read.data?.card ?? (read.failure ? null : undefined)}>
      <Slot query={read} height={520}>
        {(visit) => {
          const bars = totalBars(visit.totals)
          return (
            <>
              {visit.tonight ? <Tonight tonight={visit.tonight} nowMs={nowMs} /> : null}
              <VisitHead visit={visit} finishedAtMs={visit.finishedAtMs} nowMs={nowMs} />
              <Card title={visitsTexts.ordersHeading}>
                {visit.orders.length === 0 ? (
                  <Box>{noOrders(visit)}</Box>
                ) : (
                  <PaymentLines lines={paymentLines(visit.orders, nowMs)} />
                )}
              </Card>
              {bars.length === 0 ? null : (
                <Card title={visitsTexts.totalsHeading}>
                  <Bars rows={bars} totalFen={longest(bars)} />
                </Card>
              )}
              <Press kind="plain" label={visitsTexts.openFees} onPress={() => open('fees', { visitId })} />
            </>
          )
        }}
      </Slot>
    </AppPage>
  )
}
