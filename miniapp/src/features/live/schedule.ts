const firstAsksMs = [1000, 2000, 3000, 5000, 8000]
const laterAskMs = 15_000

/** How long to wait before asking again, after so many answers since the page came to the front. */
export function nextAskMs(answers: number): number {
  return firstAsksMs[Math.max(0, answers)] ?? laterAskMs
}
