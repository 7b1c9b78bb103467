import type { BindCard, Card } from '@paycare/shared/contract'
import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query'
import { call } from '../../api/call'
import type { ApiFailure } from '../../api/failure'
import { keyOf } from '../../api/use-read'
import { useChoice } from './choice'

/** Binds a patient card and makes it the chosen one. What was typed goes to the BFF and stays nowhere. */
export function useBindCard(onBound: () => void): UseMutationResult<Card, ApiFailure, BindCard> {
  const client = useQueryClient()
  const choose = useChoice((choice) => choice.choose)
  return useMutation({
    mutationFn: (body) => call('bindCard', { body }),
    gcTime: 0,
    onSuccess: async (card) => {
      choose(card.id)
      await client.invalidateQueries({ queryKey: keyOf('readSession', {}) })
      onBound()
    },
  })
}
