import { jumpTexts } from '@paycare/shared/text'
import { useCallback, useEffect, useRef, type ReactNode } from 'react'
import { OfCard } from '../../../features/cards/OfCard'
import { useChosenCard } from '../../../features/cards/queries'
import { useCreditStatus } from '../../../features/credit/queries'
import { useFront } from '../../../features/live/use-front'
import { AppPage } from '../../../features/shell/AppPage'
import { resume } from '../../../platform/resume'
import { replace, replaceWith } from '../../../routes'
import { StateView } from '../../../ui/StateView'
import { useAfter } from '../../../ui/use-after'

/** How long the patient waits here for the bank; the next page goes on asking. */
const longestMs = 10_000

/**
 * H5 only: back from the bank. Whatever the address says is not read (product.md §1): the bank is asked, and the patient goes on where the
 * app was left.
 */
export default function CreditReturnPage(): ReactNode {
  const front = useFront()
  const { session, card } = useChosenCard()
  const read = useCreditStatus(card?.id, front)
  const waited = useAfter(true, [longestMs]) > 0
  const isOver = read.data !== undefined || read.failure !== undefined || (waited && card !== null)
  const gone = useRef(false)
  const goOn = useCallback(() => {
    if (gone.current) return
    gone.current = true
    const place = resume.take()
    if (place) replaceWith(place)
    else replace('creditStatus', {})
  }, [])
  useEffect(() => {
    if (isOver) goOn()
  }, [isOver, goOn])
  return (
    <AppPage title={jumpTexts.returnTitle} front={front} card={card} root>
      <OfCard session={session} card={card}>
        <StateView
          face="waiting"
          title={jumpTexts.returnHeading}
          money={jumpTexts.returnMoney}
          next={jumpTexts.returnNext}
          when={jumpTexts.returnWhen}
          action={{ label: jumpTexts.goOn, onPress: goOn }}
        />
      </OfCard>
    </AppPage>
  )
}
