import type { Card } from '@paycare/shared/contract'
import { useEffect, type ReactNode } from 'react'
import { callPhone } from '../../platform/phone'
import { textScale } from '../../platform/text-scale'
import { hasOwnWayBack, nameTab } from '../../platform/way-back'
import { goBack } from '../../routes'
import { Page } from '../../ui/Page'
import { PersonBar } from '../../ui/PersonBar'
import { PersonSpace } from '../../ui/PersonSpace'
import { personOf } from '../cards/view'
import type { Front } from '../live/use-front'
import { usePrefs } from './prefs'
import { scaleOf } from './scale'

interface AppPageProps {
  readonly title: string
  readonly front: Front
  /** Whom the page is about; undefined while unknown, null for a page about nobody. */
  readonly card: Card | undefined | null
  readonly onSwitch?: (() => void) | undefined
  /** The first page has nowhere to go back to. */
  readonly root?: boolean
  readonly children: ReactNode
}

/** A page with the patient's preferences, the person it is about, and the ways back and to help. */
export function AppPage({ title, front, card, onSwitch, root = false, children }: AppPageProps): ReactNode {
  const elder = usePrefs((prefs) => prefs.elder)
  useEffect(() => {
    if (front.inFront) nameTab(title)
  }, [title, front.inFront])
  const phone = card?.institution.phone
  return (
    <Page
      title={title}
      scale={scaleOf(elder, textScale())}
      roomy={elder}
      focusOn={front.focused}
      onBack={root || hasOwnWayBack ? undefined : goBack}
      onCall={phone === undefined ? undefined : () => callPhone(phone)}
      person={
        card === null ? null : card === undefined ? (
          <PersonSpace compact={!root} />
        ) : (
          <PersonBar person={personOf(card)} compact={!root} onSwitch={onSwitch} />
        )
      }
    >
      {children}
    </Page>
  )
}
