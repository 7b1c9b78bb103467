import { useDidHide, useDidShow } from '@tarojs/taro'
import { useCallback, useState } from 'react'

interface FrontState {
  readonly inFront: boolean
  /** How often the page came to the front, from 1. */
  readonly shown: number
  /** How often the focus was sent to the page's heading: each time it came to the front, and on request. */
  readonly focused: number
}

export interface Front extends FrontState {
  /** Sends the focus to the heading, when the pressed button has made way for other content. */
  readonly refocus: () => void
}

/** Whether this page is the one that the patient sees. */
export function useFront(): Front {
  const [state, setState] = useState<FrontState>({ inFront: true, shown: 1, focused: 1 })
  // The first show happens to a page that is in front already.
  useDidShow(() =>
    setState((now) => (now.inFront ? now : { inFront: true, shown: now.shown + 1, focused: now.focused + 1 })),
  )
  useDidHide(() => setState((now) => ({ ...now, inFront: false })))
  const refocus = useCallback(() => setState((now) => ({ ...now, focused: now.focused + 1 })), [])
  return { ...state, refocus }
}
