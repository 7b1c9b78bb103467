import type { OperationName } from '@paycare/shared/paths'
import { useEffect, useRef } from 'react'
import type { Input, Output } from '../../api/call'
import { useRead, type Read } from '../../api/use-read'
import { nextAskMs } from './schedule'
import type { Front } from './use-front'

interface LiveOptions<T> {
  readonly front: Front
  /** Whether the answer can still change by itself. */
  readonly isLive: (data: T) => boolean
  readonly enabled?: boolean
  /** How long an answer is good enough for the next page that asks the same. */
  readonly freshForMs?: number
}

type Reading = Parameters<typeof useRead>[0] & OperationName

/** A question that repeats itself while its page is in front and the answer can still change. */
export function useLiveRead<O extends Reading>(
  operation: O,
  input: Input<O>,
  { front, isLive, enabled = true, freshForMs }: LiveOptions<Output<O>>,
): Read<Output<O>> {
  const since = useRef({ shown: 0, answers: 0 })
  const read = useRead(operation, input, {
    enabled,
    ...(freshForMs === undefined ? {} : { freshForMs }),
    askAgainIn: ({ state }) => {
      const answers = state.dataUpdateCount + state.errorUpdateCount
      if (since.current.shown !== front.shown) since.current = { shown: front.shown, answers }
      if (!front.inFront || (state.data !== undefined && !isLive(state.data))) return false
      return nextAskMs(answers - since.current.answers)
    },
  })
  const { retry } = read
  useEffect(() => {
    if (front.shown > 1 && enabled) retry()
  }, [front.shown, enabled, retry])
  return read
}
