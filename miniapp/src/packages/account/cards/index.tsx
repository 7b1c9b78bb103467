import { cardsTexts, labels } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import { CardPicker } from '../../../features/cards/CardPicker'
import { useChoice } from '../../../features/cards/choice'
import { NoCard } from '../../../features/cards/NoCard'
import { useChosenCard } from '../../../features/cards/queries'
import { useFront } from '../../../features/live/use-front'
import { AppPage } from '../../../features/shell/AppPage'
import { open } from '../../../routes'
import { Box } from '../../../ui/elements'
import { Press } from '../../../ui/Press'
import { Slot } from '../../../ui/Slot'

/** The patients of this account: which one the app is about, and the way to another. */
export default function CardsPage(): ReactNode {
  const front = useFront()
  const { session, card } = useChosenCard()
  const choose = useChoice((choice) => choice.choose)
  return (
    <AppPage title={cardsTexts.title} front={front} card={null}>
      <Slot query={session} height={240}>
        {({ cards }) =>
          cards.length === 0 ? (
            <NoCard />
          ) : (
            <>
              <CardPicker cards={cards} chosenId={card?.id} onChoose={choose} />
              {cards.length > 1 ? <Box>{cardsTexts.note}</Box> : null}
              <Press kind="plain" label={labels.addCard} onPress={() => open('cardAdd', {})} />
            </>
          )
        }
      </Slot>
    </AppPage>
  )
}
