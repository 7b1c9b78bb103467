import type { CreditLaunch } from '@paycare/shared/contract'
import { useEffect, useState } from 'react'
import { jump, type JumpOutcome } from '../../platform/jump'
import { resume } from '../../platform/resume'
import { goBack, hasPageBelow, replaceWith, type Place } from '../../routes'
import type { Front } from '../live/use-front'

interface Jumping {
  readonly outcome: JumpOutcome | undefined
  /** Leaves for the bank, in the tap itself. */
  readonly go: (launch: CreditLaunch) => void
}

/** The jump to the bank and the way back. What the patient was doing is kept before the app is left. */
export function useJump(front: Front, after: Place): Jumping {
  const [state, setState] = useState<{ outcome: JumpOutcome; shown: number }>()
  const hasReturned = state?.outcome === 'left' && front.shown > state.shown
  useEffect(() => {
    if (!hasReturned) return
    resume.forget()
    // The page below is what was interrupted; it asks again when it comes to the front.
    if (hasPageBelow()) goBack()
    else replaceWith(after)
  }, [hasReturned, after])
  const go = (launch: CreditLaunch): void => {
    resume.save(after)
    jump.leave(launch, (outcome) => {
      if (outcome !== 'left') resume.forget()
      setState({ outcome, shown: front.shown })
    })
  }
  return { outcome: state?.outcome, go }
}
