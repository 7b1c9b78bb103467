import { failureTexts, labels, registrationTexts } from '@paycare/shared/text'
import { useEffect, type ReactNode } from 'react'
import type { Resolved } from '../../api/run-operation'
import { session } from '../../platform/session'
import { goHome, open, replace } from '../../routes'
import { StateView } from '../../ui/StateView'
import { useAfter } from '../../ui/use-after'

interface ResolvingProps {
  readonly resolved: Resolved | undefined
  /** The registration that the operation was about, if there was one before it. */
  readonly registrationId: string | undefined
}

/** An operation whose answer was lost: what became of it is being found out, and nothing may be repeated meanwhile. */
export function Resolving({ resolved, registrationId }: ResolvingProps): ReactNode {
  const found = resolved?.is === 'found' ? resolved.registrationId : undefined
  const passed = useAfter(resolved === undefined || resolved.is === 'open', [3000, 10_000])
  useEffect(() => {
    if (found !== undefined) replace('registration', { registrationId: found })
  }, [found])
  if (resolved?.is === 'open' && resolved.failure?.signedOut && session.leaveToSignIn) {
    const action = { label: labels.signIn, onPress: session.leaveToSignIn }
    return <StateView face="yourTurn" {...failureTexts.signedOut} action={action} />
  }
  if (resolved?.is === 'gone' || resolved?.is === 'refused') {
    const texts = registrationTexts
    const [label, onPress] =
      registrationId === undefined
        ? [texts.again, () => open('departments', {})]
        : [labels.openRegistration, () => replace('registration', { registrationId })]
    return (
      <StateView
        face="notPaid"
        title={resolved.is === 'refused' ? failureTexts.refused.title : texts.lostTitle}
        money={resolved.is === 'refused' ? resolved.failure.text : ''}
        next={texts.lostNext}
        action={{ label, onPress }}
        second={{ label: labels.home, onPress: goHome }}
      />
    )
  }
  return (
    <StateView
      face="waiting"
      title={registrationTexts.resolveTitle}
      money={registrationId === undefined ? registrationTexts.resolveMoney : ''}
      next={registrationId === undefined ? registrationTexts.resolveNext : registrationTexts.resolveChange}
      waiting={passed === 0 ? '' : passed === 1 ? registrationTexts.slow : registrationTexts.leave}
      action={{ label: labels.home, onPress: goHome }}
    />
  )
}
