import type { Card } from '@paycare/shared/contract'
import { tabTexts } from '@paycare/shared/text'
import { useEffect, type ReactNode } from 'react'
import type { TabName } from '../../platform/tabs'
import { textScale } from '../../platform/text-scale'
import { paintAround } from '../../platform/theme'
import { hasOwnWayBack, nameTab } from '../../platform/way-back'
import { goBack, open, openTab } from '../../routes'
import { Page } from '../../ui/Page'
import { PersonBar } from '../../ui/PersonBar'
import { PersonSpace } from '../../ui/PersonSpace'
import { TabBar } from '../../ui/TabBar'
import { personOf } from '../cards/view'
import type { Front } from '../live/use-front'
import { usePrefs } from './prefs'
import { scaleOf } from './scale'
import { mainPages, useTabBar } from './tabs'

interface AppPageProps {
  readonly title: string
  readonly front: Front
  /** Whom the page is about; undefined while unknown, null for a page about nobody. */
  readonly card: Card | undefined | null
  readonly onSwitch?: (() => void) | undefined
  /** The page has nowhere to go back to. */
  readonly root?: boolean
  /** Its place in the tab bar; such a page is a root. */
  readonly tab?: TabName
  /** The page of help leads to no other one. */
  readonly isHelp?: boolean
  readonly children: ReactNode
}

/** A page with the patient's preferences, the person it is about, and the ways back and to help. */
export function AppPage(props: AppPageProps): ReactNode {
  const { title, front, card, onSwitch, tab, root = tab !== undefined, isHelp = false, children } = props
  const { elder, theme } = usePrefs()
  const drawsTabs = useTabBar(tab !== undefined, elder, front)
  useEffect(() => {
    if (!front.inFront) return
    nameTab(title)
    paintAround(theme)
  }, [title, theme, front.inFront])
  return (
    <Page
      title={title}
      scale={scaleOf(elder, textScale())}
      roomy={elder}
      theme={theme}
      focusOn={front.focused}
      onBack={root || hasOwnWayBack ? undefined : goBack}
      onHelp={isHelp ? undefined : () => open('help', {})}
      person={
        card === null ? null : card === undefined ? (
          <PersonSpace compact={tab !== 'home'} />
        ) : (
          <PersonBar person={personOf(card)} compact={tab !== 'home'} onSwitch={onSwitch} />
        )
      }
      bar={
        tab !== undefined && drawsTabs ? (
          <TabBar label={tabTexts.label} tabs={mainPages} current={tab} onOpen={openTab} />
        ) : null
      }
    >
      {children}
    </Page>
  )
}
