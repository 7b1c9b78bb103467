import type { CreditStatus } from '@paycare/shared/contract'
import { creditStates, creditTexts, failureTexts, renderState } from '@paycare/shared/text'
import { useState, type ReactNode } from 'react'
import { goHome } from '../../routes'
import { Rows } from '../../ui/Rows'
import { StateView } from '../../ui/StateView'
import { useAgree } from './queries'

interface ConsentProps {
  readonly status: CreditStatus
  readonly phone: string
  /** The content has changed under the finger: the focus goes to the heading. */
  readonly onChange: () => void
  /** Where another way to pay is at hand: saying no leads there. */
  readonly onRefuse?: () => void
}

/** What would be sent to the bank, before anything is sent; saying no is a finished answer, too. */
export function Consent({ status, phone, onChange, onRefuse }: ConsentProps): ReactNode {
  const [refused, setRefused] = useState(false)
  const agree = useAgree(onChange)
  const answer = (no: boolean): void => {
    setRefused(no)
    onChange()
  }
  if (refused) {
    const text = renderState(creditStates.consentRefused, { phone })
    return (
      <StateView
        {...text}
        action={{ label: text.action.label, onPress: goHome }}
        second={{ label: creditTexts.reconsider, onPress: () => answer(false) }}
      />
    )
  }
  const text = renderState(creditStates.consentNeeded, { phone })
  return (
    <StateView
      {...text}
      waiting={agree.error ? failureTexts.inline(agree.error.kind, agree.error.text) : ''}
      action={{
        label: agree.isPending ? creditTexts.agreeing : text.action.label,
        onPress: () => agree.mutate(status),
        busy: agree.isPending,
      }}
      second={{ label: creditTexts.refuse, onPress: onRefuse ?? (() => answer(true)) }}
    >
      <Rows items={creditTexts.consent} stacked />
    </StateView>
  )
}
