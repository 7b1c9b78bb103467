/** Browsers scale the page themselves. */
export const textScale = (): number => 1
