import { creditTexts } from '@paycare/shared/text'
import { useState, type ReactNode } from 'react'
import { resume } from '../../platform/resume'
import { hasPageBelow, replaceWith } from '../../routes'
import { Press } from '../../ui/Press'

/** Back from the bank by an address: the way on to what was interrupted. With a page below, the way back leads there. */
export function KeptPlace(): ReactNode {
  const [place] = useState(() => (hasPageBelow() ? undefined : resume.peek()))
  if (!place || place.route === 'creditStatus') return null
  return (
    <Press
      kind="primary"
      label={creditTexts.continue}
      onPress={() => {
        resume.forget()
        replaceWith(place)
      }}
    />
  )
}
