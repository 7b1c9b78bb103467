import type { Home } from '@paycare/shared/contract'
import { useQueryClient } from '@tanstack/react-query'
import { keyOf, type Read } from '../../api/use-read'
import { useChoice } from '../cards/choice'
import { useChosenCard, type ChosenCard } from '../cards/queries'
import type { Front } from '../live/use-front'
import { useLiveRead } from '../live/use-live-read'
import { homeIsLive } from './view'

/** Whose home page it is, and what it says. */
export interface HomeOfCard extends ChosenCard {
  readonly home: Read<Home>
}

/**
 * The home page, fresh each time it comes to the front. The account's first card needs no name: its page is asked for together with
 * the session, by `index.html` even before the first script, and names the card itself. Only another chosen card waits for the
 * session, which knows whether it is still the account's.
 */
export function useHome(front: Front): HomeOfCard {
  const chosen = useChosenCard()
  const chosenId = useChoice((choice) => choice.cardId)
  const client = useQueryClient()
  const unnamed = client.getQueryData<Home>(keyOf('readHome', { query: {} }))
  const first = unnamed ? unnamed.card?.id : chosen.cards[0]?.id
  const named = chosen.card && chosen.card.id !== first ? { cardId: chosen.card.id } : {}
  const read = useLiveRead('readHome', { query: named }, { front, isLive: homeIsLive, enabled: chosen.card !== null })
  const said = read.data?.card
  const isChosen = said && (chosenId === null || chosenId === said.id)
  const card = chosen.card === undefined && isChosen ? said : chosen.card
  // Nothing of another person is shown below this one's name.
  const isOfCard = card !== undefined && said?.id === card?.id
  return { ...chosen, card, home: isOfCard ? read : { ...read, data: undefined } }
}
