import { consentsTexts, labels } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import { ConsentCard } from '../../../features/account/ConsentCard'
import { useConsents } from '../../../features/account/queries'
import { useNow } from '../../../features/cards/queries'
import { useFront } from '../../../features/live/use-front'
import { AppPage } from '../../../features/shell/AppPage'
import { goHome } from '../../../routes'
import { Box } from '../../../ui/elements'
import { Slot } from '../../../ui/Slot'
import { StateView } from '../../../ui/StateView'

/** What was agreed to, for whom and since when; each can be read again and withdrawn. */
export default function ConsentsPage(): ReactNode {
  const front = useFront()
  const read = useConsents(front)
  const nowMs = useNow(read)
  return (
    <AppPage title={consentsTexts.title} front={front} card={null}>
      <Slot query={read} height={320}>
        {({ consents }) =>
          consents.length === 0 ? (
            <StateView
              face="notPaid"
              title={consentsTexts.none}
              next={consentsTexts.noneNext}
              action={{ label: labels.home, onPress: goHome }}
            />
          ) : (
            <>
              <Box>{consentsTexts.intro}</Box>
              {consents.map((consent) => (
                <ConsentCard key={consent.id} consent={consent} nowMs={nowMs} onChange={front.refocus} />
              ))}
            </>
          )
        }
      </Slot>
    </AppPage>
  )
}
