import type { Card } from '@paycare/shared/contract'
import { homeTexts } from '@paycare/shared/text'
import { useState, type ReactNode } from 'react'
import { CardPicker } from '../../features/cards/CardPicker'
import { useChoice } from '../../features/cards/choice'
import { NoCard } from '../../features/cards/NoCard'
import { useCreditLine } from '../../features/credit/line'
import { CreditEntry } from '../../features/home/CreditEntry'
import { Entries } from '../../features/home/Entries'
import { HospitalCard } from '../../features/home/HospitalCard'
import { NextCards } from '../../features/home/NextCards'
import { nextSpacePx } from '../../features/home/next-space'
import { UpdateNote } from '../../features/home/UpdateNote'
import { useHome } from '../../features/home/queries'
import { useSettled } from '../../features/home/use-settled'
import { useFront } from '../../features/live/use-front'
import { AppPage } from '../../features/shell/AppPage'
import { ElderSwitch } from '../../features/shell/ElderSwitch'
import { Slot } from '../../ui/Slot'

/** Who, what comes next, and the ways into the app. */
export default function HomePage(): ReactNode {
  const front = useFront()
  const { session, card, cards, home } = useHome(front)
  const settled = useSettled(home)
  const choose = useChoice((choice) => choice.choose)
  const [picking, setPicking] = useState(false)

  if (card === null) {
    return (
      <AppPage title={homeTexts.title} front={front} card={null} tab="home">
        <Slot query={session} height={0}>
          {() => <NoCard />}
        </Slot>
        <ElderSwitch />
      </AppPage>
    )
  }
  return (
    <AppPage
      title={homeTexts.title}
      front={front}
      card={card}
      tab="home"
      onSwitch={cards.length > 1 ? () => setPicking(!picking) : undefined}
    >
      <UpdateNote />
      {picking ? (
        <CardPicker
          cards={cards}
          chosenId={card?.id}
          onChoose={(cardId) => {
            choose(cardId)
            setPicking(false)
          }}
        />
      ) : null}
      <Slot query={home} height={nextSpacePx()}>
        {(data) => <NextCards home={data} />}
      </Slot>
      {settled ? <Ways card={card} /> : null}
    </AppPage>
  )
}

/** The ways into the app, below what comes next. */
function Ways({ card }: { readonly card: Card | undefined }): ReactNode {
  const creditLine = useCreditLine(card?.id)
  return (
    <>
      <CreditEntry status={creditLine} />
      <Entries />
      <ElderSwitch />
      {card ? <HospitalCard institution={card.institution} /> : null}
    </>
  )
}
