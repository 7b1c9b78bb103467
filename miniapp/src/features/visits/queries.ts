import type { VisitDetail, VisitFees, Visits } from '@paycare/shared/contract'
import type { Read } from '../../api/use-read'
import type { Front } from '../live/use-front'
import { useLiveRead } from '../live/use-live-read'
import { visitIsLive } from './view'

export type VisitFilter = 'open' | 'all'

export function useVisits(cardId: string | undefined, filter: VisitFilter, front: Front): Read<Visits> {
  return useLiveRead(
    'listVisits',
    { query: { cardId: cardId ?? '', filter } },
    {
      front,
      isLive: ({ visits }) => visits.some((visit) => visit.totals.pendingFen > 0),
      enabled: cardId !== undefined,
    },
  )
}

export function useVisit(visitId: string, front: Front): Read<VisitDetail> {
  return useLiveRead('readVisit', { params: { visitId } }, { front, isLive: visitIsLive })
}

export function useVisitFees(visitId: string, front: Front): Read<VisitFees> {
  return useLiveRead('readVisitFees', { params: { visitId } }, { front, isLive: ({ visit }) => visitIsLive(visit) })
}
