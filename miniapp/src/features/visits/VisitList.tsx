import type { VisitBrief } from '@paycare/shared/contract'
import { labels, visitsTexts } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import { goHome } from '../../routes'
import { Item, List } from '../../ui/elements'
import { StateView } from '../../ui/StateView'
import type { VisitFilter } from './queries'
import { VisitCard } from './VisitCard'
import './VisitList.scss'

interface VisitListProps {
  readonly visits: readonly VisitBrief[]
  readonly filter: VisitFilter
  readonly nowMs: number
  readonly onOpen: (visitId: string) => void
}

/** Visits, newest first, or what to expect when there are none. */
export function VisitList({ visits, filter, nowMs, onOpen }: VisitListProps): ReactNode {
  if (visits.length === 0) {
    const title = filter === 'open' ? visitsTexts.emptyOpen : visitsTexts.emptyAll
    return (
      <StateView
        face="notPaid"
        title={title}
        next={visitsTexts.emptyNext}
        action={{ label: labels.home, onPress: goHome }}
      />
    )
  }
  return (
    <List className="VisitList">
      {visits.map((visit) => (
        <Item key={visit.id}>
          <VisitCard visit={visit} nowMs={nowMs} onPress={() => onOpen(visit.id)} />
        </Item>
      ))}
    </List>
  )
}
