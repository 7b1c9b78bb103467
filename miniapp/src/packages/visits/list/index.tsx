import { visitsTexts } from '@paycare/shared/text'
import { useRouter } from '@tarojs/taro'
import { useState, type ReactNode } from 'react'
import { OfCard } from '../../../features/cards/OfCard'
import { useChosenCard, useNow } from '../../../features/cards/queries'
import { useFront } from '../../../features/live/use-front'
import { AppPage } from '../../../features/shell/AppPage'
import { useVisits, type VisitFilter } from '../../../features/visits/queries'
import { VisitList } from '../../../features/visits/VisitList'
import { open } from '../../../routes'
import { Choice } from '../../../ui/Choice'
import { Slot } from '../../../ui/Slot'

const filters: readonly { value: VisitFilter; label: string }[] = [
  { value: 'open', label: visitsTexts.filterOpen },
  { value: 'all', label: visitsTexts.filterAll },
]

/** The visits of a patient; each leads to itself, or to its fees when the patient came for those. */
export default function VisitListPage(): ReactNode {
  const front = useFront()
  const forFees = useRouter().params['goal'] === 'fees'
  const [filter, setFilter] = useState<VisitFilter>('all')
  const { session, card } = useChosenCard()
  const read = useVisits(card?.id, filter, front)
  const nowMs = useNow(read)
  return (
    <AppPage title={forFees ? visitsTexts.feesListTitle : visitsTexts.listTitle} front={front} card={card}>
      <OfCard session={session} card={card}>
        <Choice label={visitsTexts.filter} options={filters} value={filter} onChange={setFilter} />
        <Slot query={read} height={320}>
          {({ visits }) => (
            <VisitList
              visits={visits}
              filter={filter}
              nowMs={nowMs}
              onOpen={(visitId) => open(forFees ? 'fees' : 'visit', { visitId })}
            />
          )}
        </Slot>
      </OfCard>
    </AppPage>
  )
}
