import type { RefundTarget } from '@paycare/shared/contract'
import type { AppContext } from '../../context.ts'
import { Refusal, type ErrorCode } from '../../http/refusal.ts'
import { cardOfPerson, type BoundCard } from '../account/index.ts'
import type { RefundRequest } from './record.ts'
import { findRequest } from './store.ts'
import { findTarget, type Target } from './target.ts'

const absent = { visit: 'VISIT_NOT_FOUND', registration: 'REGISTRATION_NOT_FOUND' } as const satisfies Record<
  RefundTarget['kind'],
  ErrorCode
>

/** A visit or registration whose patient's card the account holds. Anybody else's looks absent. */
export async function ownTarget(
  x: AppContext,
  accountId: string,
  target: RefundTarget,
): Promise<{ readonly target: Target; readonly card: BoundCard }> {
  const found = await x.store.read(() => findTarget(target))
  const card = found && (await cardOfPerson(x, accountId, found.institution, found.personId))
  if (!found || !card) throw new Refusal(404, absent[target.kind])
  return { target: found, card }
}

/** A request of a patient whose card the account holds, whoever asked. Anybody else's looks absent. */
export async function ownRequest(
  x: AppContext,
  accountId: string,
  id: string,
): Promise<{ readonly request: RefundRequest; readonly card: BoundCard }> {
  const request = await x.store.read(() => findRequest(id))
  const card = request && (await cardOfPerson(x, accountId, request.institution, request.personId))
  if (!request || !card) throw new Refusal(404, 'REFUND_NOT_FOUND')
  return { request, card }
}
