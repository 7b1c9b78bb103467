import type { HisWindowRegistration } from '@paycare/shared/contract'
import { markOf } from '@paycare/shared/text'
import type { AppContext } from '../../../context.ts'
import { query, statement, text, type Unit } from '../../../db/unit.ts'
import { Refusal } from '../../../http/refusal.ts'
import { hisPaymentOf, paymentViewsById, reasonOf } from '../../bills/index.ts'
import { findWindowRegistration, type WindowRegistration } from './store.ts'

const findVisitNo = statement('select his_no from visit where id = :visitId')

/** A registration at the window as HIS reads it back. */
export async function hisWindowRegistration(
  x: AppContext,
  institution: string,
  hisNo: string,
): Promise<HisWindowRegistration> {
  const { found, visitNo } = await x.store.read(() => look(institution, hisNo))
  const [view] = await paymentViewsById(x, found.paymentId === null ? [] : [found.paymentId])
  const { feeFen, inUse, role, reasonCode } = found
  return {
    windowRegistrationNo: hisNo,
    feeFen,
    paidFen: view?.brief.paidFen ?? 0,
    credit: {
      inUse,
      mark: role === null ? null : markOf(role),
      reason: reasonCode === null ? null : reasonOf(reasonCode),
    },
    payment: view ? hisPaymentOf(view) : null,
    visitNo,
  }
}

function* look(institution: string, hisNo: string): Unit<{ found: WindowRegistration; visitNo: string | null }> {
  const found = yield* findWindowRegistration(institution, hisNo)
  if (!found) throw new Refusal(404, 'WINDOW_REGISTRATION_NOT_FOUND')
  const [row] = found.visitId === null ? [] : yield* query(findVisitNo, { visitId: found.visitId })
  return { found, visitNo: row ? text(row, 'his_no') : null }
}
