import type { HisRegistration } from '@paycare/shared/contract'
import { isRegistrationOver } from '@paycare/shared/rules'
import { markOf } from '@paycare/shared/text'
import type { Unit } from '../../db/unit.ts'
import { findPayment } from '../../engine/index.ts'
import { reasonOf } from '../bills/index.ts'
import type { Registration } from './record.ts'

/** A registration made online as HIS reads it, and as it is told of it. */
export function* hisRegistrationOf(r: Registration): Unit<HisRegistration> {
  const payment = r.paymentId === null ? undefined : yield* findPayment(r.paymentId)
  return {
    registrationNo: r.id,
    state: r.state,
    pays: r.pays,
    credit: { isChosen: r.isChosen, mark: r.isChosen && r.role !== null ? markOf(r.role) : null },
    amountFen: r.amountFen,
    paidFen: payment?.paidFen ?? 0,
    certain: (r.state === 'settled' || isRegistrationOver(r.state)) && r.tries === 0,
    reason: r.reasonCode === null ? null : reasonOf(r.reasonCode),
  }
}
