import { helpTexts } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import { useRead } from '../../../api/use-read'
import { useChosenCard } from '../../../features/cards/queries'
import { Questions } from '../../../features/help/Questions'
import { HospitalCard } from '../../../features/home/HospitalCard'
import { useFront } from '../../../features/live/use-front'
import { AppPage } from '../../../features/shell/AppPage'

/** Who helps and how it works; reached from the same corner of every page. */
export default function HelpPage(): ReactNode {
  const front = useFront()
  const { session, card } = useChosenCard()
  const others = useRead('listInstitutions', {}, { enabled: card === null && session.data !== undefined })
  const hospitals = card ? [card.institution] : (others.data?.institutions ?? [])
  return (
    <AppPage title={helpTexts.title} front={front} card={null} isHelp>
      {hospitals.map((institution) => (
        <HospitalCard key={institution.id} institution={institution} />
      ))}
      <Questions />
    </AppPage>
  )
}
