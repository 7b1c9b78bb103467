import type { Registration as RegistrationView } from '@paycare/shared/contract'
import { isRegistrationOver } from '@paycare/shared/rules'
import type { AppContext } from '../../context.ts'
import type { Unit } from '../../db/unit.ts'
import { findPayment, takeOrWake, type Lease } from '../../engine/index.ts'
import { bodyHashOf, seenBefore } from '../../http/idempotency.ts'
import { Refusal } from '../../http/refusal.ts'
import { cancelBlock } from './cancel-block.ts'
import { ownRegistration, readRegistration } from './read.ts'
import { findRegistration, move } from './store.ts'

/** 退号 before the money is taken: the hospital cancels, then the lock is released. What was deducted goes back as a refund, elsewhere. */
export async function cancelRegistration(
  x: AppContext,
  accountId: string,
  id: string,
  key: string,
): Promise<RegistrationView> {
  await ownRegistration(x, accountId, id)
  const lease = await x.store.run(() => store(x, accountId, id, key))
  if (lease) await x.engine.settleSoon([lease])
  return readRegistration(x, accountId, id)
}

function* store(x: AppContext, accountId: string, id: string, key: string): Unit<Lease | undefined> {
  const r = yield* findRegistration(id)
  if (!r) throw new Refusal(404, 'REGISTRATION_NOT_FOUND')
  const nowMs = x.clock.now()
  const keyed = { institution: r.institution, actor: accountId, key, bodyHash: bodyHashOf('cancel', id) }
  if (yield* seenBefore(keyed, id, nowMs)) return undefined
  if (isRegistrationOver(r.state) || r.goal === 'gone') return undefined
  const block = cancelBlock(r, r.paymentId === null ? undefined : yield* findPayment(r.paymentId))
  if (block) throw new Refusal(409, block)
  const changes = { goal: 'gone', reasonCode: null, tries: 0, notBeforeMs: 0 } as const
  yield* move(r, changes, { event: 'aim:gone', by: 'patient', atMs: nowMs })
  return yield* takeOrWake(id, nowMs)
}
