import type { Consents } from '@paycare/shared/contract'
import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query'
import { call } from '../../api/call'
import { ApiFailure } from '../../api/failure'
import { operations } from '../../api/operation'
import { keyOf } from '../../api/use-read'
import { resume } from '../../platform/resume'
import { session } from '../../platform/session'
import { goHome } from '../../routes'
import { useChoice } from '../cards/choice'

/** Takes an agreement back; what was known of the sign-up is asked again. */
export function useWithdraw(onWithdrawn: () => void): UseMutationResult<Consents, ApiFailure, string> {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (consentId) => call('withdrawConsent', { params: { consentId } }),
    onSuccess: (consents) => {
      client.setQueryData(keyOf('listConsents', {}), consents)
      client.removeQueries({ queryKey: ['readCreditStatus'] })
      onWithdrawn()
    },
  })
}

/** Ends the session and leaves nothing of the account on this device. A session that is over already is no failure. */
export function useSignOut(): UseMutationResult<void, ApiFailure, void> {
  const client = useQueryClient()
  const forgetChoice = useChoice((choice) => choice.forget)
  return useMutation({
    mutationFn: async () => {
      await call('closeSession', {}).catch((error: unknown) => {
        if (!(error instanceof ApiFailure && error.signedOut)) throw error
      })
    },
    onSuccess: () => {
      session.keepToken(undefined)
      forgetChoice()
      operations.forget()
      resume.forget()
      client.clear()
      goHome()
    },
  })
}
