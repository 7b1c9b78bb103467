/** WeChat's navigation bar carries the way back. */
export const hasOwnWayBack = true

/** WeChat's navigation bar keeps the product's name; the page has its own heading. */
export const nameTab = (_title: string): void => undefined
