import type { CreditStatus } from '@paycare/shared/contract'
import { homeTexts } from '@paycare/shared/text'
import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query'
import { call } from '../../api/call'
import type { ApiFailure } from '../../api/failure'
import { keyOf, useRead, type Read } from '../../api/use-read'
import type { Front } from '../live/use-front'
import { useLiveRead } from '../live/use-live-read'
import { creditIsLive, creditLine } from './view'

const input = (cardId: string | undefined): { query: { cardId: string } } => ({ query: { cardId: cardId ?? '' } })

/** The sign-up of a card, fresh each time its page comes to the front. */
export function useCreditStatus(cardId: string | undefined, front: Front): Read<CreditStatus> {
  return useLiveRead('readCreditStatus', input(cardId), { front, isLive: creditIsLive, enabled: cardId !== undefined })
}

/** The sign-up in one line for the home page; a general line until it is known. */
export function useCreditLine(cardId: string | undefined): string {
  const { data } = useRead('readCreditStatus', input(cardId), { enabled: cardId !== undefined })
  return data ? creditLine(data) : homeTexts.creditPending
}

/** The patient agrees that name and ID number go to the bank; the answer is the status that the bank gave. */
export function useAgree(onAgreed: () => void): UseMutationResult<CreditStatus, ApiFailure, CreditStatus> {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ cardId, consentVersion }: CreditStatus) =>
      call('agreeToCredit', { body: { cardId, version: consentVersion, agree: true } }),
    onSuccess: (status) => {
      client.setQueryData(keyOf('readCreditStatus', input(status.cardId)), status)
      onAgreed()
    },
  })
}
