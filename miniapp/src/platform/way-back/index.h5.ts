/** A browser page has no bar of its own. */
export const hasOwnWayBack = false

/** Names the browser tab after the page in front. */
export function nameTab(title: string): void {
  document.title = title
}
