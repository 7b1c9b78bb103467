import { Conflict, type Store } from '../db/store.ts'
import type { Unit } from '../db/unit.ts'
import { AimRefused } from './aim.ts'

const triesMost = 8

/** A decision taken on a row that changed meanwhile is thrown away, to be taken again. */
export async function unlessChanged<T>(store: Store, unit: () => Unit<T>): Promise<T | undefined> {
  try {
    return await store.run(unit)
  } catch (error) {
    if (error instanceof Conflict || error instanceof AimRefused) return undefined
    throw error
  }
}

/** A unit that reads all that it decides on is simply run again when a row changed meanwhile. */
export async function afresh<T>(store: Store, unit: () => Unit<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await store.run(unit)
    } catch (error) {
      const isChanged = error instanceof Conflict || error instanceof AimRefused
      if (!isChanged || tries >= triesMost) throw error
    }
  }
}

/** What a counterparty answered must be written down: when the row changed during the call, it is applied to the row as it is now. */
export async function applyToFresh<S>(
  store: Store,
  read: () => Unit<S>,
  unit: (fresh: S) => Unit<void>,
): Promise<void> {
  for (let tries = 1; ; tries++) {
    const fresh = await store.read(read)
    try {
      return await store.run(() => unit(fresh))
    } catch (error) {
      if (!(error instanceof Conflict) || tries >= triesMost) throw error
    }
  }
}
