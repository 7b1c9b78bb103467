import { callIfThere, isRecord, type Loose } from './loose.ts'
import type { Realm } from './realm.ts'

/** How a call of WeChat ends: with a result, or with the reason of the failure. */
export type Outcome = { readonly result?: Loose } | { readonly reason: string }

/** Ends a call as WeChat does: later, with `success` or `fail`, and `complete` in any case. */
export function finish(realm: Realm, name: string, options: Loose, outcome: Outcome): void {
  const failed = 'reason' in outcome
  const errMsg = failed ? `${name}:fail ${outcome.reason}` : `${name}:ok`
  realm.later(() => {
    const answer = realm.copy({ ...(failed ? {} : outcome.result), errMsg })
    callIfThere(options, failed ? 'fail' : 'success', answer)
    callIfThere(options, 'complete', answer)
  })
}

/** A call of WeChat whose outcome is known as soon as it is carried out, which is after the app's script is over. */
export const wxCall =
  (realm: Realm, name: string, act: (options: Loose) => Outcome | void) =>
  (given: unknown): void => {
    const options = isRecord(given) ? given : {}
    realm.later(() => finish(realm, name, options, act(options) ?? {}))
  }
