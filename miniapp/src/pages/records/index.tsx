import { recordsTexts } from '@paycare/shared/text'
import { useState, type ReactNode } from 'react'
import { OfCard } from '../../features/cards/OfCard'
import { useChosenCard } from '../../features/cards/queries'
import { useFront } from '../../features/live/use-front'
import { RegistrationRecords, VisitRecords } from '../../features/records/Records'
import { AppPage } from '../../features/shell/AppPage'
import { Choice } from '../../ui/Choice'

const kinds = [
  { value: 'registrations', label: recordsTexts.registrations },
  { value: 'visits', label: recordsTexts.visits },
] as const

/** What the patient did here: registrations and visits. */
export default function RecordsPage(): ReactNode {
  const front = useFront()
  const { session, card } = useChosenCard()
  const [kind, setKind] = useState<'registrations' | 'visits'>('registrations')
  return (
    <AppPage title={recordsTexts.title} front={front} card={card} tab="records">
      <OfCard session={session} card={card}>
        <Choice label={recordsTexts.kind} options={kinds} value={kind} onChange={setKind} />
        {kind === 'visits' ? (
          <VisitRecords card={card} front={front} />
        ) : (
          <RegistrationRecords card={card} front={front} />
        )}
      </OfCard>
    </AppPage>
  )
}
