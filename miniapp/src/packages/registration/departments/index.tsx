import { departmentsTexts } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import { OfCard } from '../../../features/cards/OfCard'
import { useChosenCard } from '../../../features/cards/queries'
import { useFront } from '../../../features/live/use-front'
import { DepartmentSearch } from '../../../features/registration/DepartmentSearch'
import { useDepartments } from '../../../features/registration/queries'
import { AppPage } from '../../../features/shell/AppPage'
import { Slot } from '../../../ui/Slot'

/** Which department: by name, or by what hurts. */
export default function DepartmentsPage(): ReactNode {
  const front = useFront()
  const { session, card } = useChosenCard()
  const read = useDepartments(card?.id, front)
  return (
    <AppPage title={departmentsTexts.title} front={front} card={card}>
      <OfCard session={session} card={card}>
        <Slot query={read} height={640}>
          {({ card: { institution }, departments }) => (
            <DepartmentSearch departments={departments} phone={institution.phone} />
          )}
        </Slot>
      </OfCard>
    </AppPage>
  )
}
