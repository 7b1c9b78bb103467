import { isCallable, type Loose } from './loose.ts'
import type { Realm } from './realm.ts'

/** Listeners of the connection, and how they hear of a change. */
export class Connection {
  readonly #listeners = new Set<(...given: unknown[]) => unknown>()

  readonly calls: Loose = {
    onNetworkStatusChange: (listener: unknown) => {
      if (isCallable(listener)) this.#listeners.add(listener)
    },
    offNetworkStatusChange: (listener: unknown) => {
      if (isCallable(listener)) this.#listeners.delete(listener)
    },
  }

  /** Tells the app. */
  changed(realm: Realm, isConnected: boolean): void {
    const answer = realm.copy({ isConnected, networkType: isConnected ? '4g' : 'none' })
    for (const listener of this.#listeners) realm.later(() => void listener(answer))
  }
}
