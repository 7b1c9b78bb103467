import { isRegistrationOver } from '@paycare/shared/rules'
import type { AppContext } from '../../context.ts'
import type { Unit } from '../../db/unit.ts'
import { takeOrWake, type Lease } from '../../engine/index.ts'
import { findRegistration, move } from './store.ts'

/**
 * 退号 of a paid registration: the hospital has accepted a refund of its fee, so it is cancelled there. Runs in the transaction of the decision.
 * A consultation that has begun stays as it is: only its fee goes back.
 */
export function* giveUpPaid(x: AppContext, id: string): Unit<Lease | undefined> {
  const r = yield* findRegistration(id)
  if (!r || isRegistrationOver(r.state) || r.goal === 'gone' || r.visitId !== null) return undefined
  const atMs = x.clock.now()
  const changes = { goal: 'gone', reasonCode: null, tries: 0, notBeforeMs: 0 } as const
  yield* move(r, changes, { event: 'aim:gone', by: 'refund', atMs })
  return yield* takeOrWake(id, atMs)
}
