import type { Read } from '../../api/use-read'
import { useAfter } from '../../ui/use-after'
import { knowsNextSpace } from './next-space'

/**
 * Whether what stands below the next cards may be shown. Their height is unknown on the first visit only; then the rest waits for
 * them, at most five seconds, instead of being pushed down under the finger.
 */
export function useSettled(home: Read<unknown>): boolean {
  const waited = useAfter(true, [5000]) > 0
  return knowsNextSpace() || waited || home.data !== undefined || home.failure !== undefined
}
