import type { Phone } from '../browser.ts'

/** Holds everything that is said to this path back, until it is let go. */
export async function hold({ page }: Phone, pattern: string): Promise<() => Promise<void>> {
  let letGo = (): void => undefined
  const gone = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await page.route(pattern, async (route) => {
    await gone
    await route.continue()
  })
  return () => {
    letGo()
    return page.unrouteAll({ behavior: 'wait' })
  }
}

/** Loses everything that is said to these paths from now on, before the server hears it. Answers how to mend the line. */
export async function loseRequests(phone: Phone, pattern: string): Promise<() => Promise<void>> {
  await phone.page.route(pattern, async (route) => {
    phone.expectLoss(new URL(route.request().url()).pathname)
    await route.abort()
  })
  return () => phone.page.unroute(pattern)
}

/** Loses the answers of everything that is said to this path: the server hears it and acts. */
export async function loseAnswers(phone: Phone, pattern: string): Promise<void> {
  await phone.page.route(pattern, async (route) => {
    phone.expectLoss(new URL(route.request().url()).pathname)
    await route.fetch()
    await route.abort()
  })
}
