import type { CreditStatus } from '@paycare/shared/contract'
import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query'
import { call } from '../../api/call'
import type { ApiFailure } from '../../api/failure'
import { keyOf, type Read } from '../../api/use-read'
import type { Front } from '../live/use-front'
import { useLiveRead } from '../live/use-live-read'
import { creditInput } from './line'
import { creditIsLive } from './view'

/** The sign-up of a card, fresh each time its page comes to the front. */
export function useCreditStatus(cardId: string | undefined, front: Front): Read<CreditStatus> {
  return useLiveRead('readCreditStatus', creditInput(cardId), {
    front,
    isLive: creditIsLive,
    enabled: cardId !== undefined,
  })
}

/** The patient agrees that name and ID number go to the bank; the answer is the status that the bank gave. */
export function useAgree(onAgreed: () => void): UseMutationResult<CreditStatus, ApiFailure, CreditStatus> {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ cardId, consentVersion }: CreditStatus) =>
      call('agreeToCredit', { body: { cardId, version: consentVersion, agree: true } }),
    onSuccess: (status) => {
      client.setQueryData(keyOf('readCreditStatus', creditInput(status.cardId)), status)
      onAgreed()
    },
  })
}
