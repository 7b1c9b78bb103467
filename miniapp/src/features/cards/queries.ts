import type { Card, Session } from '@paycare/shared/contract'
import { useRead, type Read } from '../../api/use-read'
import { useChoice } from './choice'

export interface ChosenCard {
  readonly session: Read<Session>
  /** Undefined while unknown, null when the account has no card or nobody is signed in. */
  readonly card: Card | undefined | null
  readonly cards: readonly Card[]
}

/** The account and its cards; they change rarely, and a card that is added here asks again. */
const useSession = (): Read<Session> => useRead('readSession', {}, { freshForMs: 60_000 })

/**
 * The hospital's clock at the moment of an answer: the session brings the server's time, and the device measures only what passed
 * since. A device whose date is wrong still reads “今天” on the right day.
 */
export function useNow({ answeredAtMs }: Pick<Read<unknown>, 'answeredAtMs'>): number {
  const session = useSession()
  return session.data ? session.data.nowMs + answeredAtMs - session.answeredAtMs : answeredAtMs
}

/** The card that the patient chose, or the first one. */
export function useChosenCard(): ChosenCard {
  const session = useSession()
  const cardId = useChoice((choice) => choice.cardId)
  const cards = session.data?.cards ?? []
  const known = session.data !== undefined || session.failure !== undefined
  return { session, cards, card: cards.find((card) => card.id === cardId) ?? cards[0] ?? (known ? null : undefined) }
}
