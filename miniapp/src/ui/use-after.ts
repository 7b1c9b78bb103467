import { useEffect, useState } from 'react'

/** How many of `marksMs` have passed since `active` became true. The marks of one call never change. */
export function useAfter(active: boolean, marksMs: readonly number[]): number {
  const [passed, setPassed] = useState(0)
  const key = marksMs.join()
  useEffect(() => {
    if (!active) return undefined
    const timers = key.split(',').map((ms, index) => setTimeout(() => setPassed(index + 1), Number(ms)))
    return () => {
      timers.forEach(clearTimeout)
      setPassed(0)
    }
  }, [active, key])
  return active ? passed : 0
}
