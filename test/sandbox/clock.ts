/** The only time the sandbox knows: epoch milliseconds. */
export interface SandboxClock {
  now(): number
}

/** A clock that the control plane can move (bank.md §6, `POST /_sandbox/clock`). */
export interface VirtualClock extends SandboxClock {
  set(atMs: number): void
  advance(ms: number): void
  freeze(): void
  thaw(): void
  isFrozen(): boolean
}

/** Lays an offset and a freeze switch over an injected base clock; without a command it shows the base time. */
export function createVirtualClock(base: SandboxClock): VirtualClock {
  let offsetMs = 0
  let frozenAtMs: number | null = null
  const now = (): number => frozenAtMs ?? base.now() + offsetMs
  return {
    now,
    set(atMs) {
      offsetMs = atMs - base.now()
      if (frozenAtMs !== null) frozenAtMs = atMs
    },
    advance(ms) {
      if (frozenAtMs === null) offsetMs += ms
      else frozenAtMs += ms
    },
    freeze() {
      frozenAtMs ??= now()
    },
    thaw() {
      if (frozenAtMs === null) return
      offsetMs = frozenAtMs - base.now()
      frozenAtMs = null
    },
    isFrozen: () => frozenAtMs !== null,
  }
}
