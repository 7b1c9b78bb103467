import { labels, missingTexts } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import { useFront } from '../../features/live/use-front'
import { AppPage } from '../../features/shell/AppPage'
import { goHome } from '../../routes'
import { StateView } from '../../ui/StateView'

/** An address that leads nowhere. */
export default function MissingPage(): ReactNode {
  const front = useFront()
  return (
    <AppPage title={missingTexts.heading} front={front} card={null} root>
      <StateView
        face="notPaid"
        title={missingTexts.title}
        next={missingTexts.next}
        action={{ label: labels.home, onPress: goHome }}
      />
    </AppPage>
  )
}
