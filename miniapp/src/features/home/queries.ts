import type { Home } from '@paycare/shared/contract'
import type { Read } from '../../api/use-read'
import type { Front } from '../live/use-front'
import { useLiveRead } from '../live/use-live-read'
import { homeIsLive } from './view'

/** The home page of a card, fresh each time it comes to the front. */
export function useHome(cardId: string | undefined, front: Front): Read<Home> {
  return useLiveRead(
    'readHome',
    { query: { cardId: cardId ?? '' } },
    { front, isLive: homeIsLive, enabled: cardId !== undefined },
  )
}
