import type { CreditJump, CreditLaunch, JumpPurpose } from '@paycare/shared/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/call'
import type { ApiFailure } from '../../api/failure'
import { jump } from '../../platform/jump'
import type { Front } from '../live/use-front'

/** A launch serves for five minutes; a new one comes before the old one ends. */
const renewAfterMs = 4 * 60_000

export interface Launching {
  /** Whether the jump is prepared; what it needs is held in memory only. */
  readonly isReady: boolean
  /** What the jump needs, in the tap itself; undefined, and prepared again, when the device has slept too long over it. */
  readonly take: () => CreditLaunch | undefined
  readonly failure: ApiFailure | undefined
  readonly retry: () => void
}

interface LaunchOptions {
  readonly cardId: string | undefined
  readonly purpose: JumpPurpose
  readonly front: Front
  /** False until the patient has agreed. */
  readonly enabled: boolean
}

/** Prepares the jump ahead of the tap: when the page opens, each time it is shown again, and before it grows old. */
export function useLaunch({ cardId, purpose, front, enabled }: LaunchOptions): Launching {
  const client = useQueryClient()
  const queryKey = ['openCreditJump', cardId, purpose, front.shown]
  const query = useQuery<CreditJump, ApiFailure>({
    queryKey,
    queryFn: () => call('openCreditJump', { body: { cardId: cardId ?? '', purpose, target: jump.target } }),
    enabled: enabled && cardId !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchInterval: front.inFront ? renewAfterMs : false,
  })
  const { data, dataUpdatedAt, error, refetch } = query
  const take = (): CreditLaunch | undefined => {
    if (!data) return undefined
    if (Date.now() - dataUpdatedAt < data.expiresAtMs - data.nowMs) return data.launch
    void client.resetQueries({ queryKey })
    return undefined
  }
  return { isReady: data !== undefined, take, failure: error ?? undefined, retry: () => void refetch() }
}
