import { creditStates, homeTexts } from '@paycare/shared/text'
import { useRead } from '../../api/use-read'
import { creditRow } from './row'

/** The question about a card's sign-up. */
export const creditInput = (cardId: string | undefined): { query: { cardId: string } } => ({
  query: { cardId: cardId ?? '' },
})

/** The sign-up in one line for the home page; a general line until it is known. */
export function useCreditLine(cardId: string | undefined): string {
  const { data } = useRead('readCreditStatus', creditInput(cardId), { enabled: cardId !== undefined })
  return data ? creditStates[creditRow(data)].brief : homeTexts.creditPending
}
