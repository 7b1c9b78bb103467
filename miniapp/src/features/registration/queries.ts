import type { Checkout, Departments, Registration, Registrations, Schedule } from '@paycare/shared/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { operations } from '../../api/operation'
import type { Resolved } from '../../api/run-operation'
import { keyOf, type Read } from '../../api/use-read'
import { nextAskMs } from '../live/schedule'
import type { Front } from '../live/use-front'
import { useLiveRead } from '../live/use-live-read'
import { registrationIsLive } from './view'

const ofCard = (cardId: string | undefined): { query: { cardId: string } } => ({ query: { cardId: cardId ?? '' } })
const ofRegistration = (registrationId: string): { params: { registrationId: string } } => ({
  params: { registrationId },
})
/** Left counts and slots are other people's doing: they are asked for each time a page comes to the front, and not in between. */
const ofOthers = { isLive: () => false, freshForMs: 0 }

export function useDepartments(cardId: string | undefined, front: Front): Read<Departments> {
  return useLiveRead('listDepartments', ofCard(cardId), { front, ...ofOthers, enabled: cardId !== undefined })
}

export function useSchedule(departmentNo: string, cardId: string | undefined, front: Front): Read<Schedule> {
  const input = { params: { departmentNo }, ...ofCard(cardId) }
  return useLiveRead('readSchedule', input, { front, ...ofOthers, enabled: cardId !== undefined })
}

export function useCheckout(slotNo: string, cardId: string | undefined, front: Front): Read<Checkout> {
  const input = { params: { slotNo }, ...ofCard(cardId) }
  return useLiveRead('readCheckout', input, { front, ...ofOthers, enabled: cardId !== undefined })
}

export function useRegistrations(cardId: string | undefined, front: Front): Read<Registrations> {
  const isLive = ({ registrations }: Registrations): boolean => registrations.some(registrationIsLive)
  return useLiveRead('listRegistrations', ofCard(cardId), { front, isLive, enabled: cardId !== undefined })
}

export function useRegistration(registrationId: string, front: Front, enabled: boolean): Read<Registration> {
  return useLiveRead('readRegistration', ofRegistration(registrationId), {
    front,
    isLive: registrationIsLive,
    enabled,
  })
}

/** Keeps the answer of an operation, so that the page of the registration shows it at once. */
export function useKeep(): (registration: Registration) => void {
  const client = useQueryClient()
  return useCallback(
    (registration) => client.setQueryData(keyOf('readRegistration', ofRegistration(registration.id)), registration),
    [client],
  )
}

/** What became of an operation whose answer was lost; asked again and again while the page is in front. */
export function useResolution(opId: string | undefined, front: Front): Resolved | undefined {
  const { data } = useQuery({
    queryKey: ['operation', opId],
    queryFn: () => operations.resolve(opId ?? ''),
    enabled: opId !== undefined,
    staleTime: 0,
    refetchInterval: ({ state }) =>
      front.inFront && state.data?.is === 'open' ? nextAskMs(state.dataUpdateCount - 1) : false,
  })
  return data
}
