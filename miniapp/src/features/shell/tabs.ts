import { tabTexts } from '@paycare/shared/text'
import { useEffect } from 'react'
import { tabs, type TabName } from '../../platform/tabs'
import type { Tab } from '../../ui/TabBar'
import type { Front } from '../live/use-front'

export const mainPages: readonly Tab<TabName>[] = [
  { key: 'home', label: tabTexts.home, icon: 'home' },
  { key: 'records', label: tabTexts.records, icon: 'visits' },
  { key: 'mine', label: tabTexts.mine, icon: 'person' },
]

/** Settles on each show whose tab bar is seen; whether the page draws it. */
export function useTabBar(isMainPage: boolean, elder: boolean, { inFront }: Front): boolean {
  useEffect(() => {
    if (isMainPage && inFront) tabs.settle(elder)
  }, [isMainPage, elder, inFront])
  return isMainPage && tabs.isDrawn(elder)
}
