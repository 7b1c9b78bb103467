import { QueryClientProvider } from '@tanstack/react-query'
import Taro, { useDidHide, useDidShow, usePageNotFound } from '@tarojs/taro'
import { createElement, type PropsWithChildren, type ReactNode } from 'react'
import { appShown, client } from './api/client'
import { addressOf } from './routes'

/** The shell around all pages: server state, what is in front, and the page for unknown addresses. */
export default function App({ children }: PropsWithChildren): ReactNode {
  useDidShow(() => appShown(true))
  useDidHide(() => appShown(false))
  usePageNotFound(() => void Taro.redirectTo({ url: addressOf('missing', {}) }))
  return createElement(QueryClientProvider, { client }, children)
}
