import { creditTexts } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import { OfCard } from '../../../features/cards/OfCard'
import { useChosenCard, useNow } from '../../../features/cards/queries'
import { Consent } from '../../../features/credit/Consent'
import { CreditState } from '../../../features/credit/CreditState'
import { KeptPlace } from '../../../features/credit/KeptPlace'
import { useCreditStatus } from '../../../features/credit/queries'
import { useFront } from '../../../features/live/use-front'
import { AppPage } from '../../../features/shell/AppPage'
import { Slot } from '../../../ui/Slot'

/** The sign-up for 信用就医: agreed or not, signed or not, own or a family's, and what this hospital used. */
export default function CreditStatusPage(): ReactNode {
  const front = useFront()
  const { session, card } = useChosenCard()
  const read = useCreditStatus(card?.id, front)
  const nowMs = useNow(read)
  const phone = card?.institution.phone ?? ''
  return (
    <AppPage title={creditTexts.title} front={front} card={card}>
      <OfCard session={session} card={card}>
        <KeptPlace />
        <Slot query={read} height={420}>
          {(status) =>
            status.state === 'consentNeeded' ? (
              <Consent status={status} phone={phone} onChange={front.refocus} />
            ) : (
              <CreditState status={status} read={read} nowMs={nowMs} phone={phone} />
            )
          }
        </Slot>
      </OfCard>
    </AppPage>
  )
}
