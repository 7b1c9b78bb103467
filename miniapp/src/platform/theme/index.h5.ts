import type { Theme } from './types'

export type { Theme } from './types'

/** Colours what lies around the page: the ground behind it, and the browser's own controls in it. */
export function paintAround(theme: Theme): void {
  const root = document.documentElement
  root.dataset['theme'] = theme
  root.style.colorScheme = theme === 'follow' ? '' : theme
}
