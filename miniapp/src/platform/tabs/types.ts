export type TabName = 'home' | 'records' | 'mine'

export interface TabsPlatform {
  /** Whether the page must draw the tab bar itself. WeChat's own is too small for 长辈版. */
  readonly isDrawn: (elder: boolean) => boolean
  /** Opens a page of the tab bar by its address and closes all others. */
  readonly open: (address: string) => void
  /** Shows WeChat's own bar, or hides it in favour of a drawn one. Only a page of the tab bar may call this. */
  readonly settle: (elder: boolean) => void
}
