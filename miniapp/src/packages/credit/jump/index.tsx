import { jumpPurposes } from '@paycare/shared/text'
import { useRouter } from '@tarojs/taro'
import { useMemo, type ReactNode } from 'react'
import { OfCard } from '../../../features/cards/OfCard'
import { useChosenCard } from '../../../features/cards/queries'
import { Consent } from '../../../features/credit/Consent'
import { JumpCard } from '../../../features/credit/JumpCard'
import { useCreditStatus } from '../../../features/credit/queries'
import { useLaunch } from '../../../features/credit/use-launch'
import { placeAfter, purposeOf } from '../../../features/credit/view'
import { useFront } from '../../../features/live/use-front'
import { AppPage } from '../../../features/shell/AppPage'
import { Slot } from '../../../ui/Slot'

/** The last page before the bank: whose sign-up it opens, what is sent, to whom and why. */
export default function CreditJumpPage(): ReactNode {
  const front = useFront()
  const { params } = useRouter()
  const purpose = purposeOf(params['purpose'])
  const after = useMemo(() => placeAfter(params), [params])
  const { session, card } = useChosenCard()
  const read = useCreditStatus(card?.id, front)
  const hasAgreed = read.data !== undefined && read.data.state !== 'consentNeeded'
  const launching = useLaunch({ cardId: card?.id, purpose, front, enabled: hasAgreed })
  return (
    <AppPage title={jumpPurposes[purpose].title} front={front} card={card}>
      <OfCard session={session} card={card}>
        <Slot query={read} height={420}>
          {(status) =>
            !card ? null : status.state === 'consentNeeded' ? (
              <Consent status={status} phone={card.institution.phone} onChange={front.refocus} />
            ) : (
              <JumpCard card={card} purpose={purpose} front={front} launching={launching} after={after} />
            )
          }
        </Slot>
      </OfCard>
    </AppPage>
  )
}
