import type { JumpPlatform } from './types'

export type { JumpOutcome } from './types'

/** H5: the bank's page takes the place of the app; the bank leads back to `credit/return`. */
export const jump: JumpPlatform = {
  target: 'h5',
  leave: (launch, onOutcome) => {
    if (launch.kind !== 'url') return onOutcome('failed')
    // The browser's own way back shows this page as it was left, with a token that has been used.
    window.addEventListener('pageshow', (event) => event.persisted && window.location.reload(), { once: true })
    window.location.assign(launch.url)
    onOutcome('left')
  },
}
