import { feeCategories, visitsTexts } from '@paycare/shared/text'
import { useRouter } from '@tarojs/taro'
import type { ReactNode } from 'react'
import { patientLine } from '../../../features/cards/view'
import { useFront } from '../../../features/live/use-front'
import { AppPage } from '../../../features/shell/AppPage'
import { FeeGroup } from '../../../features/visits/FeeGroup'
import { useVisitFees } from '../../../features/visits/queries'
import { longest, noOrders, payerOf, totalBars, visitTitle } from '../../../features/visits/view'
import { open } from '../../../routes'
import { Amount } from '../../../ui/Amount'
import { Bars } from '../../../ui/Bars'
import { Card } from '../../../ui/Card'
import { Parties } from '../../../ui/Parties'
import { Rows } from '../../../ui/Rows'
import { Slot } from '../../../ui/Slot'
import { StateView } from '../../../ui/StateView'

/** Every item of a visit by category, in words that need no training. */
export default function VisitFeesPage(): ReactNode {
  const front = useFront()
  const visitId = useRouter().params['visitId'] ?? ''
  const read = useVisitFees(visitId, front)
  return (
    <AppPage title={visitsTexts.feesTitle} front={front} card={read.data?.card ?? (read.failure ? null : undefined)}>
      <Slot query={read} height={520}>
        {({ visit, card, categories, totalFen }) => {
          const bars = categories.map(({ category, amountFen }) => ({
            key: category,
            label: feeCategories[category].name,
            fen: amountFen,
          }))
          const parts = totalBars(visit.totals).map(({ label, fen }) => ({ label, value: <Amount fen={fen} /> }))
          const openVisit = { label: visitsTexts.openVisit, onPress: () => open('visit', { visitId }) }
          if (bars.length === 0) {
            return <StateView face="notPaid" title={visitsTexts.feesEmpty} next={noOrders(visit)} action={openVisit} />
          }
          return (
            <>
              <Card>
                <Parties patient={patientLine(card)} payer={payerOf(visit)} />
              </Card>
              <Card title={visitTitle(visit)}>
                <Bars rows={bars} totalFen={longest(bars)} total={{ label: visitsTexts.feesTotal, fen: totalFen }} />
                {parts.length === 0 ? null : <Rows items={parts} />}
              </Card>
              {categories.map((group) => (
                <FeeGroup key={group.category} group={group} />
              ))}
            </>
          )
        }}
      </Slot>
    </AppPage>
  )
}
