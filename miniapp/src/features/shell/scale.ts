/** Type scale of a page: the larger of the patient's choice here and in WeChat, never above 1.5, which fits a 320 px screen. */
export function scaleOf(elder: boolean, systemScale: number): number {
  return Math.min(1.5, Math.max(elder ? 1.3 : 1, systemScale))
}
