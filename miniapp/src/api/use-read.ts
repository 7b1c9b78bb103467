import type { Operations } from '@paycare/shared/contract'
import type { OperationName } from '@paycare/shared/paths'
import { formatInstant } from '@paycare/shared/rules'
import { useQuery, type Query } from '@tanstack/react-query'
import { useCallback } from 'react'
import { session } from '../platform/session'
import { goHome } from '../routes'
import { call, type Input, type Output } from './call'
import type { ApiFailure } from './failure'

type Reading = { [O in OperationName]: Operations[O] extends { body: unknown } ? never : O }[OperationName]

export interface ReadOptions<T> {
  /** False while something that the question needs is not known. */
  readonly enabled?: boolean
  /** How long an answer is good enough for the next page that asks the same. */
  readonly freshForMs?: number
  /** Milliseconds until the next question, or false. */
  readonly askAgainIn?: (query: Query<T, ApiFailure>) => number | false
}

/** A question and what is known of its answer; the shape that `ui/Slot` shows. */
export interface Read<T> {
  readonly data: T | undefined
  readonly failure: ApiFailure | undefined
  readonly asking: boolean
  readonly retry: () => void
  readonly signIn: (() => void) | undefined
  /** The way out when there is nothing at this address. */
  readonly leave: (() => void) | undefined
  readonly staleAt: string | undefined
  /** When the answer came, on this device's clock; 0 before the first. */
  readonly answeredAtMs: number
}

export const keyOf = <O extends Reading>(operation: O, input: Input<O>): readonly unknown[] => [operation, input]

/** Asks and keeps the answer. */
export function useRead<O extends Reading>(
  operation: O,
  input: Input<O>,
  { enabled = true, freshForMs, askAgainIn }: ReadOptions<Output<O>> = {},
): Read<Output<O>> {
  const query = useQuery<Output<O>, ApiFailure>({
    queryKey: keyOf(operation, input),
    queryFn: () => call(operation, input),
    enabled,
    ...(freshForMs === undefined ? {} : { staleTime: freshForMs }),
    ...(askAgainIn ? { refetchInterval: askAgainIn } : {}),
  })
  const { refetch } = query
  const retry = useCallback(() => void refetch(), [refetch])
  const failure = query.error ?? undefined
  return {
    data: failure?.signedOut ? undefined : query.data,
    failure,
    asking: query.isFetching,
    retry,
    signIn: failure?.signedOut ? session.leaveToSignIn : undefined,
    leave: failure?.absent ? goHome : undefined,
    staleAt: failure && query.data !== undefined ? formatInstant(query.dataUpdatedAt, query.errorUpdatedAt) : undefined,
    answeredAtMs: query.dataUpdatedAt,
  }
}
