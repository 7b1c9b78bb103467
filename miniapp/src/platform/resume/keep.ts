import type { Place } from '../../routes'

/** Long enough for a sign-up at the bank, too short for the next person at this device. */
const keptForMs = 30 * 60_000
const key = 'resume'

export interface Resume {
  /** Keeps the page to come back to, before the app is left. Route and numbers only: no identity is ever kept. */
  readonly save: (place: Place) => void
  /** The kept page, if it is not too old; stays kept. */
  readonly peek: () => Place | undefined
  /** The kept page, once. */
  readonly take: () => Place | undefined
  readonly forget: () => void
}

interface Ports {
  readonly storage: {
    readonly read: (key: string) => string | null
    readonly write: (key: string, value: string) => void
    readonly remove: (key: string) => void
  }
  readonly nowMs: () => number
  readonly isPlace: (value: unknown) => value is Place
}

export function resumeWith({ storage, nowMs, isPlace }: Ports): Resume {
  const forget = (): void => storage.remove(key)
  const peek = (): Place | undefined => {
    const kept = parsed(storage.read(key))
    if (typeof kept !== 'object' || kept === null || !('place' in kept) || !('savedAtMs' in kept)) return undefined
    const ageMs = nowMs() - Number(kept.savedAtMs)
    return ageMs >= 0 && ageMs < keptForMs && isPlace(kept.place) ? kept.place : undefined
  }
  return {
    save: (place) => storage.write(key, JSON.stringify({ place, savedAtMs: nowMs() })),
    peek,
    take: () => {
      const place = peek()
      forget()
      return place
    },
    forget,
  }
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
