const stops = 'button, a[href], input, textarea, select, [tabindex]:not([tabindex="-1"])'

/** Keeps the keyboard's focus inside `panel` until the answer is called, which gives it back to where it was before. */
export function keepInside(panel: HTMLElement, onEscape: () => void): () => void {
  const before = document.activeElement
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onEscape()
    if (event.key === 'Tab') goRound(panel, event)
  }
  panel.focus({ preventScroll: true })
  document.addEventListener('keydown', onKey)
  return () => {
    document.removeEventListener('keydown', onKey)
    if (before instanceof HTMLElement) before.focus({ preventScroll: true })
  }
}

/** After the last stop comes the first; a focus that got lost outside comes back. */
function goRound(panel: HTMLElement, event: KeyboardEvent): void {
  const inside = [...panel.querySelectorAll<HTMLElement>(stops)].filter((one) => one.tabIndex >= 0)
  const [first, last] = [inside[0], inside[inside.length - 1]]
  const at = document.activeElement
  const lost = !panel.contains(at)
  const edge = event.shiftKey ? at === first || at === panel : at === last
  if (!lost && !edge) return
  event.preventDefault()
  const next = event.shiftKey ? last : first
  next?.focus()
}
