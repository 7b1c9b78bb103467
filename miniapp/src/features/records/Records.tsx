import type { Card } from '@paycare/shared/contract'
import type { ReactNode } from 'react'
import { open } from '../../routes'
import { Slot } from '../../ui/Slot'
import { useNow } from '../cards/queries'
import type { Front } from '../live/use-front'
import { useRegistrations } from '../registration/queries'
import { useVisits } from '../visits/queries'
import { VisitList } from '../visits/VisitList'
import { RegistrationList } from './RegistrationList'

interface RecordsProps {
  readonly card: Card | undefined | null
  readonly front: Front
}

export function RegistrationRecords({ card, front }: RecordsProps): ReactNode {
  const read = useRegistrations(card?.id, front)
  return (
    <Slot query={read} height={320}>
      {({ registrations, nowMs }) => <RegistrationList registrations={registrations} nowMs={nowMs} />}
    </Slot>
  )
}

export function VisitRecords({ card, front }: RecordsProps): ReactNode {
  const read = useVisits(card?.id, 'all', front)
  const nowMs = useNow(read)
  return (
    <Slot query={read} height={320}>
      {({ visits }) => (
        <VisitList visits={visits} filter="all" nowMs={nowMs} onOpen={(visitId) => open('visit', { visitId })} />
      )}
    </Slot>
  )
}
