import { doctorTexts } from '@paycare/shared/text'
import { useRouter } from '@tarojs/taro'
import type { ReactNode } from 'react'
import { OfCard } from '../../../features/cards/OfCard'
import { useChosenCard, useNow } from '../../../features/cards/queries'
import { useFront } from '../../../features/live/use-front'
import { Doctors } from '../../../features/registration/Doctors'
import { useSchedule } from '../../../features/registration/queries'
import { AppPage } from '../../../features/shell/AppPage'
import { Slot } from '../../../ui/Slot'

/** Which doctor, which day, which time. */
export default function DoctorPage(): ReactNode {
  const front = useFront()
  const departmentNo = useRouter().params['departmentNo'] ?? ''
  const { session, card } = useChosenCard()
  const read = useSchedule(departmentNo, card?.id, front)
  const nowMs = useNow(read)
  return (
    <AppPage title={read.data?.department.name ?? doctorTexts.title} front={front} card={card}>
      <OfCard session={session} card={card}>
        <Slot query={read} height={640}>
          {(schedule) => <Doctors schedule={schedule} nowMs={nowMs} />}
        </Slot>
      </OfCard>
    </AppPage>
  )
}
