import { focusManager, onlineManager, QueryClient } from '@tanstack/react-query'
import { network } from '../platform/network'
import { ApiFailure } from './failure'

/** Server state of the whole app. Questions are repeated once, unless the answer was final; commands never. */
export const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      gcTime: 10 * 60_000,
      retry: (failures, error) =>
        failures < 1 && !(error instanceof ApiFailure && error.kind === 'refused' && !error.silent),
      retryDelay: 800,
      // A device that reports itself offline wrongly must still be able to ask.
      networkMode: 'always',
    },
    mutations: { retry: false, networkMode: 'always' },
  },
})

// The app's own show and hide decide what is in front, not the window's events, which WeChat does not have.
focusManager.setEventListener(() => () => undefined)
onlineManager.setEventListener(network.onChange)

/** Tells every query whether the app is in front. */
export const appShown = (shown: boolean): void => focusManager.setFocused(shown)
